import { type Certificate, findCertificates, recallCertificates } from '../catalogue/certificates/find-certificates.ts';
import { judgeMark } from '../catalogue/certificates/mark.rules.ts';
import type { Place } from '../catalogue/certificates/scope.rules.ts';
import type { CatalogueItem, ItemsInForce } from '../catalogue/items/find-items.ts';
import { findMappedCodes, recallMappedCodes } from '../catalogue/mappings/find-mappings.ts';
import type { RuleSet } from '../catalogue/rules/rule-set.ts';
import type { Reader } from '../database/client.ts';
import { type References, rowsByKey } from '../database/reference-memory.ts';
import { type PlacedInstitution, recallPlaces } from '../institutions/find-places.ts';
import { findDisagreements, type PersonClaim } from '../persons/find-disagreements.ts';
import { findLastTreatment, type Treatment } from '../reports/find-last-treatment.ts';
import { findNewestResults } from '../reports/find-newest-results.ts';
import { findOriginals, findOriginalsAt } from '../reports/find-originals.ts';
import { findResults, type Result } from '../reports/find-results.ts';
import { findResultsAt, type PastMoment } from '../reports/find-results-at.ts';
import { findSources } from '../reports/find-sources.ts';
import type { Permission } from '../resources/custody.ts';
import type { Caller } from '../security/caller.ts';
import type { Situation } from './candidate.rules.ts';
import { type ItemCode, itemsByCode, matchItems, matchNewest } from './match-results.ts';
import { type AboutResult, type ResultCandidate, readCandidate } from './read-candidate.ts';
import type { AskedItem } from './resolve-items.ts';
import { type AskedFact, type Own, settleItems } from './settled.rules.ts';
import { windowOf } from './window.rules.ts';

/** What a check rests on. */
export interface Evidence {
  readonly institutions: ReadonlyMap<number, PlacedInstitution>;
  /** Prior results by the item they are results of. */
  readonly candidates: ReadonlyMap<string, readonly ResultCandidate[]>;
  /** How many more results could be shown than are among the candidates, by item; all of them are older and would change nothing. */
  readonly further: ReadonlyMap<string, number>;
  readonly identityDoubt: boolean;
  /** The last treatment that was published to the exchange, where an item asks for it. */
  readonly treatment: Treatment | undefined;
}

export const NO_EVIDENCE: Evidence = {
  institutions: new Map(),
  candidates: new Map(),
  further: new Map(),
  identityDoubt: false,
  treatment: undefined,
};

/** What evidence is gathered for, once consent is there. */
export interface Enquiry {
  readonly references: References;
  readonly caller: Pick<Caller, 'institution'>;
  /** Where the asking institution lies. */
  readonly place: Place;
  /** The asking institution itself, where it is known. */
  readonly receiver: PlacedInstitution | undefined;
  readonly persons: readonly bigint[];
  readonly permission: Permission;
  readonly catalogue: ItemsInForce;
  readonly asked: readonly Pick<AskedItem, 'code' | 'members'>[];
  readonly rules: RuleSet;
  readonly claim: PersonClaim;
  /** As the caller knows it. */
  readonly lastTreatmentAt: Date | undefined;
  /** Asked of the past: what the exchange knew at that moment. */
  readonly past?: PastMoment;
}

/**
 * The prior results of the items, with all that the rules ask of them. Statements, whatever the number of items, results and institutions: the
 * sources, the newest results, and where these do not settle every item all results of the others; local codes of the sources, institutions and
 * certificates where they are not remembered; originals where a report has studies, treatments where a window holds only without one, identity
 * documents where the caller says a name or birth date.
 *
 * Of the past (`past`, the moment being `now`) it is the same with the versions, mappings and certificates that the exchange had then, and with all
 * results. A treatment counts however late it was published, since the patient was treated all the same; levels and alliances are those of today.
 */
export async function gatherEvidence(reader: Reader, enquiry: Enquiry, now: Date): Promise<Evidence> {
  const { references, caller, persons, permission, catalogue, rules, claim, past } = enquiry;
  const items = [...catalogue.items.values()];
  const names = [...catalogue.items.keys()];
  const isAsked = items.some((it) => windowOf(it, rules).withoutTreatment && permission.categories.includes(it.kind));
  const [sources, treatment] = await Promise.all([
    past ? Promise.resolve<readonly number[]>([]) : findSources(reader, persons),
    isAsked ? findLastTreatment(reader, persons, permission, caller, now) : undefined,
  ]);
  const mapped = past
    ? await findMappedCodes(reader, persons, names, past.at)
    : await recallMappedCodes(references, reader, sources, names);
  const codes = itemsByCode(items, mapped);

  const isClaimed = claim.name !== undefined || claim.birthDate !== undefined;
  const identityDoubt = isClaimed && (await findDisagreements(reader, persons, claim)).length > 0;
  const lastTreatment = { at: latest([treatment?.at, enquiry.lastTreatmentAt], now), isTold: enquiry.lastTreatmentAt !== undefined };

  const institutions = new Map(enquiry.receiver ? [[enquiry.receiver.institution, enquiry.receiver]] : []);
  const readAll = (found: ReadonlyMap<string, readonly Result[]>) => readResults(reader, enquiry, found, lastTreatment, institutions);
  const settled = past
    ? NOTHING_SETTLED
    : await settleByNewest(reader, enquiry, codes, readAll, {
        ...situationOf(enquiry),
        now,
        identityDoubt,
        hasOwn: sources.includes(caller.institution),
      });
  const open = codes.filter((it) => !settled.further.has(it.item));
  const found = open.length === 0 ? new Map<string, readonly Result[]>() : matchItems(await findAll(reader, enquiry, open), open);
  const candidates = new Map([...settled.candidates, ...(await readAll(found))]);
  return { institutions, candidates, further: settled.further, identityDoubt, treatment };
}

