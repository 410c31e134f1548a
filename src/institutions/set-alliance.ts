import type { Transaction } from '../database/client.ts';
import { type Alliance, replaceAlliance } from './alliance.queries.ts';
import { requireInstitutions } from './require-institution.ts';

/** Name and members of an alliance are these from now on. Throws `rule-violated` for every member that takes no part. Four statements. */
export async function setAlliance(tx: Transaction, code: string, name: string, members: readonly string[], now: Date): Promise<Alliance> {
  const institutions = await requireInstitutions(tx, members, (index) => `members[${index}]`);
  const numbers = new Set(institutions.map((it) => it.institution));
  await replaceAlliance(tx, code, name, [...numbers], now);
  return { code, name, members: [...new Set(institutions.map((it) => it.uscc))].sort(), updatedAt: now };
}
