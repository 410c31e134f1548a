import { WrongAnswer } from './subject.js';
/** A subject that answers wrongly this often in one slice is not asked any more. */
const ERRORS_MAX = 20;
/**
 * Asks a subject from `clients` sides at once, each with its next piece of work as soon as the last one is done, for `seconds`.
 *
 * What ends within the time counts; what is under way at its end is waited for and does not. `onSecond` is told how much was done so far,
 * once a second.
 */
export async function closedLoop(subject, clients, seconds, onSecond) {
    const latencies = [];
    let bytes = 0;
    let errors = 0;
    let firstError;
    const start = performance.now();
    const end = start + seconds * 1_000;
    const client = async () => {
        for (let asked = performance.now(); asked < end && errors < ERRORS_MAX; asked = performance.now()) {
            try {
                const length = await subject.once();
                const answered = performance.now();
                if (answered > end)
                    return;
                latencies.push(answered - asked);
                bytes += length;
            }
            catch (error) {
                errors += 1;
                firstError ??= error instanceof WrongAnswer ? error.message : String(error);
            }
        }
    };
    const ticking = onSecond && setInterval(() => onSecond(latencies.length), 1_000);
    await Promise.all(Array.from({ length: clients }, client));
    clearInterval(ticking);
    const measured = errors < ERRORS_MAX ? seconds : (performance.now() - start) / 1_000;
    latencies.sort((a, b) => a - b);
    return { seconds: measured, perSecond: latencies.length / measured, latencies, bytes, errors, firstError };
}