type Settled = Pick<Evidence, 'candidates' | 'further'>;

const NOTHING_SETTLED: Settled = { candidates: new Map(), further: new Map() };

type ReadAll = (found: ReadonlyMap<string, readonly Result[]>) => Promise<ReadonlyMap<string, readonly ResultCandidate[]>>;

/** The items that the newest results settle, with these; nothing where an institution may recognise its own results. */
async function settleByNewest(
  reader: Reader,
  { persons, permission, caller, catalogue, asked, rules }: Enquiry,
  codes: readonly ItemCode[],
  readAll: ReadAll,
  situation: Situation & Own,
): Promise<Settled> {
  if (rules.ownHospital.recognised || codes.length === 0) return NOTHING_SETTLED;
  const newest = await findNewestResults(reader, persons, [...new Set(codes.map((it) => it.code))], permission, caller);
  if (!newest) return NOTHING_SETTLED;
  const found = matchNewest(newest, codes);
  const candidates = await readAll(new Map([...found].map(([item, list]) => [item, list.map((it) => it.result)])));
  const factOf = (code: string): AskedFact<ResultCandidate> => ({
    code,
    item: catalogue.items.get(code),
    newest: (candidates.get(code) ?? []).flatMap((candidate, index) => {
      const older = found.get(code)?.[index]?.older;
      return older ? [{ candidate, older }] : [];
    }),
  });
  const further = settleItems(
    asked.map(({ code, members }) => (members ?? [code]).map(factOf)),
    situation,
  );
  return { candidates: new Map([...candidates].filter(([code]) => further.has(code))), further };
}

function findAll(reader: Reader, { persons, permission, caller, past }: Enquiry, codes: readonly ItemCode[]): Promise<readonly Result[]> {
  const wanted = [...new Set(codes.map((it) => it.code))];
  return past ? findResultsAt(reader, persons, wanted, permission, caller, past) : findResults(reader, persons, wanted, permission, caller);
}

function situationOf({ rules, receiver, caller, place, permission }: Enquiry): Omit<Situation, 'now' | 'identityDoubt'> {
  return { rules, receiver: { institution: caller.institution, level: receiver?.level ?? null, alliances: place.alliances }, permission };
}

/** What the rules ask of each result of an item. Adds the institutions that the results came from to those that are known. */
async function readResults(
  reader: Reader,
  { references, place, rules, catalogue, past }: Enquiry,
  found: ReadonlyMap<string, readonly Result[]>,
  treatment: AboutResult['treatment'],
  institutions: Map<number, PlacedInstitution>,
): Promise<ReadonlyMap<string, readonly ResultCandidate[]>> {
  const results = [...found.values()].flat();
  const sources = [...new Set(results.map((it) => it.institution))];
  const unknown = sources.filter((it) => !institutions.has(it));
  for (const [number, it] of await recallPlaces(references, reader, unknown)) institutions.set(number, it);
  const names = [...found.keys()];
  const certificates = rowsByKey<Certificate>(
    past ? await findCertificates(reader, sources, names, past.at) : await recallCertificates(references, reader, sources, names),
    (it) => `${it.institution} ${it.item}`,
  );
  const studies = [...new Set(results.flatMap((it) => it.report.studies))];
  const retrievable = past ? await findOriginalsAt(reader, studies, past.at) : await findOriginals(reader, studies);
  const receiver = { place, acceptedScopes: rules.acceptedScopes };
  const candidates = [...found].map(([code, list]) => {
    const item = catalogue.items.get(code) as CatalogueItem;
    const read = list.map((result) => {
      const source = institutions.get(result.institution);
      const held = certificates.get(`${result.institution} ${code}`) ?? [];
      const markOf = (at: Date | undefined) => judgeMark(held, at, receiver);
      return readCandidate(result, item, { source, retrievable, treatment, markOf });
    });
    return [code, read] as const;
  });
  return new Map(candidates);
}

/** The last of these moments that is not in the future. */
function latest(moments: readonly (Date | undefined)[], now: Date): Date | undefined {
  return moments.reduce((last, it) => (it && it <= now && (!last || it > last) ? it : last), undefined);
}
