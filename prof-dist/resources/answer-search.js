import { contentsOf } from '../database/client.js';
import { RESOURCE_TYPES } from '../fhir/resource-types.js';
import { readSearch } from '../fhir/search-query.js';
import { searchset } from '../fhir/searchset.js';
import { wantedDomains } from '../fhir/wanted-domains.js';
import { requireScope } from '../security/require-scope.js';
import { typesAskedBy } from './condition-sql.js';
import { expandOnce } from './expand-once.js';
import { findInclusions } from './find-inclusions.js';
import { countMatches, findMatches } from './find-matches.js';
import { namePersons } from './name-persons.js';
import { narrowSearch } from './narrow-search.js';
import { requireTokenPatient } from './require-token-patient.js';
import { encodeId, isPerson } from './resource-id.js';
import { openWalk, sealWalk } from './search-page.js';
import { readTypes } from './search-types.js';
import { SHARED_TYPES } from './shared-types.js';
import { showFound } from './show-found.js';
/** Beyond so many matches a total is not counted unless it is asked for. */
const COUNTED_MAX = 10_000;
/**
 * FHIR search on one type or on several: https://hl7.org/fhir/R4/search.html. Answers the searchset Bundle as text.
 *
 * Found is what the caller's institution published, the shared directory, and, where the search names patients and a clinician is named,
 * what these patients have consented to. Committed to the access log before it is returned, one entry for every person concerned; within a
 * transaction (`tx`, which is then the reader too) it is committed with that.
 */
export async function answerSearch(reader, custody, caller, request, now, tx = null) {
    const walk = await openedWalk(reader, caller, request, now);
    const pairs = walk?.used ?? request.pairs;
    const types = walk?.types ?? (request.type === undefined ? readTypes(pairs) : [request.type]);
    for (const type of types)
        requireScope(caller, `system/${type}.s`);
    const searches = await readSearches(reader, custody, caller, request, types, pairs, now);
    const [search] = searches;
    if (!search)
        throw new Error('a search without a type was read');
    const used = request.type === undefined ? [['_type', types.join()], ...search.used] : search.used;
    const domains = wantedDomains(search);
    const unknownDomains = domains.length > 0 ? await custody.unknownDomains(reader, domains) : [];
    const found = await find(reader, custody, caller, searches, walk, now);
    // A token says nothing; the log tells what it goes on with.
    const asked = walk
        ? `${request.method} ${request.type ?? ''}?${new URLSearchParams(walk.used.map((it) => [it[0], it[1]])).toString()}`
        : request.asked;
    await record(custody, tx, caller, asked, found, now);
    const next = found.matches.next &&
        (await sealWalk(reader, caller, { types, used, begun: found.begun, place: found.matches.next, total: found.total }, now));
    return searchset(request.base, {
        address: [request.base, request.type].filter(Boolean).join('/'),
        used,
        page: { own: walk && pageOf(request), next },
        total: found.total,
        entries: showFound(found.matches.rows, found.included, search, unknownDomains, request.language),
    });
}
async function find(reader, custody, caller, searches, walk, now) {
    const search = searches[0];
    const { reach, named } = await namePersons(reader, custody, caller, search.subjects, now);
    const parts = [];
    for (const it of searches)
        parts.push(await narrowSearch(reader, caller, it, { reach, named }));
    const [whole] = parts;
    const wanted = parts.length === 1 && whole ? whole : { types: parts.flatMap((it) => it.types), reach, named, persons: undefined };
    const begun = walk?.begun ?? now;
    const contents = contentsOf(reader);
    const isCountAlone = search.summary === 'count' || search.count === 0;
    const matches = isCountAlone
        ? { rows: [], next: undefined }
        : await findMatches(contents, wanted, search.sort, search.count, walk?.place, begun);
    const inclusions = searches.flatMap((it) => it.inclusions);
    const included = inclusions.length > 0 && matches.rows.length > 0
        ? await findInclusions(contents, caller, reach, inclusions, matches.rows)
        : { rows: [], isCut: false };
    const total = walk ? walk.total : await totalOf(contents, wanted, search, matches, isCountAlone);
    holdToPatient(caller, searches, reach.persons, [...matches.rows, ...included.rows]);
    return { matches, included, total, begun, named: reach.persons };
}
/**
 * With a token for one patient a search names that patient, unless it is of the shared directory, and shows nobody else, by whatever way.
 * Throws `scope-insufficient`.
 */
function holdToPatient(caller, searches, named, shown) {
    if (caller.patient === undefined)
        return;
    const isOfDirectory = searches.every((it) => SHARED_TYPES.includes(it.type));
    if (named.length === 0 && !isOfDirectory)
        requireTokenPatient(caller, []);
    const keys = named.flatMap((it) => it.keys);
    if (shown.some((it) => isPerson(it.person) && !keys.includes(it.person)))
        requireTokenPatient(caller, []);
}
/** What the first page tells of the number of matches, of all pages; the same on the pages after it. */
async function totalOf(contents, wanted, search, matches, isCountAlone) {
    if (!isCountAlone && search.total === 'none')
        return undefined;
    // A first page without a next one has shown them all.
    if (!isCountAlone && matches.next === undefined)
        return matches.rows.length;
    if (isCountAlone || search.total === 'accurate')
        return countMatches(contents, wanted, undefined);
    const counted = await countMatches(contents, wanted, COUNTED_MAX);
    return counted > COUNTED_MAX ? undefined : counted;
}
async function openedWalk(reader, caller, request, now) {
    const token = pageOf(request);
    if (token === undefined)
        return undefined;
    const beside = request.pairs.filter(([name]) => !['_page', '_format', '_pretty'].includes(name));
    return openWalk(reader, caller, token, request.type === undefined ? undefined : [request.type], beside, now);
}
function pageOf({ pairs }) {
    return pairs.find(([name]) => name === '_page')?.[1];
}
/** The search of each type, understood. Throws `scope-insufficient` for a chain through a type that the token does not cover. */
async function readSearches(reader, custody, caller, { type, base, handling }, types, pairs, now) {
    const parameters = type === undefined ? pairs.filter(([name]) => name !== '_type') : pairs;
    const context = {
        base,
        handling,
        now,
        isKnownType: (it) => RESOURCE_TYPES.has(it),
        expand: expandOnce(reader, custody, caller),
    };
    const searches = [];
    for (const it of types)
        searches.push(await readSearch(it, parameters, context));
    for (const it of searches.flatMap(({ condition }) => typesAskedBy(condition)))
        requireScope(caller, `system/${it}.s`);
    return searches;
}
async function record(custody, tx, caller, asked, { matches, included, named }, now) {
    const shown = [...matches.rows, ...included.rows];
    const isAbout = (it, person) => it.person === person || (person === 0n && !isPerson(it.person));
    const accessTo = (person, permission) => ({
        person,
        action: 'E',
        interaction: 'searchResources',
        query: asked,
        entities: shown.filter((it) => isAbout(it, person)).map((it) => `${it.type}/${encodeId(it)}/_history/${it.version}`),
        ...(permission && { permission }),
    });
    // One for nobody as for somebody: their number tells the institution that reads its own log nothing.
    const ofNamed = named.map(({ keys, permission }) => accessTo(keys[0] ?? 0n, permission));
    const others = new Set(shown.map((it) => it.person).filter((it) => isPerson(it) && !named.some(({ keys }) => keys[0] === it)));
    const accesses = [...ofNamed, ...[...others].map((it) => accessTo(it))];
    await custody.record(tx, caller, accesses.length > 0 ? accesses : [accessTo(0n)], now);
}
