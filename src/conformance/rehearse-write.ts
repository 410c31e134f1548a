import type { Database, Transaction } from '../database/client.ts';
import { SHOWN } from '../faces/shown-failures.ts';
import { Failure } from '../failure.ts';
import { transactAgain } from '../resources/transact-again.ts';

/** Rolls a write back that went well. */
class Rehearsed extends Error {
  override readonly name = 'Rehearsed';
}

/**
 * Does a write in a transaction that is always rolled back, and answers why it would have been refused; `undefined` where it would not.
 * Throws what says nothing about the write: that the database is away, or others were in the way too often.
 */
export async function rehearseWrite(db: Database, write: (tx: Transaction) => Promise<unknown>): Promise<Failure | undefined> {
  try {
    return await transactAgain(db, async (tx) => {
      await write(tx);
      throw new Rehearsed();
    });
  } catch (error) {
    if (error instanceof Rehearsed) return undefined;
    if (error instanceof Failure && SHOWN[error.code].status < 500) return error;
    throw error;
  }
}
