import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** An answer as it came over the network. */
export interface NetworkAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** One connection of a calling system to a gateway that listens; what it sends goes over that socket, one request after the other. */
export interface Connection {
  send(method: string, path: string, body?: string, headers?: Record<string, string>): Promise<NetworkAnswer>;
  close(): void;
}

/** Lets the gateway of a test listen on a port of its own; answers the port. */
export async function listen(app: FastifyInstance): Promise<number> {
  const bound = app.server.address() as AddressInfo | null;
  if (bound) return bound.port;
  await app.listen({ host: '127.0.0.1', port: 0 });
  return (app.server.address() as AddressInfo).port;
}

/** So many connections, each open already, so that what is sent on all of them at once arrives at once. */
export async function connect(port: number, token: string, count: number): Promise<readonly Connection[]> {
  const connections = Array.from({ length: count }, () => openConnection(port, token));
  await Promise.all(connections.map((it) => it.send('GET', '/health/live')));
  return connections;
}

function openConnection(port: number, token: string): Connection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    send: (method, path, body, headers = {}) =>
      new Promise((resolve, reject) => {
        const asked = request(
          {
            agent,
            host: '127.0.0.1',
            port,
            method,
            path,
            headers: {
              authorization: `Bearer ${token}`,
              'x-acting-practitioner': 'urn:oid:2.16.156.10011.1.4|D-1001, %E6%9E%97%E6%95%8F',
              ...(body === undefined ? {} : { 'content-type': path.startsWith('/fhir') ? 'application/fhir+json' : 'application/json' }),
              ...headers,
            },
          },
          (answer) => {
            const chunks: Buffer[] = [];
            answer.on('data', (chunk: Buffer) => chunks.push(chunk));
            answer.on('error', reject);
            answer.on('end', () =>
              resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString('utf8') }),
            );
          },
        );
        asked.on('error', reject);
        asked.end(body);
      }),
    close: () => agent.destroy(),
  };
}
