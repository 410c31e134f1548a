import { type Reader, sendOff, type Transaction } from '../database/client.ts';
import { recognitionChecks } from './recognition.tables.ts';

export type CheckRow = typeof recognitionChecks.$inferSelect;

export async function insertCheck(tx: Transaction, row: CheckRow): Promise<void> {
  await sendOff(tx, {
    name: 'insert-check',
    text: `insert into recognition_checks (
             person, id, institution, client, practitioner, encounter, setting, trigger, department, insurance, checked_at, edition, rules_version, answer)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    values: [
      row.person,
      row.id,
      row.institution,
      row.client,
      JSON.stringify(row.practitioner),
      row.encounter,
      row.setting,
      row.trigger,
      row.department,
      row.insurance,
      row.checkedAt,
      row.edition,
      row.rulesVersion,
      JSON.stringify(row.answer),
    ],
  });
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
