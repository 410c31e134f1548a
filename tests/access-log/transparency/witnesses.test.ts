import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkpointBody } from '../../../src/access-log/transparency/checkpoint.rules.ts';
import { cosignNote, parseNote, signNote, verifyNote, writeNote } from '../../../src/access-log/transparency/signed-note.ts';
import { parseVerifierKey, verifierKeyOf } from '../../../src/access-log/transparency/verifier-key.ts';
import { useGateway } from '../../support/gateway.ts';
import { fillLog } from '../../support/log-entries.ts';

const gateway = useGateway();

interface Witness {
  readonly name: string;
  readonly key: KeyObject;
  readonly vkey: string;
}
function witness(name: string): Witness {
  const key = generateKeyPairSync('ed25519').privateKey;
  return { name, key, vkey: verifierKeyOf(name, 'cosignature/v1', key).vkey };
}

const now = (): number => Math.floor(Date.now() / 1000);
const operator = () => gateway.register({ scopes: ['operator'] });
const checkpoint = async (query = '') => (await gateway.app.inject(`/audit-log/checkpoint${query}`)).body;
const bodyOf = (note: string): string => parseNote(note)?.body ?? '';
const cosigned = (note: string, { name, key }: Witness, time = now()) =>
  writeNote(bodyOf(note), [cosignNote(bodyOf(note), name, key, time)]);
const handIn = (payload: string, type = 'text/plain') =>
  gateway.app.inject({ method: 'POST', url: '/audit-log/cosignatures', headers: { 'content-type': type }, payload });

/** A new checkpoint, and a witness that alone is registered. */
async function newCheckpoint(by: Witness): Promise<string> {
  await (await operator()).put('/v1/audit-log/witnesses', { witnesses: [by.vkey] });
  await fillLog(gateway.db, 1);
  await gateway.app.rounds.runAll();
  return checkpoint();
}

test('what a registered witness signs stands under the checkpoint, also when newer ones follow', async () => {
  const east = witness('witness.example/east');
  const note = await newCheckpoint(east);
  const size = Number(note.split('\n')[1]);

  const answer = await handIn(cosigned(note, east));

  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual({ taken: [{ witness: east.vkey, time: expect.any(Number) }] });
  const shown = parseNote(await checkpoint(`?size=${size}`));
  const key = parseVerifierKey(east.vkey);
  expect(shown && key && verifyNote(shown, [key])).toMatchObject({ isSigned: true });
  await fillLog(gateway.db, 1);
  await gateway.app.rounds.runAll();
  expect((await checkpoint()).split('\n')[1]).not.toBe(String(size));
  expect((await checkpoint('?witnesses=1')).split('\n')[1]).toBe(String(size));
});

test('sent again it changes nothing, nor does a later signature of the same witness', async () => {
  const east = witness('witness.example/again');
  const note = await newCheckpoint(east);
  await handIn(cosigned(note, east, now() - 2));
  const once = await checkpoint();

  expect((await handIn(cosigned(note, east, now() - 2))).statusCode).toBe(200);
  expect((await handIn(cosigned(note, east))).statusCode).toBe(200);
  expect(await checkpoint()).toBe(once);
});

test('several witnesses at once are taken together, others are passed over', async () => {
  const [one, two, unknown] = [witness('witness.example/1'), witness('witness.example/2'), witness('witness.example/3')];
  const note = await newCheckpoint(one);
  await (await operator()).put('/v1/audit-log/witnesses', { witnesses: [one.vkey, two.vkey] });
  const lines = [one, unknown, two].map(({ name, key }) => cosignNote(bodyOf(note), name, key, now()));

  const answer = await handIn(writeNote(bodyOf(note), [...(parseNote(note)?.signatures.map((it) => it.line) ?? []), ...lines]));

  expect(answer.json().taken.map((it: { witness: string }) => it.witness)).toEqual([one.vkey, two.vkey]);
  expect(await checkpoint('?witnesses=2')).toContain('witness.example/2');
  expect((await gateway.app.inject('/audit-log/checkpoint?witnesses=3')).statusCode).toBe(404);
});

