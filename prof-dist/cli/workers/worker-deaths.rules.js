/** A worker that ends sooner than this died at once: it was of no use. */
const AT_ONCE_MS = 10_000;
/** So many deaths at once in a row are no accident any more. */
const AT_ONCE_MAX = 6;
const PAUSE_MIN_MS = 250;
const PAUSE_MAX_MS = 8_000;
/**
 * One that served for a while is replaced without a pause. After deaths at once the pause doubles from a quarter of a second up to eight, and
 * the sixth in a row ends the whole: whatever kills them will kill the next, and whoever watches over the program has to know.
 */
export function afterDeath(atOnceBefore, livedMs) {
    if (livedMs >= AT_ONCE_MS)
        return { atOnce: 0, pauseMs: 0 };
    const atOnce = atOnceBefore + 1;
    if (atOnce >= AT_ONCE_MAX)
        return { atOnce, pauseMs: undefined };
    return { atOnce, pauseMs: Math.min(PAUSE_MIN_MS * 2 ** (atOnce - 1), PAUSE_MAX_MS) };
}
