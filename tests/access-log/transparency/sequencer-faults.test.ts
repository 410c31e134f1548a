import { generateKeyPairSync } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { checkpointBody } from '../../../src/access-log/transparency/checkpoint.rules.ts';
import { LogSigner } from '../../../src/access-log/transparency/log-signer.ts';
import { leafHash, rootOf } from '../../../src/access-log/transparency/merkle-tree.ts';
import { sequenceEntries } from '../../../src/access-log/transparency/sequence-entries.ts';
import { signNote, writeNote } from '../../../src/access-log/transparency/signed-note.ts';
import type { Database } from '../../../src/database/client.ts';
import { PUBLIC_URL, useGateway } from '../../support/gateway.ts';
import { commitmentsOf, fillLog } from '../../support/log-entries.ts';

const said: string[] = [];
const gateway = useGateway({ logLevel: 'error', logStream: { write: (line) => void said.push(line) } });
const signer = new LogSigner({ publicUrl: PUBLIC_URL });
let owner: pg.Client;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: gateway.databaseUrl });
  await owner.connect();
});
afterAll(() => owner.end());

const one = async <Row>(text: string): Promise<Row> => (await owner.query(text)).rows[0] as Row;
const newest = () =>
  one<{ size: number; root: Buffer; note: string }>('select size::int, root, note from audit_log_checkpoints order by size desc limit 1');

/** Throws unless every entry either waits or has one place, and the newest checkpoint signs exactly the leaves there are. */
async function expectWholeTree(): Promise<void> {
  const hashes = (await commitmentsOf(gateway.db)).map(leafHash);
  const checkpoint = await newest();
  expect(hashes.length).toBe(checkpoint?.size ?? 0);
  if (checkpoint) expect(rootOf(hashes).equals(checkpoint.root)).toBe(true);
  const counts = await one(`
    select (select count(*)::int from access_log) - (select count(*)::int from access_log_pending) as placed,
           (select count(distinct (recorded_at, entry))::int from audit_log_leaves) as leaves,
           (select count(*)::int from access_log_pending join audit_log_leaves using (recorded_at) where entry = id) as both`);
  expect(counts).toEqual({ placed: hashes.length, leaves: hashes.length, both: 0 });
}

/** A database whose next transaction loses its connection before or after its statement of this number; `asked` counts how many there were. */
function losing(number: number, when: 'before' | 'after'): { db: Database; asked: () => number } {
  let asked = 0;
  const connect = async () => {
    const client = new pg.Client({ connectionString: gateway.databaseUrl });
    client.on('error', () => undefined);
    await client.connect();
    const { pid } = (await client.query('select pg_backend_pid() as pid')).rows[0];
    const query = client.query.bind(client) as (...its: unknown[]) => Promise<unknown>;
    const end = () => owner.query('select pg_terminate_backend($1)', [pid]);
    return Object.assign(client, {
      release: () => void client.end().catch(() => undefined),
      query: async (...its: unknown[]) => {
        asked += 1;
        if (asked !== number) return query(...its);
        if (when === 'before') await end();
        await query(...its);
        await end();
        throw new Error('the connection is gone');
      },
    });
  };
  return { db: { $client: { connect } } as unknown as Database, asked: () => asked };
}

test.for(['before', 'after'] as const)(
  'a sequencer that dies %s any of its statements leaves a whole tree, and the next one goes on',
  async (when) => {
    let number = 1;
    for (let isDone = false; !isDone; number += 1) {
      await fillLog(gateway.db, 257);
      const { db, asked } = losing(number, when);
      await sequenceEntries(db, signer, new Date()).catch(() => undefined);
      await expectWholeTree();
      isDone = asked() < number;
    }
    await gateway.app.rounds.runAll();

    expect(number).toBeGreaterThan(10);
    await expectWholeTree();
    expect(await one('select count(*)::int as waiting from access_log_pending')).toEqual({ waiting: 0 });
  },
);

test('a clock that goes backwards changes nothing of what has a place, and signs what comes', async () => {
  await fillLog(gateway.db, 3);
  await sequenceEntries(gateway.db, signer, new Date());
  const before = await commitmentsOf(gateway.db);
  await fillLog(gateway.db, 3);
  await owner.query(`update access_log_pending set recorded_at = recorded_at - interval '1 day'`);
  await owner.query(
    `update access_log set recorded_at = recorded_at - interval '1 day' where (recorded_at, id) not in (select recorded_at, entry from audit_log_leaves)`,
  );

  await sequenceEntries(gateway.db, signer, new Date(Date.now() - 86_400_000));

  const after = await commitmentsOf(gateway.db);
  expect(after).toHaveLength(before.length + 3);
  expect(Buffer.concat(after.slice(0, before.length)).equals(Buffer.concat([...before]))).toBe(true);
  await expectWholeTree();
});

