import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import type { AccessEntry } from '../../src/access-log/access-entry.schema.ts';
import { insertAccessRows } from '../../src/access-log/access-log.queries.ts';
import { consistencyRanges, isConsistent, leafHash, rootOf } from '../../src/access-log/transparency/merkle-tree.ts';
import { auditPruneCommand } from '../../src/cli/audit-prune.ts';
import { readConfig } from '../../src/config.ts';
import { freshNumber } from '../../src/resources/resource-id.ts';
import { useGateway } from '../support/gateway.ts';

const gateway = useGateway();

/** Every test prunes months of its own: the log is one for all of them. */
const clients: pg.Client[] = [];
afterEach(async () => {
  for (const it of clients.splice(0)) await it.end();
});
async function owner(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: gateway.databaseUrl });
  client.on('error', () => undefined);
  clients.push(client);
  await client.connect();
  return client;
}

async function prune(...argv: string[]): Promise<{ code: number; out: string[]; said: string[] }> {
  const [out, said]: [string[], string[]] = [[], []];
  const config = readConfig({ DATABASE_URL: gateway.databaseUrl, ACCESS_LOG_RETENTION_MONTHS: '6' });
  const code = await auditPruneCommand(
    config,
    argv,
    (line) => out.push(line),
    (line) => said.push(line),
  );
  return { code, out, said };
}

async function writeEntries(...moments: string[]): Promise<void> {
  const row = {
    person: 0n,
    action: 'E',
    interaction: 'searchResources',
    outcome: 0,
    failure: null,
    institution: null,
    client: null,
    practitionerSystem: null,
    practitionerValue: null,
    practitionerName: null,
    purpose: 'TREAT',
    reason: null,
    reviewDue: false,
    entities: [],
    consents: [],
    query: '查询',
    requestId: 'r',
    address: null,
  };
  await insertAccessRows(
    gateway.db.$client,
    moments.map((it) => ({ ...row, recordedAt: new Date(it), id: freshNumber() })),
  );
}

const sequence = () => gateway.app.rounds.runAll();
const valuesOf = async (text: string): Promise<string[]> =>
  (await gateway.db.$client.query({ text, rowMode: 'array' })).rows.map((it) => it[0]);
const hashes = async (): Promise<Buffer[]> =>
  (await gateway.db.$client.query('select commitment from audit_log_leaves order by index')).rows.map((it) => leafHash(it.commitment));
const entriesIn = (month: string): Promise<string[]> =>
  valuesOf(`select id::text from access_log where to_char(recorded_at at time zone interval '8 hours', 'YYYY-MM') = '${month}'`);

test('a month goes as a whole, its last moment in Beijing with it; the log says so and every proof holds as before', async () => {
  await writeEntries('2025-11-30T15:59:59.999Z', '2025-11-30T16:00:00.000Z', '2025-11-15T00:00:00.000Z');
  await sequence();
  const older = await hashes();

  const { code, out } = await prune('--before', '2025-12');

  expect([code, out]).toEqual([0, [expect.stringMatching(/^2025-11: 2 entries pruned, leaves \d+ to \d+, sha256 [0-9a-f]{64}$/)]]);
  expect([await entriesIn('2025-11'), (await entriesIn('2025-12')).length]).toEqual([[], 1]);
  await sequence();
  const newer = await hashes();
  expect(newer).toHaveLength(older.length + 1);
  const proof = consistencyRanges(older.length, newer.length).map((it) => rootOf(newer.slice(it.from, it.until)));
  expect(isConsistent(older.length, newer.length, proof, rootOf(older), rootOf(newer))).toBe(true);
  expect(await valuesOf('select encode(root, $$hex$$) from audit_log_checkpoints order by size desc limit 1')).toEqual([
    rootOf(newer).toString('hex'),
  ]);

  const auditor = await gateway.register({ scopes: ['audit.read', 'system/AuditEvent.rs'] });
  const [entry] = (await auditor.get('/v1/access-log?interaction=pruneAccessLog&limit=1')).body.entries as AccessEntry[];
  expect(entry).toMatchObject({
    action: 'D',
    outcome: 0,
    client: 'tongjian audit prune',
    entities: ['AccessLogMonth/2025-11', expect.stringMatching(/^AuditLogLeaves\/\d+-\d+$/)],
    query: expect.stringMatching(/^month=2025-11&entries=2&first=\d+&last=\d+&sha256=[0-9a-f]{64}$/),
  });
  expect((await auditor.get(`/fhir/AuditEvent/${entry?.id}`)).body).toMatchObject({
    action: 'D',
    subtype: [{ code: 'delete' }, { code: 'pruneAccessLog' }],
  });
  expect(await prune('--before', '2025-12')).toMatchObject({ code: 0, out: ['nothing to prune'] });
});

