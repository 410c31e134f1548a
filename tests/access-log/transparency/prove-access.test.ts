import { expect, test } from 'vitest';
import { canonicalEntry } from '../../../src/access-log/transparency/canonical-entry.rules.ts';
import { inclusionRanges } from '../../../src/access-log/transparency/merkle-tree.ts';
import { parseNote } from '../../../src/access-log/transparency/signed-note.ts';
import { parseVerifierKey } from '../../../src/access-log/transparency/verifier-key.ts';
import { verifyProof } from '../../../src/access-log/transparency/verify-proof.ts';
import { type CallingSystem, useGateway } from '../../support/gateway.ts';
import { fillLog } from '../../support/log-entries.ts';
import { patientOf, somebody } from '../../support/reports.ts';

const gateway = useGateway();

const auditor = () => gateway.register({ scopes: ['audit.read'] });
const keys = async () => {
  const { body } = await gateway.app.inject('/audit-log/keys');
  return body
    .trim()
    .split('\n')
    .map(parseVerifierKey)
    .filter((it) => it !== undefined);
};
/** Ids of the entries of the caller's institution, the latest first. */
async function entriesOf(reader: CallingSystem, institution: CallingSystem, interaction: string) {
  const { body } = await reader.get(`/v1/access-log?institution=${institution.uscc}&interaction=${interaction}`);
  return body.entries as readonly { id: string }[];
}

test('an auditor gets what it takes to verify an entry off line, and its text is that of the entry', async () => {
  const [his, reader] = [await gateway.register(), await auditor()];
  await fillLog(gateway.db, 300);
  await his.get('/fhir/Organization?name=a');
  await gateway.app.rounds.runAll();
  const [entry] = await entriesOf(reader, his, 'searchResources');

  const { status, body } = await reader.get(`/v1/access-log/${entry?.id}/proof`);

  expect(status).toBe(200);
  expect(body.entry).toBe(canonicalEntry(entry as never));
  expect(body.proof).toHaveLength(inclusionRanges(body.leaf, body.size).length);
  expect(verifyProof(body, await keys())).toMatchObject({ isProved: true, checkpoint: { size: body.size } });
  const [log] = await entriesOf(reader, reader, 'proveAccess');
  expect(log).toMatchObject({ entities: [`AuditEvent/${entry?.id}`], outcome: 0 });
});

test('a proof with anything changed proves nothing', async () => {
  const [his, reader] = [await gateway.register(), await auditor()];
  await fillLog(gateway.db, 10);
  await his.get('/fhir/Organization?name=b');
  await gateway.app.rounds.runAll();
  const [entry] = await entriesOf(reader, his, 'searchResources');
  const { body } = await reader.get(`/v1/access-log/${entry?.id}/proof`);
  const known = await keys();

  expect(verifyProof({ ...body, entry: body.entry.replace('"outcome":0', '"outcome":4') }, known)).toMatchObject({
    reason: 'entry-differs',
  });
  expect(verifyProof({ ...body, salt: body.salt.replace(/^./, (it: string) => (it === '0' ? '1' : '0')) }, known)).toMatchObject({
    reason: 'entry-differs',
  });
  expect(verifyProof({ ...body, leaf: body.leaf - 1 }, known)).toMatchObject({ reason: 'not-included' });
  expect(verifyProof({ ...body, proof: body.proof.slice(1) }, known)).toMatchObject({ reason: 'not-included' });
  expect(verifyProof({ ...body, size: body.size - 1 }, known)).toMatchObject({ reason: 'checkpoint-unsigned' });
  expect(verifyProof(body, [])).toMatchObject({ reason: 'checkpoint-unsigned' });
  expect(verifyProof({ ...body, checkpoint: body.checkpoint.replace(`\n${body.size}\n`, '\n9999\n') }, known)).toMatchObject({
    reason: 'checkpoint-unsigned',
  });
});

test('as a text of its own it is a tlog-proof', async () => {
  const [his, reader] = [await gateway.register(), await auditor()];
  await his.get('/fhir/Organization?name=c');
  await gateway.app.rounds.runAll();
  const [entry] = await entriesOf(reader, his, 'searchResources');
  await gateway.app.rounds.runAll();

  const { body } = await reader.get(`/v1/access-log/${entry?.id}/proof`);
  const { text, headers } = await reader.get(`/v1/access-log/${entry?.id}/proof`, { accept: 'text/plain' });

  const [head, extra, index, ...hashes] = text.slice(0, text.indexOf('\n\n')).split('\n');
  expect(headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(head).toBe('c2sp.org/tlog-proof@v1');
  expect(JSON.parse(Buffer.from(extra?.replace('extra ', '') ?? '', 'base64').toString())).toEqual({ entry: body.entry, salt: body.salt });
  expect(index).toBe(`index ${body.leaf}`);
  expect(hashes).toEqual(body.proof);
  expect(parseNote(text.slice(text.indexOf('\n\n') + 2))).toBeDefined();
});

test('an institution proves its own entries, those of others are not there', async () => {
  const [his, other, reader] = [await gateway.register(), await gateway.register(), await auditor()];
  const made = await his.post('/fhir/Patient', patientOf(somebody()));
  await gateway.app.rounds.runAll();
  const [entry] = await entriesOf(reader, his, 'createResource');

  const own = await his.get(`/v1/access-log/${entry?.id}/proof`);

  expect(made.status).toBe(201);
  expect(verifyProof(own.body, await keys())).toMatchObject({ isProved: true });
  expect(own.body.entry).toContain('"person"');
  expect((await other.get(`/v1/access-log/${entry?.id}/proof`)).status).toBe(404);
  expect((await his.get('/v1/access-log/none/proof')).status).toBe(404);
  const unread = await gateway.register({ scopes: ['recognition.check'] });
  expect((await unread.get(`/v1/access-log/${entry?.id}/proof`)).status).toBe(403);
});

test('an institution that asked in vain cannot tell from the proof whether the exchange knows the person', async () => {
  const [his, asking, reader] = [await gateway.register(), await gateway.register(), await auditor()];
  const { body: known } = await his.post('/fhir/Patient', patientOf(somebody()));
  await asking.get(`/fhir/Patient/${known.id}`);
  await asking.get(`/fhir/Patient/${known.id.replace(/.$/, (it: string) => (it === '0' ? '1' : '0'))}`);
  await gateway.app.rounds.runAll();
  const entries = await entriesOf(reader, asking, 'readResource');

  const proofs = await Promise.all(entries.map(async ({ id }) => (await asking.get(`/v1/access-log/${id}/proof`)).body));

  expect(proofs).toHaveLength(2);
  for (const proof of proofs) {
    expect(Object.keys(proof).toSorted()).toEqual(['checkpoint', 'commitment', 'id', 'leaf', 'proof', 'size']);
    expect(verifyProof(proof, await keys())).toMatchObject({ isProved: true });
  }
});

test('an entry of this moment has no place yet: ask again', async () => {
  const [his, reader] = [await gateway.register(), await auditor()];
  await his.get('/fhir/Organization?name=d');
  const [entry] = await entriesOf(reader, his, 'searchResources');

  const { status, body, headers } = await reader.get(`/v1/access-log/${entry?.id}/proof`);

  expect({ status, code: body.code, after: headers['retry-after'] }).toEqual({ status: 503, code: 'busy', after: '2' });
});
