import { readMoment } from '../beijing-time.ts';
import type { Mark } from '../catalogue/certificates/mark.rules.ts';
import type { CatalogueItem } from '../catalogue/items/find-items.ts';
import { compareUnit } from '../catalogue/units/convert-unit.ts';
import { readDate } from '../fhir/date.ts';
import { objectOf, objectsOf, textOf } from '../fhir/element.ts';
import type { Json } from '../fhir/exact-json.ts';
import type { PlacedInstitution } from '../institutions/find-places.ts';
import type { Result } from '../reports/find-results.ts';
import type { Candidate } from './candidate.rules.ts';

/** A prior result with what the rules must know of it. */
export interface ResultCandidate extends Candidate {
  readonly result: Result;
}

/** What is known of a result beside its own text. */
export interface AboutResult {
  /** Where it came from; `undefined` where the institution is gone. */
  readonly source: PlacedInstitution | undefined;
  /** Studies whose originals can be retrieved. */
  readonly retrievable: ReadonlySet<string>;
  /** The last treatment anybody knows of, and whether the caller spoke of it: only then is "none since" known. */
  readonly treatment: { readonly at: Date | undefined; readonly isTold: boolean };
  markOf(performedAt: Date | undefined): Mark;
}

/** Reads from a result of the exchange what the rules of recognition ask for, as a result of the item. */
export function readCandidate(result: Result, item: CatalogueItem, about: AboutResult): ResultCandidate {
  const { content, report } = result;
  const isPart = result.reference !== report.reference;
  const at = performedAt(content) ?? performedAt(report.content);
  return {
    result,
    reference: result.reference,
    report: report.reference,
    institution: result.institution,
    level: about.source?.level ?? null,
    alliances: about.source?.alliances ?? [],
    statuses: isPart ? [report.status, textOf(content['status']) ?? 'unknown'] : [report.status],
    // A report that is a result itself (imaging, ECG, pathology) says it with its images and its text.
    hasValue: !isPart || hasValue(content),
    performedAt: at,
    reportedAt: momentOf(textOf(report.content['issued'])),
    mark: about.markOf(at),
    unit: unitOf(content, item),
    originals: originalsOf(result, item, about.retrievable),
    treatedSince: treatedSince(at, about.treatment),
  };
}

/** Observation.value[x], or that of a component, or members that have their own. */
function hasValue(observation: Json): boolean {
  const says = (it: Json): boolean => Object.keys(it).some((name) => /^value[A-Z]/.test(name));
  return says(observation) || objectsOf(observation['component']).some(says) || objectsOf(observation['hasMember']).length > 0;
}

/** effective[x]: of a period its start, since nothing in it is older. */
function performedAt(resource: Json): Date | undefined {
  const period = objectOf(resource['effectivePeriod']);
  return momentOf(textOf(resource['effectiveDateTime']) ?? textOf(resource['effectiveInstant']) ?? (period && textOf(period['start'])));
}

/** The earliest moment a FHIR date can mean; a year, month or day begins in Beijing. */
function momentOf(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  return text.includes('T') ? readDate(text)?.from : readMoment(`${text}-01-01`.slice(0, 10));
}

const UCUM = 'http://unitsofmeasure.org';

/** The unit of a quantity: its UCUM code, else its words. */
export function measuredUnit(quantity: Json): { readonly unit: string | undefined; readonly isUcum: boolean } {
  const code = quantity['system'] === UCUM ? textOf(quantity['code']) : undefined;
  return { unit: code ?? textOf(quantity['unit']) ?? textOf(quantity['code']), isUcum: code !== undefined };
}

/** Only a quantity of an item that has a unit can be compared. */
function unitOf(observation: Json, item: CatalogueItem): Candidate['unit'] {
  const quantity = objectOf(observation['valueQuantity']);
  if (!quantity || item.unit === null || quantity['value'] === undefined) return 'none';
  const measured = { value: String(quantity['value']), ...measuredUnit(quantity) };
  if (measured.isUcum && measured.unit === item.unit) return 'comparable';
  const comparison = compareUnit(measured, item.unit);
  if (!comparison.comparable) return 'not-comparable';
  return measured.unit === item.unit ? 'comparable' : 'converted';
}

function originalsOf({ report }: Result, item: CatalogueItem, retrievable: ReadonlySet<string>): Candidate['originals'] {
  if (report.studies.some((it) => retrievable.has(it))) return 'retrievable';
  const has = item.originalsRequired || item.kind === 'imaging' || item.kind === 'ecg' || report.studies.length > 0;
  return has ? 'missing' : 'not-needed';
}

function treatedSince(performed: Date | undefined, { at, isTold }: AboutResult['treatment']): Candidate['treatedSince'] {
  if (!performed) return 'unknown';
  if (at && at > performed) return 'yes';
  return isTold ? 'no' : 'unknown';
}
