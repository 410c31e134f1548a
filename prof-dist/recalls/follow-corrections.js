import { findReportChanges, findVersionPlaces } from '../reports/find-report-changes.js';
import { decodeId, encodeId } from '../resources/resource-id.js';
import { findCorrectedPersons, findCorrections, insertCorrections } from './correction.queries.js';
import { correctionOf, reportOf } from './correction.js';
import { readEntity, reliesOn } from './reliance.rules.js';
import { tellInstitutions } from './tell-institutions.js';
const RESULT = /^(DiagnosticReport|Observation|ImagingStudy)\//;
const WRITES = ['C', 'U', 'D'];
/**
 * Tells every institution that relied on a report of the corrections and withdrawals that the access log goes past, each once.
 *
 * The entry of a new version is committed with it, and what is told is committed with how far the log was followed: nothing is lost and nothing
 * told twice, wherever a process dies. `savings` reverses what a recognition saved where the region's rules say so.
 */
export function recallFollower(savings) {
    return { name: 'recalls', handle: (tx, entries, now) => followCorrections(tx, savings, entries, now) };
}
/**
 * Goes over the next entries. New versions become corrections, and whoever relied on the former version is looked for in the log and among the
 * recognitions. A look that was committed only after the correction was followed, and still shows the former version, is met later in the
 * log and leads back to the correction: in either order it is told.
 *
 * Statements, whatever the number of entries, corrections and institutions: at most fourteen, and one a reversed saving; one where nothing but
 * looks at what was never corrected is met after it; none where no results are named.
 */
async function followCorrections(tx, savings, entries, now) {
    const named = entries.filter((it) => it.outcome === 0 && it.institution !== null).flatMap(namedBy);
    const bearing = await thatMayBear(tx, named);
    const places = new Map((await findVersionPlaces(tx, bearing)).map((it) => [keyOf(it), it]));
    const corrections = await correctionsAmong(tx, bearing, places);
    const added = await insertCorrections(tx, corrections);
    const standing = await findCorrections(tx, [...places.values()]);
    const looks = entries.filter((it) => it.outcome === 0);
    const concerned = standing.filter((it) => added.has(it.id) || looks.some((look) => isLate(look, it)));
    await tellInstitutions(tx, savings, concerned, now);
}
/**
 * What may be a correction, or was published about somebody of whose reports any was ever corrected. That leaves out nearly everything: a look at a
 * person's results names hundreds.
 */
async function thatMayBear(tx, named) {
    const persons = await findCorrectedPersons(tx, [...new Set(named.map((it) => it.person))]);
    for (const it of named)
        if (isRewriting(it))
            persons.add(it.person);
    return named.filter((it) => persons.has(it.person));
}
function isRewriting({ entry, version }) {
    return WRITES.includes(entry.action) && version > 1;
}
/** The corrections that entries of new versions stand for. */
async function correctionsAmong(tx, named, places) {
    const moments = new Map();
    for (const it of named) {
        const place = places.get(keyOf(it));
        if (!place || !isRewriting(it) || it.entry.institution !== place.institution)
            continue;
        const key = `${place.person} ${place.report} ${place.recordedAt.getTime()}`;
        if (!moments.has(key))
            moments.set(key, { ...place, leaf: it.entry.leaf });
    }
    const stored = [...moments.values()];
    const changes = await findReportChanges(tx, stored);
    return stored.flatMap((it, index) => correctionOf(it, changes[index] ?? []) ?? []);
}
/** Whether an entry shows to somebody else what a correction has replaced; a decision names what it rests on as well. */
function isLate(entry, correction) {
    if (entry.institution === correction.institution)
        return false;
    return reliesOn({ entities: entry.entities, at: entry.recordedAt }, { ...correction, report: reportOf(correction) });
}
function namedBy(entry) {
    return entry.entities.flatMap((entity) => {
        const { reference, version = 1 } = readEntity(entity);
        const key = RESULT.test(reference) ? decodeId(reference.replace(RESULT, '')) : undefined;
        return key && Number.isInteger(version) ? [{ ...key, entry, version }] : [];
    });
}
function keyOf(version) {
    return `${encodeId(version)} ${version.version}`;
}
