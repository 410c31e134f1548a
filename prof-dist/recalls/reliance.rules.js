/**
 * How long a look-up may still show what a correction has replaced: it began before or while the correction was stored. Longer than any
 * request may take (60 s), and room for the clocks of two gateways.
 */
const OVERLAP_MS = 90_000;
/**
 * Whether a showing was of what the change has replaced. Versions decide wherever the entry names one of what was changed; a history that shows the
 * new version beside the former is none. Where it names only
 * what was left as it was (a look-up names the report, and one of its results was changed by itself), time does: who looked at the same moment
 * is told rather than not.
 */
export function reliesOn(showing, changed) {
    const own = showing.entities.map(readEntity).filter((it) => changed.parts.includes(it.reference));
    const latest = new Map();
    for (const { reference, version } of own) {
        if (version !== undefined && changed.versions[reference] !== undefined)
            latest.set(reference, Math.max(version, latest.get(reference) ?? 0));
    }
    if (latest.size > 0)
        return [...latest].some(([reference, version]) => version < (changed.versions[reference] ?? 0));
    const isConcerned = own.some(({ reference }) => changed.isWhole || reference === changed.report || changed.versions[reference] !== undefined);
    return isConcerned && showing.at.getTime() <= changed.correctedAt.getTime() + OVERLAP_MS;
}
/** `Observation/…/_history/2` taken apart; the version is `undefined` where it names none. */
export function readEntity(entity) {
    const [reference = '', version] = entity.split('/_history/');
    return { reference, version: version === undefined ? undefined : Number(version) };
}
