import { and, eq } from 'drizzle-orm';
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
  const rows = await reader
    .select()
    .from(recognitionChecks)
    .where(and(eq(recognitionChecks.person, key.person), eq(recognitionChecks.id, key.id), eq(recognitionChecks.institution, institution)));
  return rows[0];
}
