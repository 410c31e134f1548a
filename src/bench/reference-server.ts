import cluster from 'node:cluster';
import { once } from 'node:events';
import Fastify from 'fastify';
import pg from 'pg';
import { columnsOf, INSERT_RESOURCES, type SentEntry } from './reference-tables.ts';

const CONNECTIONS = 8;
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;

/** Idempotence key, resources and a line of a log in one statement, as a gateway must write them. */
const PUBLISH = `with published as (insert into reference.publications values ($7, $8) on conflict do nothing returning 1),
  stored as (${INSERT_RESOURCES} where exists (select 1 from published) returning 1),
  logged as (insert into reference.log (person, what) select $9, $10 where exists (select 1 from published))
  select count(*)::integer as stored from stored`;

/** Where the references are, and on which database. */
interface ReferencePlace {
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
}

/**
 * Fastify and PostgreSQL doing the same database work as the gateway and nothing else: no token, no validation, no identity, no consent,
 * no access log of reads. The most a server of this kind can give, in as many processes as the gateway has. Resolves when it has been told to stop.
 */
export async function serveReferences(place: ReferencePlace, workers: number): Promise<void> {
  await (workers > 1 && cluster.isPrimary ? holdWorkers(workers) : serveAlone(place, Math.ceil(CONNECTIONS / workers)));
}

async function holdWorkers(count: number): Promise<void> {
  const ended = Array.from({ length: count }, () => once(cluster.fork(), 'exit'));
  await untilToldToStop();
  for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill();
  await Promise.all(ended);
}

function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
}

async function serveAlone({ databaseUrl, host, port }: ReferencePlace, connections: number): Promise<void> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: connections });
  const app = Fastify({ logger: false, bodyLimit: BODY_LIMIT_BYTES });
  app.addContentTypeParser('application/fhir+json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, JSON.parse(body as string));
    } catch (error) {
      done(error as Error);
    }
  });
  app.get('/health/ready', async () => ({ status: 'ok' }));

  app.post<{ Body: { entry: SentEntry[] } }>('/', async (request, reply) => {
    const { entry } = request.body;
    const report = entry.at(-1) as SentEntry;
    const subject = report.resource['subject'] as { reference: string };
    const { rows } = await pool.query({
      name: 'patient',
      text: 'select person, id from reference.patients where number = $1',
      values: [subject.reference.split('|')[1]],
    });
    const now = new Date();
    const columns = columnsOf(entry, rows[0].person, rows[0].id, now);
    const [ids, types] = columns;
    const [{ value: number }] = report.resource['identifier'] as [{ value: string }];
    const { rows: stored } = await pool.query({
      name: 'publish',
      text: PUBLISH,
      values: [...columns, number, ids.at(-1), rows[0].person, JSON.stringify({ entity: ids })],
    });
    if (stored[0].stored !== entry.length) return reply.code(409).send({ stored: stored[0].stored });
    const response = ids.map((id, index) => ({
      response: { status: '201 Created', location: `${types[index]}/${id}/_history/1`, etag: 'W/"1"', lastModified: now.toISOString() },
    }));
    return reply
      .type('application/fhir+json')
      .send(JSON.stringify({ resourceType: 'Bundle', type: 'transaction-response', entry: response }));
  });

  app.get<{ Params: { id: string } }>('/resources/:id', async (request, reply) => {
    const { rows } = await pool.query({
      name: 'read',
      text: 'select content from reference.resources where id = $1',
      values: [request.params.id],
    });
    return reply.type('application/fhir+json').send(rows[0].content);
  });

  app.get<{ Params: { person: string } }>('/persons/:person/laboratory-reports', async (request, reply) => {
    const { rows } = await pool.query({
      name: 'reports',
      text: `select type, id, content from reference.resources
              where person = $1 and type = 'DiagnosticReport' and code = '11502-2' order by at desc limit 20`,
      values: [request.params.person],
    });
    return reply.type('application/fhir+json').send(searchset(rows));
  });

  app.get<{ Params: { person: string } }>('/persons/:person/results', async (request, reply) => {
    const { rows } = await pool.query({
      name: 'results',
      text: 'select type, id, content from reference.resources where person = $1 order by type, at desc',
      values: [request.params.person],
    });
    return reply.type('application/fhir+json').send(searchset(rows));
  });

  app.get<{ Params: { person: string }; Querystring: { codes: string } }>('/persons/:person/newest', async (request, reply) => {
    const { rows } = await pool.query({
      name: 'newest',
      text: `select distinct on (code) type, id, content from reference.resources
              where person = $1 and code = any($2::text[]) order by code, at desc`,
      values: [request.params.person, request.query.codes.split(',')],
    });
    return reply.type('application/fhir+json').send(searchset(rows));
  });

  await app.listen({ host, port });
  await untilToldToStop();
  await app.close();
  await pool.end();
  cluster.worker?.disconnect();
}

function searchset(rows: readonly { type: string; id: string; content: string }[]): string {
  const entries = rows.map(({ type, id, content }) => {
    const mode = type === 'DiagnosticReport' ? 'match' : 'include';
    return `{"fullUrl":"http://127.0.0.1/fhir/${type}/${id}","resource":${content},"search":{"mode":"${mode}"}}`;
  });
  return `{"resourceType":"Bundle","type":"searchset","entry":[${entries.join(',')}]}`;
}
