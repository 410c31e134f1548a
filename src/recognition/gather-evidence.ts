import { type Certificate, findCertificates } from '../catalogue/certificates/find-certificates.ts';
import { judgeMark } from '../catalogue/certificates/mark.rules.ts';
import type { Place } from '../catalogue/certificates/scope.rules.ts';
import { type CatalogueItem, codesOfItem, type ItemsInForce } from '../catalogue/items/find-items.ts';
import { findMappedCodes, type MappedCode } from '../catalogue/mappings/find-mappings.ts';
import type { RuleSet } from '../catalogue/rules/rule-set.ts';
import type { Reader } from '../database/client.ts';
import { codingsOf, textOf } from '../fhir/element.ts';
import { findPlaces, type PlacedInstitution } from '../institutions/find-places.ts';
import { findDisagreements, type PersonClaim } from '../persons/find-disagreements.ts';
import { findLastTreatment, type Treatment } from '../reports/find-last-treatment.ts';
import { findOriginals, findOriginalsAt } from '../reports/find-originals.ts';
import { findResults, type Result } from '../reports/find-results.ts';
import { findResultsAt, type PastMoment } from '../reports/find-results-at.ts';
import type { Permission } from '../resources/custody.ts';
import type { Caller } from '../security/caller.ts';
import { type ResultCandidate, readCandidate } from './read-candidate.ts';
import { windowOf } from './window.rules.ts';

/** What a check rests on. */
export interface Evidence {
  readonly institutions: ReadonlyMap<number, PlacedInstitution>;
  /** Prior results by the item they are results of. */
  readonly candidates: ReadonlyMap<string, readonly ResultCandidate[]>;
  readonly identityDoubt: boolean;
  /** The last treatment that was published to the exchange, where an item asks for it. */
  readonly treatment: Treatment | undefined;
}

export const NO_EVIDENCE: Evidence = { institutions: new Map(), candidates: new Map(), identityDoubt: false, treatment: undefined };

/** What evidence is gathered for, once consent is there. */
export interface Enquiry {
  readonly caller: Pick<Caller, 'institution'>;
  /** Where the asking institution lies. */
  readonly place: Place;
  /** The asking institution itself, where it is known. */
  readonly receiver: PlacedInstitution | undefined;
  readonly persons: readonly bigint[];
  readonly permission: Permission;
  readonly catalogue: ItemsInForce;
  readonly rules: RuleSet;
  readonly claim: PersonClaim;
  /** As the caller knows it. */
  readonly lastTreatmentAt: Date | undefined;
  /** Asked of the past: what the exchange knew at that moment. */
  readonly past?: PastMoment;
}

/**
 * The prior results of the items, with all that the rules ask of them. Statements, whatever the number of items, results and institutions:
 * local codes of the sources, results, institutions, certificates; originals where a report has studies, treatments where a window holds only
 * without one, identity documents where the caller says a name or birth date.
 *
 * Of the past (`past`, the moment being `now`) it is the same with the versions, mappings and certificates that the exchange had then. A treatment
 * counts however late it was published, since the patient was treated all the same; levels and alliances are those of today.
 */