test('many sequencers at once sign one checkpoint a size, each of which the leaves lead to', async () => {
  for (let it = 0; it < 4; it += 1) {
    await fillLog(gateway.db, 300);
    await Promise.all(Array.from({ length: 5 }, () => sequenceEntries(gateway.db, new LogSigner({ publicUrl: PUBLIC_URL }), new Date())));
  }
  await gateway.app.rounds.runAll();

  const hashes = (await commitmentsOf(gateway.db)).map(leafHash);
  const { rows } = await owner.query<{ size: number; root: Buffer }>('select size::int, root from audit_log_checkpoints');
  expect(rows.filter((it) => !rootOf(hashes.slice(0, it.size)).equals(it.root))).toEqual([]);
  await expectWholeTree();
});

describe('a tree that was changed by another hand is not gone on with, and nothing else stops', () => {
  const forged = async () => {
    const key = generateKeyPairSync('ed25519').privateKey;
    const body = checkpointBody({ origin: 'gateway.test/audit-log', ...(await newest()) });
    return writeNote(body, [signNote(body, 'gateway.test/audit-log', key)]);
  };
  const last = '(select max(index) from audit_log_leaves)';
  const top = '(select max(size) from audit_log_checkpoints)';

  test.for<[string, () => string | Promise<string>]>([
    ['a leaf altered', () => `update audit_log_leaves set commitment = sha256('other') where index = ${last}`],
    ['the newest leaf taken out', () => `delete from audit_log_leaves where index = ${last}`],
    [
      'a leaf put in',
      () => `insert into audit_log_leaves select index + 1, recorded_at, 7, commitment from audit_log_leaves where index = ${last}`,
    ],
    [
      'two leaves exchanged',
      () =>
        `update audit_log_leaves as it set commitment = other.commitment from audit_log_leaves as other
          where it.index in (${last}, ${last} - 1) and other.index = 2 * ${last} - 1 - it.index`,
    ],
    ['the root of a full tile altered', () => `update audit_log_tiles set root = sha256('other') where level = 0 and index = 0`],
    ['the newest checkpoint taken out', () => `delete from audit_log_checkpoints where size = ${top}`],
    ['its root altered', () => `update audit_log_checkpoints set root = sha256('other') where size = ${top}`],
    ['its note forged', async () => `update audit_log_checkpoints set note = '${await forged()}' where size = ${top}`],
  ])('%s', async ([, change]) => {
    await fillLog(gateway.db, 280);
    await gateway.app.rounds.runAll();
    const before = await newest();
    const kept = {
      leaves: await copyOf('audit_log_leaves'),
      tiles: await copyOf('audit_log_tiles'),
      checkpoints: await copyOf('audit_log_checkpoints'),
    };
    await owner.query(await change());
    const his = await gateway.register();

    expect((await his.get('/fhir/Organization')).status).toBe(200);
    await expect(gateway.app.rounds.runAll()).rejects.toThrow('changed by another hand');
    expect((await one<{ size: number }>('select max(size)::int as size from audit_log_checkpoints')).size).toBeLessThanOrEqual(before.size);
    expect((await one<{ waiting: number }>('select count(*)::int as waiting from access_log_pending')).waiting).toBeGreaterThan(0);

    await putBack('audit_log_checkpoints', kept.checkpoints);
    await putBack('audit_log_leaves', kept.leaves);
    await putBack('audit_log_tiles', kept.tiles);
    await gateway.app.rounds.runAll();
    await expectWholeTree();
  });

  test('the operator is told in the log', async () => {
    await fillLog(gateway.db, 2);
    await gateway.app.rounds.runAll();
    await fillLog(gateway.db, 2);
    await owner.query(`update audit_log_leaves set commitment = sha256(commitment) where index = ${last}`);
    gateway.app.rounds.start(5);

    await vi.waitFor(() => expect(said.join('')).toContain('The tree of the access log was changed by another hand'), 20_000);
  });
});

async function copyOf(table: string): Promise<string> {
  const name = `kept_${table}`;
  await owner.query(`drop table if exists ${name}; create table ${name} as select * from ${table}`);
  return name;
}

async function putBack(table: string, kept: string): Promise<void> {
  await owner.query(`truncate ${table} cascade; insert into ${table} select * from ${kept}`);
}
