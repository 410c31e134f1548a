import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { AccessEntry } from '../../src/access-log/access-entry.schema.ts';
import { commitmentOf } from '../../src/access-log/transparency/commitment.ts';
import { useGateway } from '../support/gateway.ts';
import { publish } from '../support/recognition.ts';
import { ID_CARD, somebody } from '../support/reports.ts';

const gateway = useGateway();

/** A published report whose entry has its leaf, an auditor, and how to ask for the log of its patient. */
async function story() {
  const [hospital, auditor] = [await gateway.register(), await gateway.register({ scopes: ['audit.read'] })];
  const person = somebody();
  await publish(hospital, { person });
  await gateway.app.rounds.runAll();
  return { hospital, auditor, log: `/v1/access-log?patient=${encodeURIComponent(`${ID_CARD}|${person.idCard}`)}` };
}

const commitmentIn = async (index: number): Promise<string> => {
  const { rows } = await gateway.db.$client.query<{ commitment: Buffer }>('select commitment from audit_log_leaves where index = $1', [
    index,
  ]);
  return rows[0]?.commitment.toString('hex') ?? '';
};

describe('entries with their leaves', () => {
  test('make the commitments of the tree again; what has no place yet has no leaf', async () => {
    const { auditor, log } = await story();

    const [look, publication] = (await auditor.get(`${log}&leaves=true`)).body.entries as [AccessEntry, AccessEntry];

    expect(look).not.toHaveProperty('leaf');
    const { index = -1, salt = '' } = publication.leaf ?? {};
    expect(commitmentOf(publication, salt).toString('hex')).toBe(await commitmentIn(index));
  });

  test('are the same in streams', async () => {
    const { auditor, log } = await story();
    const page = (await auditor.get(`${log}&leaves=true`)).body.entries as AccessEntry[];
    const { leaf } = page[1] as AccessEntry;

    const lines = (await auditor.get(`${log}&leaves=true`, { accept: 'application/x-ndjson' })).text.split('\n');
    const rows = parse((await auditor.get(`${log}&leaves=true`, { accept: 'text/csv' })).text, { columns: true, bom: true });

    expect(lines.filter((it) => it.includes('"leaf":')).map((it) => JSON.parse(it).leaf)).toEqual([leaf]);
    expect((rows as Record<string, string>[]).filter((it) => it['leafIndex']).map((it) => it['leafSalt'])).toEqual([leaf?.salt]);
  });

  test('are not told unless asked for', async () => {
    const { auditor, log } = await story();
    expect((await auditor.get(log)).text).not.toContain('"leaf"');
    expect((await auditor.get(`${log}&leaves=false`)).text).not.toContain('"leaf"');
  });

  test('are refused to an institution, whose entries may leave the patient out', async () => {
    const { hospital, log } = await story();
    expect(await hospital.get(`${log}&leaves=true`)).toMatchObject({
      status: 403,
      body: { code: 'scope-insufficient', errors: [{ path: 'leaves' }] },
    });
  });
});
