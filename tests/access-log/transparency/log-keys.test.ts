import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { expect, test } from 'vitest';
import { LogSigner } from '../../../src/access-log/transparency/log-signer.ts';
import { sequenceEntries } from '../../../src/access-log/transparency/sequence-entries.ts';
import { parseNote, verifyNote } from '../../../src/access-log/transparency/signed-note.ts';
import { parseVerifierKey, verifierKeyOf } from '../../../src/access-log/transparency/verifier-key.ts';
import { auditKeyCommand } from '../../../src/cli/audit-key.ts';
import { readConfig } from '../../../src/config.ts';
import { PUBLIC_URL, useGateway } from '../../support/gateway.ts';
import { fillLog } from '../../support/log-entries.ts';

const NAME = 'gateway.test/audit-log';
const [first, second] = [generateKeyPairSync('ed25519').privateKey, generateKeyPairSync('ed25519').privateKey];
const gateway = useGateway({ auditLogKeys: [first] });

async function nextCheckpoint(signer: LogSigner): Promise<string> {
  await fillLog(gateway.db, 1);
  await sequenceEntries(gateway.db, signer, new Date());
  return (await gateway.app.inject('/audit-log/checkpoint')).body;
}
const signers = (note: string): readonly string[] => parseNote(note)?.signatures.map((it) => `${it.name} ${it.keyId}`) ?? [];
const isSignedBy = (note: string, key: KeyObject): boolean => {
  const parsed = parseNote(note);
  return parsed !== undefined && verifyNote(parsed, [verifierKeyOf(NAME, 'ed25519', key)]).isSigned;
};

test('a key is changed by signing with both for a while; checkpoints of before stay verifiable', async () => {
  await fillLog(gateway.db, 1);
  await gateway.app.rounds.runAll();
  const before = (await gateway.app.inject('/audit-log/checkpoint')).body;
  const meanwhile = await nextCheckpoint(new LogSigner({ publicUrl: PUBLIC_URL, auditLogKeys: [second, first] }));
  const after = await nextCheckpoint(new LogSigner({ publicUrl: PUBLIC_URL, auditLogKeys: [second] }));
  const id = (key: KeyObject) => `${NAME} ${verifierKeyOf(NAME, 'ed25519', key).id}`;

  expect([before, meanwhile, after].map(signers)).toEqual([[id(first)], [id(second), id(first)], [id(second)]]);
  expect([isSignedBy(meanwhile, first), isSignedBy(meanwhile, second), isSignedBy(after, first)]).toEqual([true, true, false]);
  const keys = (await gateway.app.inject('/audit-log/keys')).body.trim().split('\n');
  expect(keys).toEqual([verifierKeyOf(NAME, 'ed25519', first).vkey, verifierKeyOf(NAME, 'ed25519', second).vkey]);
});

test('the log keeps its name wherever it is reached, until it is given another', async () => {
  const moved = await nextCheckpoint(new LogSigner({ publicUrl: 'https://elsewhere.example', auditLogKeys: [first] }));
  const named = await nextCheckpoint(new LogSigner({ publicUrl: PUBLIC_URL, auditLogKeys: [first], auditLogOrigin: 'region.example/log' }));
  const kept = await nextCheckpoint(new LogSigner({ publicUrl: PUBLIC_URL, auditLogKeys: [first] }));
  const back = await nextCheckpoint(new LogSigner({ publicUrl: PUBLIC_URL, auditLogKeys: [first], auditLogOrigin: NAME }));

  expect([moved, named, kept, back].map((it) => it.split('\n')[0])).toEqual([NAME, 'region.example/log', 'region.example/log', NAME]);
});

test('without a key one is made in the database, and is the same for every gateway', async () => {
  const one = await nextCheckpoint(new LogSigner({ publicUrl: PUBLIC_URL }));
  const other = await nextCheckpoint(new LogSigner({ publicUrl: PUBLIC_URL }));

  expect(signers(other)).toEqual(signers(one));
  expect(isSignedBy(one, first) || isSignedBy(one, second)).toBe(false);
});

test('`audit key` prints a file that the server takes, its public half before it', async () => {
  const lines: string[] = [];
  const config = readConfig({ PUBLIC_URL: 'https://exchange.example/hub/' });
  const exit = await auditKeyCommand(
    config,
    [],
    (it) => lines.push(it),
    (it) => lines.push(it),
  );

  const file = lines.join('\n');
  const { auditLogKeys } = readConfig({ AUDIT_LOG_KEY_FILE: 'key.pem' }, () => file);
  expect(exit).toBe(0);
  expect(parseVerifierKey(lines[0] ?? '')).toMatchObject({ name: 'exchange.example/hub/audit-log', kind: 'ed25519' });
  expect(auditLogKeys.map((it) => verifierKeyOf('exchange.example/hub/audit-log', 'ed25519', it).vkey)).toEqual([lines[0]]);
});
