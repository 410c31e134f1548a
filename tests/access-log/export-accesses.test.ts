import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { AccessEntry } from '../../src/access-log/access-entry.schema.ts';
import { listen } from '../support/connections.ts';
import { isWholeCsv, readNdjson } from '../support/exports.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { permit, publish } from '../support/recognition.ts';
import { ID_CARD, somebody } from '../support/reports.ts';

const gateway = useGateway();

const AUDITOR = ['audit.read'];
const NDJSON = { accept: 'application/x-ndjson' };

/** Entries of an institution written all at once, one a tenth of a second. */
async function withEntries(count: number, query: string, name?: string, first = new Date('2026-03-01T00:00:00Z')) {
  const [hospital, auditor] = [await gateway.register(name === undefined ? {} : { name }), await gateway.register({ scopes: AUDITOR })];
  await gateway.db.$client.query(
    `insert into access_log (person, recorded_at, id, action, interaction, outcome, institution, purpose, entities, query, request_id)
     select 0, $5::timestamptz + make_interval(secs => it / 10), it + $4, 'E', 'searchResources', 0, $1, 'TREAT', '{}', $2, 'r'
     from generate_series(1, $3::int) as it`,
    [hospital.institution, query, count, hospital.institution * 100_000, first],
  );
  return { hospital, auditor, log: `/v1/access-log?institution=${hospital.uscc}` };
}

const doorsOf = (entries: readonly AccessEntry[]): string[] => entries.map((it) => it.interaction);

/** Every character that has to be written in a way of its own, and some that have not. */
const ODD = '"\\/\b\f\n\r\t\u0001\u001f\u007f\u2028\u2029é张😀</script>';

