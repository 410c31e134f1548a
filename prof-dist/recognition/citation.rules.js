const HOUR_MS = 3_600_000;
/** A day: hospital clocks drift, and some systems write local time without saying so. */
const GRACE_MS = 24 * HOUR_MS;
/**
 * What keeps a recognised result from having been written into the record at that moment; `undefined`: nothing.
 *
 * - `impossible`: before it was recognised, or in the future; a day of grace both ways.
 * - `too-late`: more than the region's hours of citation after the decision. The last millisecond of them still counts.
 */
export function faultOfCitation(citedAt, decidedAt, hours, now) {
    const cited = citedAt.getTime();
    if (cited < decidedAt.getTime() - GRACE_MS || cited > now.getTime() + GRACE_MS)
        return 'impossible';
    return cited > decidedAt.getTime() + hours * HOUR_MS ? 'too-late' : undefined;
}
