import { type Contents, contentsOf, type Reader, type Transaction } from '../database/client.ts';
import { RESOURCE_TYPES } from '../fhir/resource-types.ts';
import type { Search } from '../fhir/search-condition.ts';
import { readSearch } from '../fhir/search-query.ts';
import { searchset } from '../fhir/searchset.ts';
import type { TextPieces } from '../fhir/text-pieces.ts';
import { wantedDomains } from '../fhir/wanted-domains.ts';
import type { Caller } from '../security/caller.ts';
import { requireScope } from '../security/require-scope.ts';
import { typesAskedBy } from './condition-sql.ts';
import type { Access, Custody, Permission } from './custody.ts';
import { expandOnce } from './expand-once.ts';
import { findInclusions, type Included } from './find-inclusions.ts';
import { countMatches, findMatches, type Matches, type Wanted } from './find-matches.ts';
import { namePersons } from './name-persons.ts';
import { narrowSearch } from './narrow-search.ts';
import { requireTokenPatient } from './require-token-patient.ts';
import type { FoundText } from './resource.queries.ts';
import { encodeId, isPerson } from './resource-id.ts';
import { openWalk, sealWalk, type Walk } from './search-page.ts';
import { readTypes } from './search-types.ts';
import { SHARED_TYPES } from './shared-types.ts';
import { showFound } from './show-found.ts';
import type { NamedPerson } from './visible-sql.ts';

/** A search as it was asked, on one type or on those that `_type` names. */
export interface SearchRequest {
  readonly type: string | undefined;
  /** Names and values, decoded, of address and body. */
  readonly pairs: readonly (readonly [name: string, value: string])[];
  /** `Prefer: handling`. */
  readonly handling: 'strict' | 'lenient' | undefined;
  /** This server's FHIR address. */
  readonly base: string;
  readonly method: string;
  /** Of what there is to say about the search itself. */
  readonly language: 'zh' | 'en';
  /** As it stands in the access log. */
  readonly asked: string;
}

/** Beyond so many matches a total is not counted unless it is asked for. */
const COUNTED_MAX = 10_000;

/**
 * FHIR search on one type or on several: https://hl7.org/fhir/R4/search.html. Answers the searchset Bundle as text.
 *
 * Found is what the caller's institution published, the shared directory, and, where the search names patients and a clinician is named,
 * what these patients have consented to. Committed to the access log before it is returned, one entry for every person concerned; within a
 * transaction (`tx`, which is then the reader too) it is committed with that.
 */
export async function answerSearch(
  reader: Reader,
  custody: Custody,
  caller: Caller,
  request: SearchRequest,
  now: Date,
  tx: Transaction | null = null,
): Promise<TextPieces> {
  const walk = await openedWalk(reader, caller, request, now);
  const pairs = walk?.used ?? request.pairs;
  const types = walk?.types ?? (request.type === undefined ? readTypes(pairs) : [request.type]);
  for (const type of types) requireScope(caller, `system/${type}.s`);
  const searches = await readSearches(reader, custody, caller, request, types, pairs, now);
  const [search] = searches;
  if (!search) throw new Error('a search without a type was read');

  const used = request.type === undefined ? [['_type', types.join()] as const, ...search.used] : search.used;
  const domains = wantedDomains(search);
  const unknownDomains = domains.length > 0 ? await custody.unknownDomains(reader, domains) : [];
  const found = await find(reader, custody, caller, searches, walk, now);
  // A token says nothing; the log tells what it goes on with.
  const asked = walk
    ? `${request.method} ${request.type ?? ''}?${new URLSearchParams(walk.used.map((it): [string, string] => [it[0], it[1]])).toString()}`
    : request.asked;
  await record(custody, tx, caller, asked, found, now);

  const next =
    found.matches.next &&
    (await sealWalk(reader, caller, { types, used, begun: found.begun, place: found.matches.next, total: found.total }, now));
  return searchset(request.base, {
    address: [request.base, request.type].filter(Boolean).join('/'),
    used,
    page: { own: walk && pageOf(request), next },
    total: found.total,
    entries: showFound(found.matches.rows, found.included, search, unknownDomains, request.language),
  });
}

