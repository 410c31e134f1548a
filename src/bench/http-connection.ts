import http from 'node:http';

/** An answer as the driver looks at it: its bytes are counted and searched, and parsed only where that is the check. */
export interface Reply {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT';
  /** Path and query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const SILENCE_MS = 60_000;

/** A server, and connections to it that are kept alive. */
export class HttpConnections {
  private readonly host: string;
  private readonly port: string;
  private readonly agent: http.Agent;

  constructor(url: string, connections: number) {
    const { hostname, port } = new URL(url);
    this.host = hostname;
    this.port = port;
    this.agent = new http.Agent({ keepAlive: true, maxSockets: connections, scheduling: 'lifo' });
  }

  /** Sends the request; rejects where no whole answer came. */
  send({ method = 'GET', path, headers, body }: Request): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const request = http.request(
        {
          host: this.host,
          port: this.port,
          agent: this.agent,
          method,
          path,
          timeout: SILENCE_MS,
          headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
          response.on('error', reject);
        },
      );
      request.on('timeout', () => request.destroy(new Error(`no answer within ${SILENCE_MS / 1_000} s`)));
      request.on('error', reject);
      request.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
