import http from 'node:http';
const SILENCE_MS = 60_000;
/** A server, and connections to it that are kept alive. */
export class HttpConnections {
    host;
    port;
    agent;
    constructor(url, connections) {
        const { hostname, port } = new URL(url);
        this.host = hostname;
        this.port = port;
        this.agent = new http.Agent({ keepAlive: true, maxSockets: connections, scheduling: 'lifo' });
    }
    /** Sends the request; rejects where no whole answer came. */
    send({ method = 'GET', path, headers, body }) {
        return new Promise((resolve, reject) => {
            const request = http.request({
                host: this.host,
                port: this.port,
                agent: this.agent,
                method,
                path,
                timeout: SILENCE_MS,
                headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) },
            }, (response) => {
                const chunks = [];
                response.on('data', (chunk) => chunks.push(chunk));
                response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
                response.on('error', reject);
            });
            request.on('timeout', () => request.destroy(new Error(`no answer within ${SILENCE_MS / 1_000} s`)));
            request.on('error', reject);
            request.end(body);
        });
    }
    close() {
        this.agent.destroy();
    }
}
