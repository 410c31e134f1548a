import { SHOWN } from '../faces/shown-failures.js';
import { Failure } from '../failure.js';
import { transactAgain } from '../resources/transact-again.js';
/** Rolls a write back that went well. */
class Rehearsed extends Error {
    name = 'Rehearsed';
}
/**
 * Does a write in a transaction that is always rolled back, and answers why it would have been refused; `undefined` where it would not.
 * Throws what says nothing about the write: that the database is away, or others were in the way too often.
 */
export async function rehearseWrite(db, write) {
    try {
        return await transactAgain(db, async (tx) => {
            await write(tx);
            throw new Rehearsed();
        });
    }
    catch (error) {
        if (error instanceof Rehearsed)
            return undefined;
        if (error instanceof Failure && SHOWN[error.code].status < 500)
            return error;
        throw error;
    }
}