export async function gatherEvidence(reader: Reader, enquiry: Enquiry, now: Date): Promise<Evidence> {
  const { caller, place, persons, permission, catalogue, rules, claim, past } = enquiry;
  const receiver = { place, acceptedScopes: rules.acceptedScopes };
  const items = [...catalogue.items.values()];
  const mapped = await findMappedCodes(reader, persons, [...catalogue.items.keys()], past?.at);
  const codes = itemsByCode(items, mapped);
  const wanted = [...new Set(codes.map((it) => it.code))];
  const results = past
    ? await findResultsAt(reader, persons, wanted, permission, caller, past)
    : await findResults(reader, persons, wanted, permission, caller);
  const found = matchItems(results, codes);

  const sources = [...new Set(results.map((it) => it.institution))];
  const others = await findPlaces(
    reader,
    sources.filter((it) => it !== enquiry.receiver?.institution),
  );
  const institutions = new Map([...(enquiry.receiver ? [enquiry.receiver] : []), ...others.values()].map((it) => [it.institution, it]));
  const certificates = certificatesBy(await findCertificates(reader, sources, [...found.keys()], past?.at));
  const studies = results.flatMap((it) => it.report.studies);
  const retrievable = past ? await findOriginalsAt(reader, studies, past.at) : await findOriginals(reader, studies);
  const isAsked = items.some((it) => windowOf(it, rules).withoutTreatment && permission.categories.includes(it.kind));
  const treatment = isAsked ? await findLastTreatment(reader, persons, permission, caller, now) : undefined;
  const isClaimed = claim.name !== undefined || claim.birthDate !== undefined;
  const disagreements = isClaimed ? await findDisagreements(reader, persons, claim) : [];

  const lastTreatment = { at: latest([treatment?.at, enquiry.lastTreatmentAt], now), isTold: enquiry.lastTreatmentAt !== undefined };
  const candidates = [...found].map(([code, list]) => {
    const item = catalogue.items.get(code) as CatalogueItem;
    const read = list.map((result) => {
      const source = institutions.get(result.institution);
      const held = certificates.get(`${result.institution} ${code}`) ?? [];
      const markOf = (at: Date | undefined) => judgeMark(held, at, receiver);
      return readCandidate(result, item, { source, retrievable, treatment: lastTreatment, markOf });
    });
    return [code, read] as const;
  });
  return { institutions, candidates: new Map(candidates), identityDoubt: disagreements.length > 0, treatment };
}

/** A code by which a result says what it is a result of: the catalogue's, or one of its institution's own. */
interface ItemCode {
  readonly code: string;
  /** `undefined`: whoever uses it. */
  readonly institution: number | undefined;
  readonly item: string;
}

function itemsByCode(items: readonly CatalogueItem[], mapped: readonly MappedCode[]): readonly ItemCode[] {
  return [...items.flatMap((it) => codesOfItem(it).map((code) => ({ code, institution: undefined, item: it.code }))), ...mapped];
}

/** The results of each item. A local code means what its own institution says; that of another one may mean something else. */
function matchItems(results: readonly Result[], codes: readonly ItemCode[]): ReadonlyMap<string, readonly Result[]> {
  const meanings = new Map<string, ItemCode[]>();
  for (const it of codes) {
    const list = meanings.get(it.code);
    if (list) list.push(it);
    else meanings.set(it.code, [it]);
  }
  const found = new Map<string, Result[]>();
  for (const result of results) {
    const said = codingsOf(result.content['code']).map((it) => `${textOf(it['system'])}|${textOf(it['code'])}`);
    const meant = said.flatMap((code) => meanings.get(code) ?? []);
    const items = meant.filter((it) => it.institution === undefined || it.institution === result.institution).map((it) => it.item);
    for (const item of new Set(items)) {
      const list = found.get(item);
      if (list) list.push(result);
      else found.set(item, [result]);
    }
  }
  return new Map([...found].map(([item, list]) => [item, withoutPanels(list)]));
}

/** A report coded like its own measurement is that measurement, not a second result. */
function withoutPanels(results: readonly Result[]): readonly Result[] {
  const isReport = ({ reference, report }: Result) => reference === report.reference;
  const measured = new Set(results.filter((it) => !isReport(it)).map((it) => it.report.reference));
  return results.filter((it) => !isReport(it) || !measured.has(it.reference));
}

function certificatesBy(certificates: readonly Certificate[]): ReadonlyMap<string, readonly Certificate[]> {
  const held = new Map<string, Certificate[]>();
  for (const it of certificates) {
    const key = `${it.institution} ${it.item}`;
    const list = held.get(key);
    if (list) list.push(it);
    else held.set(key, [it]);
  }
  return held;
}

/** The last of these moments that is not in the future. */
function latest(moments: readonly (Date | undefined)[], now: Date): Date | undefined {
  return moments.reduce((last, it) => (it && it <= now && (!last || it > last) ? it : last), undefined);
}