test('a later pruning names the leaves of the earlier ones as well, so that they are explained when those are pruned', async () => {
  await writeEntries('2025-12-15T00:00:00.000Z');
  await sequence();
  await prune('--before', '2026-01');
  await writeEntries('2026-01-15T00:00:00.000Z', '2026-01-16T00:00:00.000Z');
  await sequence();

  await prune('--before', '2026-02');

  const [named] = (await gateway.db.$client.query("select entities from access_log where entities[1] = 'AccessLogMonth/2026-01'")).rows;
  const pruned = named.entities.slice(1).flatMap((it: string) => {
    const [from = 0, to = 0] = it.slice('AuditLogLeaves/'.length).split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
  const without = await valuesOf(
    'select index::int from audit_log_leaves as l where not exists (select from access_log as e where e.recorded_at = l.recorded_at and e.id = l.entry) order by 1',
  );
  expect(pruned).toEqual(without);
});

test('a month stays whose entries have no leaf, lost their entry, or are not what was committed to', async () => {
  const tamperer = await owner();
  await writeEntries('2026-02-15T00:00:00.000Z');
  expect(await prune('--before', '2026-03')).toMatchObject({ code: 1, said: [expect.stringContaining('1 entries have no leaf yet')] });

  await sequence();
  await tamperer.query('create table aside as select * from audit_log_checkpoints; delete from audit_log_checkpoints');
  expect(await prune('--before', '2026-03')).toMatchObject({ code: 1, said: [expect.stringContaining('no signed checkpoint')] });
  await tamperer.query('insert into audit_log_checkpoints select * from aside; drop table aside');

  await tamperer.query("update access_log_2026_02 set query = 'changed'");
  expect(await prune('--before', '2026-03')).toMatchObject({
    code: 1,
    said: [expect.stringContaining('is not the one that was committed to')],
  });

  await tamperer.query('create table aside as select * from access_log_2026_02; delete from access_log_2026_02');
  expect(await prune('--before', '2026-03')).toMatchObject({ code: 1, said: [expect.stringContaining('1 leaves have no entry')] });

  await tamperer.query(
    "insert into access_log_2026_02 select * from aside; update access_log_2026_02 set query = '查询'; drop table aside",
  );
  expect(await prune('--before', '2026-03')).toMatchObject({ code: 0, said: [] });
});

test('a pruning that is killed before its end leaves everything as it was, and is done the next time', async () => {
  await writeEntries('2026-03-15T00:00:00.000Z');
  await sequence();
  const [reader, killer] = [await owner(), await owner()];
  await reader.query('begin');
  await reader.query('select count(*) from access_log');

  // Everything is done but the last step, which waits for the reader.
  const pruning = prune('--before', '2026-04').catch((error: Error) => error);
  const waiting =
    "select pid from pg_stat_activity where wait_event_type = 'Lock' and query like 'drop table%' and datname = current_database()";
  while ((await killer.query(`select pg_terminate_backend(pid) from (${waiting}) as it`)).rowCount === 0);
  expect(await pruning).toBeInstanceOf(Error);
  await reader.query('rollback');

  expect(await entriesIn('2026-03')).toHaveLength(1);
  expect(await valuesOf("select id::text from access_log where entities[1] = 'AccessLogMonth/2026-03'")).toEqual([]);
  expect(await prune('--before', '2026-04')).toMatchObject({ code: 0, out: [expect.stringContaining('2026-03: 1 entries pruned')] });
  expect(await entriesIn('2026-03')).toEqual([]);
});

test('what has to be kept is kept, and arguments that say nothing are refused', async () => {
  expect(await prune('--before', '2999-01')).toMatchObject({ code: 1, said: [expect.stringContaining('is later than'), ...[]] });
  for (const argv of [[], ['--before', '2020-13'], ['--before', '2020-01-01'], ['--since', '2020-01']])
    expect((await prune(...argv)).code).toBe(2);
  expect((await prune('--help')).code).toBe(0);
});