interface Found {
  readonly matches: Matches;
  readonly included: Included;
  readonly total: number | undefined;
  readonly begun: Date;
  /** Everybody the search named. */
  readonly named: readonly NamedPerson[];
}

async function find(
  reader: Reader,
  custody: Custody,
  caller: Caller,
  searches: readonly Search[],
  walk: Walk | undefined,
  now: Date,
): Promise<Found> {
  const search = searches[0] as Search;
  const { reach, named } = await namePersons(reader, custody, caller, search.subjects, now);
  const parts: Wanted[] = [];
  for (const it of searches) parts.push(await narrowSearch(reader, caller, it, { reach, named }));
  const [whole] = parts;
  const wanted = parts.length === 1 && whole ? whole : { types: parts.flatMap((it) => it.types), reach, named, persons: undefined };
  const begun = walk?.begun ?? now;
  const contents = contentsOf(reader);

  const isCountAlone = search.summary === 'count' || search.count === 0;
  const matches: Matches = isCountAlone
    ? { rows: [], next: undefined }
    : await findMatches(contents, wanted, search.sort, search.count, walk?.place, begun);
  const inclusions = searches.flatMap((it) => it.inclusions);
  const included: Included =
    inclusions.length > 0 && matches.rows.length > 0
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
function holdToPatient(caller: Caller, searches: readonly Search[], named: readonly NamedPerson[], shown: readonly FoundText[]): void {
  if (caller.patient === undefined) return;
  const isOfDirectory = searches.every((it) => SHARED_TYPES.includes(it.type));
  if (named.length === 0 && !isOfDirectory) requireTokenPatient(caller, []);
  const keys = named.flatMap((it) => it.keys);
  if (shown.some((it) => isPerson(it.person) && !keys.includes(it.person))) requireTokenPatient(caller, []);
}

/** What the first page tells of the number of matches, of all pages; the same on the pages after it. */
async function totalOf(
  contents: Contents,
  wanted: Wanted,
  search: Search,
  matches: Matches,
  isCountAlone: boolean,
): Promise<number | undefined> {
  if (!isCountAlone && search.total === 'none') return undefined;
  // A first page without a next one has shown them all.
  if (!isCountAlone && matches.next === undefined) return matches.rows.length;
  if (isCountAlone || search.total === 'accurate') return countMatches(contents, wanted, undefined);
  const counted = await countMatches(contents, wanted, COUNTED_MAX);
  return counted > COUNTED_MAX ? undefined : counted;
}

async function openedWalk(reader: Reader, caller: Caller, request: SearchRequest, now: Date): Promise<Walk | undefined> {
  const token = pageOf(request);
  if (token === undefined) return undefined;
  const beside = request.pairs.filter(([name]) => !['_page', '_format', '_pretty'].includes(name));
  return openWalk(reader, caller, token, request.type === undefined ? undefined : [request.type], beside, now);
}

function pageOf({ pairs }: SearchRequest): string | undefined {
  return pairs.find(([name]) => name === '_page')?.[1];
}

/** The search of each type, understood. Throws `scope-insufficient` for a chain through a type that the token does not cover. */
async function readSearches(
  reader: Reader,
  custody: Custody,
  caller: Caller,
  { type, base, handling }: SearchRequest,
  types: readonly string[],
  pairs: SearchRequest['pairs'],
  now: Date,
): Promise<readonly Search[]> {
  const parameters = type === undefined ? pairs.filter(([name]) => name !== '_type') : pairs;
  const context = {
    base,
    handling,
    now,
    isKnownType: (it: string) => RESOURCE_TYPES.has(it),
    expand: expandOnce(reader, custody, caller),
  };
  const searches: Search[] = [];
  for (const it of types) searches.push(await readSearch(it, parameters, context));
  for (const it of searches.flatMap(({ condition }) => typesAskedBy(condition))) requireScope(caller, `system/${it}.s`);
  return searches;
}

async function record(
  custody: Custody,
  tx: Transaction | null,
  caller: Caller,
  asked: string,
  { matches, included, named }: Found,
  now: Date,
): Promise<void> {
  const shown = [...matches.rows, ...included.rows];
  const isAbout = (it: FoundText, person: bigint): boolean => it.person === person || (person === 0n && !isPerson(it.person));
  const accessTo = (person: bigint, permission?: Permission): Access => ({
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
