import { transact } from '../database/client.js';
import { Failure } from '../failure.js';
import { Collision } from './collision.js';
const ATTEMPTS_MAX = 6;
/** unique_violation, serialization_failure, deadlock_detected: another request was quicker. */
const QUICKER = new Set(['23505', '40001', '40P01']);
/**
 * A transaction that is begun anew when another request wrote the same things first; its second look then finds them. `busy` after six
 * attempts. The work is told which attempt it is, from 1 on, since it must begin each of them with what was sent, not with what the last one
 * made of it.
 */
export async function transactAgain(db, work) {
    for (let attempt = 1;; attempt++) {
        try {
            return await transact(db, (tx) => work(tx, attempt));
        }
        catch (error) {
            const quicker = error instanceof Collision || QUICKER.has(error.code ?? '');
            if (!quicker)
                throw error;
            if (attempt === ATTEMPTS_MAX) {
                throw new Failure('busy', { en: 'others are writing the same resources; try again', zh: '其他请求正在写入相同资源，请重试' }, { retryAfterSeconds: 1, cause: error });
            }
            await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt));
        }
    }
}
