import type { Reader, Transaction } from '../database/client.ts';
import { recognitionChecks } from './recognition.tables.ts';

export type CheckRow = typeof recognitionChecks.$inferSelect;

export async function insertCheck(tx: Transaction, row: typeof recognitionChecks.$inferInsert): Promise<void> {
  await tx.insert(recognitionChecks).values(row);
}

/** A check of the institution; that of another one is as unknown as one that never was. Served by the primary key. */
export async function findCheck(
  reader: Reader,
  key: { readonly person: bigint; readonly id: bigint },
  institution: number,
): Promise<CheckRow | undefined> {
  const { rows } = await reader.$client.query<CheckRow>({
    name: 'find-check',
    text: `select person, id, institution, client, practitioner, encounter, setting, trigger, department, insurance,
                  checked_at as "checkedAt", edition, rules_version as "rulesVersion", answer
             from recognition_checks where person = $1 and id = $2 and institution = $3`,
    values: [key.person, key.id, institution],
  });
  return rows.map((row) => ({ ...row, person: BigInt(row.person), id: BigInt(row.id) }))[0];
}
