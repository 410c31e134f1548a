import { findCertificates, recallCertificates } from '../catalogue/certificates/find-certificates.js';
import { judgeMark } from '../catalogue/certificates/mark.rules.js';
import { findMappedCodes, recallMappedCodes } from '../catalogue/mappings/find-mappings.js';
import { rowsByKey } from '../database/reference-memory.js';
import { recallPlaces } from '../institutions/find-places.js';
import { findDisagreements } from '../persons/find-disagreements.js';
import { findLastTreatment } from '../reports/find-last-treatment.js';
import { findNewestResults } from '../reports/find-newest-results.js';
import { findOriginals, findOriginalsAt } from '../reports/find-originals.js';
import { findResults } from '../reports/find-results.js';
import { findResultsAt } from '../reports/find-results-at.js';
import { findSources } from '../reports/find-sources.js';
import { itemsByCode, matchItems, matchNewest } from './match-results.js';
import { readCandidate } from './read-candidate.js';
import { settleItems } from './settled.rules.js';
import { windowOf } from './window.rules.js';
export const NO_EVIDENCE = {
    institutions: new Map(),
    candidates: new Map(),
    further: new Map(),
    identityDoubt: false,
    treatment: undefined,
};
/**
 * The prior results of the items, with all that the rules ask of them. Statements, whatever the number of items, results and institutions: the
 * sources, the newest results, and where these do not settle every item all results of the others; local codes of the sources, institutions and
 * certificates where they are not remembered; originals where a report has studies, treatments where a window holds only without one, identity
 * documents where the caller says a name or birth date.
 *
 * Of the past (`past`, the moment being `now`) it is the same with the versions, mappings and certificates that the exchange had then, and with all
 * results. A treatment counts however late it was published, since the patient was treated all the same; levels and alliances are those of today.
 */
export async function gatherEvidence(reader, enquiry, now) {
    const { references, caller, persons, permission, catalogue, rules, claim, past } = enquiry;
    const items = [...catalogue.items.values()];
    const names = [...catalogue.items.keys()];
    const sources = past ? [] : await findSources(reader, persons);
    const mapped = past
        ? await findMappedCodes(reader, persons, names, past.at)
        : await recallMappedCodes(references, reader, sources, names);
    const codes = itemsByCode(items, mapped);
    const isAsked = items.some((it) => windowOf(it, rules).withoutTreatment && permission.categories.includes(it.kind));
    const treatment = isAsked ? await findLastTreatment(reader, persons, permission, caller, now) : undefined;
    const isClaimed = claim.name !== undefined || claim.birthDate !== undefined;
    const identityDoubt = isClaimed && (await findDisagreements(reader, persons, claim)).length > 0;
    const lastTreatment = { at: latest([treatment?.at, enquiry.lastTreatmentAt], now), isTold: enquiry.lastTreatmentAt !== undefined };
    const institutions = new Map(enquiry.receiver ? [[enquiry.receiver.institution, enquiry.receiver]] : []);
    const readAll = (found) => readResults(reader, enquiry, found, lastTreatment, institutions);
    const settled = past
        ? NOTHING_SETTLED
        : await settleByNewest(reader, enquiry, codes, readAll, {
            ...situationOf(enquiry),
            now,
            identityDoubt,
            hasOwn: sources.includes(caller.institution),
        });
    const open = codes.filter((it) => !settled.further.has(it.item));
    const found = open.length === 0 ? new Map() : matchItems(await findAll(reader, enquiry, open), open);
    const candidates = new Map([...settled.candidates, ...(await readAll(found))]);
    return { institutions, candidates, further: settled.further, identityDoubt, treatment };
}
const NOTHING_SETTLED = { candidates: new Map(), further: new Map() };
/** The items that the newest results settle, with these; nothing where an institution may recognise its own results. */
async function settleByNewest(reader, { persons, permission, caller, catalogue, asked, rules }, codes, readAll, situation) {
    if (rules.ownHospital.recognised || codes.length === 0)
        return NOTHING_SETTLED;
    const newest = await findNewestResults(reader, persons, [...new Set(codes.map((it) => it.code))], permission, caller);
    if (!newest)
        return NOTHING_SETTLED;
    const found = matchNewest(newest, codes);
    const candidates = await readAll(new Map([...found].map(([item, list]) => [item, list.map((it) => it.result)])));
    const factOf = (code) => ({
        code,
        item: catalogue.items.get(code),
        newest: (candidates.get(code) ?? []).flatMap((candidate, index) => {
            const older = found.get(code)?.[index]?.older;
            return older ? [{ candidate, older }] : [];
        }),
    });
    const further = settleItems(asked.map(({ code, members }) => (members ?? [code]).map(factOf)), situation);
    return { candidates: new Map([...candidates].filter(([code]) => further.has(code))), further };
}
function findAll(reader, { persons, permission, caller, past }, codes) {
    const wanted = [...new Set(codes.map((it) => it.code))];
    return past ? findResultsAt(reader, persons, wanted, permission, caller, past) : findResults(reader, persons, wanted, permission, caller);
}
function situationOf({ rules, receiver, caller, place, permission }) {
    return { rules, receiver: { institution: caller.institution, level: receiver?.level ?? null, alliances: place.alliances }, permission };
}
/** What the rules ask of each result of an item. Adds the institutions that the results came from to those that are known. */
async function readResults(reader, { references, place, rules, catalogue, past }, found, treatment, institutions) {
    const results = [...found.values()].flat();
    const sources = [...new Set(results.map((it) => it.institution))];
    const unknown = sources.filter((it) => !institutions.has(it));
    for (const [number, it] of await recallPlaces(references, reader, unknown))
        institutions.set(number, it);
    const names = [...found.keys()];
    const certificates = rowsByKey(past ? await findCertificates(reader, sources, names, past.at) : await recallCertificates(references, reader, sources, names), (it) => `${it.institution} ${it.item}`);
    const studies = [...new Set(results.flatMap((it) => it.report.studies))];
    const retrievable = past ? await findOriginalsAt(reader, studies, past.at) : await findOriginals(reader, studies);
    const receiver = { place, acceptedScopes: rules.acceptedScopes };
    const candidates = [...found].map(([code, list]) => {
        const item = catalogue.items.get(code);
        const read = list.map((result) => {
            const source = institutions.get(result.institution);
            const held = certificates.get(`${result.institution} ${code}`) ?? [];
            const markOf = (at) => judgeMark(held, at, receiver);
            return readCandidate(result, item, { source, retrievable, treatment, markOf });
        });
        return [code, read];
    });
    return new Map(candidates);
}
/** The last of these moments that is not in the future. */
function latest(moments, now) {
    return moments.reduce((last, it) => (it && it <= now && (!last || it > last) ? it : last), undefined);
}