describe('an export', () => {
  test('has every entry once, the latest first, and is logged before as a disclosure', async () => {
    const { auditor, log } = await withEntries(2_500, 'x');

    const answer = await auditor.get(log, NDJSON);

    expect(answer.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    const { whole, entries } = readNdjson(answer.text);
    expect(whole).toBe(true);
    expect(new Set(entries.map((it) => it.id)).size).toBe(2_500);
    const times = entries.map((it) => it.recordedAt);
    expect(times).toEqual(times.toSorted().reverse());
    const own = (await auditor.get(`/v1/access-log?institution=${auditor.uscc}`)).body.entries;
    expect(own.map((it: AccessEntry) => [it.interaction, it.action])).toEqual([
      ['listAccesses', 'E'],
      ['exportAccessLog', 'R'],
    ]);
  });

  test.for([0, 1, 499, 500, 501])('of %i entries ends', async (count) => {
    const { auditor, log } = await withEntries(count, 'x');
    const { whole, entries } = readNdjson((await auditor.get(log, NDJSON)).text);
    expect([whole, entries.length]).toEqual([true, count]);
  });

  test('tells of each entry what a page tells, whatever is in it and whoever reads', async () => {
    const [hospital, other] = [
      await gateway.register({ name: '医院 "\\é😀' }),
      await gateway.register({ scopes: ['audit.read', 'audit.review'] }),
    ];
    const person = somebody();
    const report = await publish(hospital, { person });
    await permit(hospital, person);
    await hospital.get(`/fhir/DiagnosticReport/${report}`, {
      'x-purpose-of-use': 'BTG',
      'x-break-glass-reason': encodeURIComponent('昏迷，“无法”沟通'),
    });
    await hospital.get(`/fhir/DiagnosticReport/${'0'.repeat(32)}`);
    await hospital.get(`/fhir/Observation?patient.identifier=${encodeURIComponent(`${ID_CARD}|${somebody().idCard}`)}`);
    await gateway.db.$client.query(
      `insert into access_log (person, recorded_at, id, action, interaction, outcome, failure, institution, client, practitioner_system, practitioner_value,
                               practitioner_name, purpose, reason, entities, consents, query, request_id, address)
       values (11, now(), 1, 'R', $2, 0, $2, $1, $2, null, $2, $2, $2, $2, array[$2, '/000000000000000b'], array[$2], $2, $2, $2),
              (12, now(), 2, 'R', 'x', 0, null, $1, null, null, null, null, 'UNK', null, '{}', '{}', null, 'r', null)`,
      [hospital.institution, ODD],
    );
    const due = (await other.get(`/v1/access-log?institution=${hospital.uscc}&reviewDue=true`)).body.entries as AccessEntry[];
    const judged = await other.post(
      `/v1/emergency-accesses/${due[0]?.id}/review`,
      { outcome: 'justified', text: '已核实 "\\' },
      {
        'x-acting-practitioner': 'urn:oid:2.16.156.10011.1.4|D-2002, Reviewer',
      },
    );
    expect(judged.status).toBeLessThan(300);
    await gateway.app.rounds.runAll();

    for (const [reader, query] of [
      [other, `institution=${hospital.uscc}&leaves=true`],
      [other, `institution=${hospital.uscc}`],
      [hospital, 'to=2999-01-01'],
      [hospital, `patient=${encodeURIComponent(`${ID_CARD}|${person.idCard}`)}`],
    ] as const) {
      const exported = (await reader.get(`/v1/access-log?${query}`, NDJSON)).text.split('\n').slice(0, -2);
      const page = (await reader.get(`/v1/access-log?${query}&limit=100`)).body.entries as AccessEntry[];
      const shown = page.filter((it) => !['listAccesses', 'exportAccessLog'].includes(it.interaction));
      expect(shown.length).toBeGreaterThan(2);
      const lines = exported.filter((it) => !/"interaction":"(listAccesses|exportAccessLog)"/.test(it));
      expect(lines.map((it) => JSON.parse(it))).toEqual(shown);
    }
  });

  test('as CSV has a header, UTF-8, no formulas, and an end that a spreadsheet shows', async () => {
    const { hospital, auditor, log } = await withEntries(3, '=cmd|"x",张三\n', '=1+1 医院');

    const answer = await auditor.get(log, { accept: 'text/csv' });

    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    const rows = parse(answer.text, { columns: true, bom: true }) as Record<string, string>[];
    expect(rows).toHaveLength(4);
    expect(rows[0]).toMatchObject({
      query: `'=cmd|"x",张三\n`,
      institutionName: "'=1+1 医院",
      institutionUscc: hospital.uscc,
      reviewDue: 'false',
    });
    expect(rows[3]).toMatchObject({ id: 'end 完', interaction: 'entries 条数', outcome: '3', failure: 'sha256' });
    expect(isWholeCsv(answer.text)).toBe(true);
  });

  test('of nothing is its end alone, or a header and its end', async () => {
    const auditor = await gateway.register({ scopes: AUDITOR });
    const query = '/v1/access-log?institution=12330000470051726F';
    expect((await auditor.get(query, NDJSON)).text).toMatch(/^\{"end":\{"entries":0,"sha256":"e3b0c442[0-9a-f]*","until":"[^"]*Z"\}\}\n$/);
    expect(isWholeCsv((await auditor.get(query, { accept: 'text/csv' })).text)).toBe(true);
  });

  test('that was cut short anywhere, as on a full disk, is not taken for a whole one', async () => {
    const { auditor, log } = await withEntries(6, '查询,"x"\n');
    const ndjson = (await auditor.get(log, NDJSON)).text;
    const csv = (await auditor.get(log, { accept: 'text/csv' })).text;

    expect([readNdjson(ndjson).whole, isWholeCsv(csv)]).toEqual([true, true]);
    for (let at = 0; at < ndjson.length; at += 1) expect(readNdjson(ndjson.slice(0, at)).whole).toBe(false);
    // Rows that were cut do not parse at all; after a whole row the end is missing.
    for (const row of csv.matchAll(/\r\n/g)) expect(isWholeCsv(csv.slice(0, row.index + 2))).toBe(row.index + 2 === csv.length);
    expect(readNdjson(ndjson.replace('查询', '查巡')).whole).toBe(false);
    expect(readNdjson(ndjson.replace(/^.*\n/, '')).whole).toBe(false);
  });
});

/** Asks as the auditor over a connection of its own; the answer is there, its body is not read. */
async function ask(caller: CallingSystem, path: string): Promise<http.IncomingMessage> {
  const port = await listen(gateway.app);
  const request = http.get({
    port,
    host: '127.0.0.1',
    path,
    agent: false,
    headers: { ...NDJSON, authorization: `Bearer ${caller.token}` },
  });
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  return answer;
}

async function textOf(answer: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Waits until it is so; a test that waits in vain fails by its own time. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(20);
}

/** Connections that the gateway has open. */
function connections(server: http.Server): number {
  return (server as unknown as { _connections: number })._connections;
}

const LONG = 'x'.repeat(1_000);

describe('a client', () => {
  test('that hung up takes the export up after the last entry it has', async () => {
    const { auditor, log } = await withEntries(4_000, LONG);
    const answer = await ask(auditor, log);
    let text = '';
    for await (const chunk of answer) {
      text += chunk;
      if (text.length > 1_500_000) break;
    }
    answer.destroy();
    const first = readNdjson(text);
    expect(first.whole).toBe(false);

    const { whole, entries } = readNdjson((await auditor.get(`${log}&after=${first.entries.at(-1)?.id}`, NDJSON)).text);

    expect(whole).toBe(true);
    expect(first.entries.length).toBeGreaterThan(500);
    expect(new Set([...first.entries, ...entries].map((it) => it.id)).size).toBe(4_000);
    expect(first.entries.length + entries.length).toBe(4_000);
  });

  test('finds nothing in an export that was written after it began, also by a clock that goes back', async () => {
    const { hospital, auditor, log } = await withEntries(10_000, LONG, undefined, new Date(Date.now() - 3_000_000));
    const answer = await ask(auditor, log);
    await writeLate(hospital.institution);

    const { whole, entries } = readNdjson(await textOf(answer));

    expect(whole).toBe(true);
    expect(entries).toHaveLength(10_000);
    expect(doorsOf(entries)).not.toContain('late');
  });

  test('that stops reading holds no connection to the database and little memory, and is cut off in the end', async () => {
    const { auditor, log } = await withEntries(10_000, LONG);
    const { server, db } = gateway.app;
    const port = await listen(gateway.app);
    expect(server.timeout).toBe(60_000);
    server.setTimeout(3_000);
    const before = process.memoryUsage().arrayBuffers;
    const sockets = Array.from({ length: 8 }, () => net.connect({ port, host: '127.0.0.1' }).pause());
    for (const socket of sockets) {
      socket.on('error', () => undefined);
      socket.write(`GET ${log} HTTP/1.1\r\nhost: x\r\naccept: application/x-ndjson\r\nauthorization: Bearer ${auditor.token}\r\n\r\n`);
    }

    await until(() => db.$client.totalCount > 0 && db.$client.idleCount === db.$client.totalCount && connections(server) === 8);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 8 * 1_048_576);
    await until(() => connections(server) === 0);
    server.setTimeout(60_000);

    // What the sockets had taken is far from all of it.
    const taken = await Promise.all(sockets.map((it) => once(it.resume(), 'close').then(() => it.bytesRead)));
    expect(Math.max(...taken)).toBeLessThan(10_000_000);
  });
});

/** An entry written now by a clock that has gone back to where the export has not come yet. */
async function writeLate(institution: number): Promise<void> {
  await gateway.db.$client.query(
    `insert into access_log (person, recorded_at, id, action, interaction, outcome, institution, purpose, entities, request_id)
     values (0, now() - interval '1 hour', 1, 'E', 'late', 0, $1, 'TREAT', '{}', 'r')`,
    [institution],
  );
}