test.for<[string, (note: string, by: Witness) => string, number]>([
  ['no note', () => 'hello', 400],
  ['a note that is no checkpoint', (_note, by) => writeNote('hello\n', [cosignNote('hello\n', by.name, by.key, now())]), 400],
  ['a size that was never signed', (note, by) => cosigned(note.replace(/\n\d+\n/, '\n999999\n'), by), 404],
  [
    'another root',
    (note, by) =>
      cosigned(
        writeNote(checkpointBody({ origin: 'gateway.test/audit-log', size: Number(note.split('\n')[1]), root: Buffer.alloc(32) }), [
          '— a AAAAAAA=',
        ]),
        by,
      ),
    409,
  ],
  ['another log', (note, by) => cosigned(note.replace('gateway.test', 'other.test'), by), 409],
  ['a witness nobody registered', (note) => cosigned(note, witness('witness.example/stranger')), 422],
  ['the name of a witness with another key', (note, by) => cosigned(note, { ...witness(by.name), name: by.name }), 422],
  ['a signature of another moment', (note, by) => tampered(cosigned(note, by)), 422],
  ['a signature of the log’s kind by the witness', (note, by) => writeNote(bodyOf(note), [signNote(bodyOf(note), by.name, by.key)]), 422],
  ['a time before the checkpoint', (note, by) => cosigned(note, by, now() - 3_600), 422],
  ['a time to come', (note, by) => cosigned(note, by, now() + 3_600), 422],
  ['more than a note may be', (note, by) => `${'a'.repeat(20_000)}\n${cosigned(note, by)}`, 413],
])('refused: %s', async ([, make, status]) => {
  const by = witness('witness.example/refused');
  const note = await newCheckpoint(by);
  const before = await checkpoint();

  const { statusCode, headers } = await handIn(make(note, by));

  expect({ statusCode, type: headers['content-type'] }).toEqual({ statusCode: status, type: 'application/problem+json; charset=utf-8' });
  expect(await checkpoint()).toBe(before);
});

/** The note with the last byte of its signature's time turned. */
function tampered(note: string): string {
  const [signature] = parseNote(note)?.signatures ?? [];
  const bytes = Buffer.concat([Buffer.from(signature?.keyId ?? '', 'hex'), signature?.bytes ?? Buffer.alloc(0)]);
  bytes[11] = (bytes[11] as number) ^ 1;
  return writeNote(bodyOf(note), [`— ${signature?.name} ${bytes.toString('base64')}`]);
}

test('a body of another kind is refused', async () => {
  expect((await handIn('{}', 'application/json')).statusCode).toBe(400);
  expect((await handIn('<a/>', 'application/xml')).statusCode).toBe(415);
});

test('witnesses are set by the operator as a whole; those that are left out are taken no more', async () => {
  const [one, two] = [witness('witness.example/a'), witness('witness.example/b')];
  const note = await newCheckpoint(one);
  await handIn(cosigned(note, one));
  const his = await operator();

  const set = await his.put('/v1/audit-log/witnesses', { witnesses: [two.vkey] });

  expect(set.body.witnesses.map((it: { key: string }) => it.key)).toEqual([two.vkey]);
  expect((await (await gateway.register()).get('/v1/audit-log/witnesses')).body).toEqual(set.body);
  expect((await handIn(cosigned(note, one))).statusCode).toBe(422);
  expect(await checkpoint()).toContain('witness.example/a');
  await his.put('/v1/audit-log/witnesses', { witnesses: [one.vkey] });
  expect((await handIn(cosigned(note, one))).statusCode).toBe(200);
  const { rows } = await gateway.db.$client.query('select version, is_taken from audit_log_witnesses where vkey = $1 order by version', [
    one.vkey,
  ]);
  expect(rows).toEqual([
    { version: 1, is_taken: true },
    { version: 2, is_taken: false },
    { version: 3, is_taken: true },
  ]);
});

test('what is no key of a witness is refused with its place; nobody but the operator sets any', async () => {
  const key = generateKeyPairSync('ed25519').privateKey;
  const log = verifierKeyOf('log.example', 'ed25519', key).vkey;
  const { vkey } = witness('witness.example/c');
  const his = await operator();

  const wrong = await his.put('/v1/audit-log/witnesses', { witnesses: [vkey, log, 'nonsense'] });

  expect(wrong).toMatchObject({ status: 422, body: { errors: [{ path: 'witnesses[1]' }, { path: 'witnesses[2]' }] } });
  expect((await his.put('/v1/audit-log/witnesses', { witnesses: [vkey, vkey] })).status).toBe(422);
  expect((await (await gateway.register()).put('/v1/audit-log/witnesses', { witnesses: [vkey] })).status).toBe(403);
});
