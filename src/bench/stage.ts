import type { JWK } from 'jose';
import type { BenchDatabase } from './bench-database.ts';
import { HttpConnections, type Reply, type Request } from './http-connection.ts';
import type { Program } from './start-program.ts';
import { WrongAnswer } from './subject.ts';

/** A hospital's calling system, registered with the gateway. */
export interface Hospital {
  /** An access token that is good for a while; asked for anew by itself. */
  token(): Promise<string>;
  /** The key its client was registered with. */
  readonly registration: { readonly privateJwk: JWK };
}

/** How many persons are made for each kind of work. */
export interface Crowd {
  readonly publish: number;
  readonly lookup: number;
  readonly check: number;
}

/** Everything that stands while it is measured. */
export interface Stage {
  readonly gateway: Program;
  readonly references: Program;
  readonly database: BenchDatabase;
  /** Those that publish. */
  readonly hospitals: readonly Hospital[];
  /** One that publishes no results, looks up those of the others, and may read the whole access log. */
  readonly asking: Hospital;
  /** At most so many ask at the same time. */
  readonly clients: number;
  readonly crowd: Crowd;
  /** One more gateway on the same database, with these settings beside. */
  startGateway(settings?: Readonly<Record<string, string>>): Promise<Program>;
  readonly say: (line: string) => void;
}

/** The ways to the two servers, kept open. */
export interface Ways {
  readonly client: GatewayClient;
  /** To the references. */
  readonly bare: HttpConnections;
  close(): void;
}

export function openWays(stage: Stage): Ways {
  const client = new GatewayClient(stage);
  const bare = new HttpConnections(stage.references.url, stage.clients);
  return {
    client,
    bare,
    close: () => {
      client.close();
      bare.close();
    },
  };
}

/** The clinician in whose name look-ups are made; nobody's real number. */
const CLINICIAN = `http://bench.example/staff|D-0001, ${encodeURIComponent('林敏')}`;

/** The gateway as a hospital's system speaks to it. */
export class GatewayClient {
  private readonly connections: HttpConnections;

  constructor({ gateway, clients }: Pick<Stage, 'gateway' | 'clients'>) {
    this.connections = new HttpConnections(gateway.url, clients);
  }

  /** Sends with the hospital's token and in the clinician's name; throws WrongAnswer for any other status than 200 and 201. */
  async send(hospital: Hospital, request: Request): Promise<Reply> {
    return expectOk(await this.ask(hospital, request));
  }

  /** The same, whatever is answered. */
  async ask(hospital: Hospital, request: Request): Promise<Reply> {
    const type = request.path.startsWith('/fhir') ? 'application/fhir+json' : 'application/json';
    return this.connections.send({
      ...request,
      headers: {
        authorization: `Bearer ${await hospital.token()}`,
        accept: type,
        'x-acting-practitioner': CLINICIAN,
        ...(request.body === undefined ? {} : { 'content-type': type }),
        ...request.headers,
      },
    });
  }

  close(): void {
    this.connections.close();
  }
}

/** The reply, if it is one of success; else a WrongAnswer that quotes it. */
export function expectOk(reply: Reply): Reply {
  if (reply.status === 200 || reply.status === 201) return reply;
  throw new WrongAnswer(`status ${reply.status}: ${reply.body.toString('utf8', 0, 400)}`);
}

/** The reply, if it is a searchset with this many matches and inclusions; else a WrongAnswer. It is searched, not parsed. */
export function expectEntries(reply: Reply, matches: number, inclusions: number): Reply {
  const found = [countOf(reply.body, '"search":{"mode":"match"}'), countOf(reply.body, '"search":{"mode":"include"}')];
  if (found[0] === matches && found[1] === inclusions) return reply;
  throw new WrongAnswer(`${found[0]} matches and ${found[1]} inclusions where ${matches} and ${inclusions} were expected`);
}

/** How often the text stands in the body. */
export function countOf(body: Buffer, text: string): number {
  let count = 0;
  for (let at = body.indexOf(text); at >= 0; at = body.indexOf(text, at + text.length)) count += 1;
  return count;
}
