import type { Mark } from '../catalogue/certificates/mark.rules.ts';
import type { CatalogueItem } from '../catalogue/items/find-items.ts';
import { compareUnit } from '../catalogue/units/convert-unit.ts';
import { objectOf, textOf } from '../fhir/element.ts';
import { parseExactJson } from '../fhir/exact-json.ts';
import type { PlacedInstitution } from '../institutions/find-places.ts';
import type { CandidateShown } from './check.schema.ts';
import { measuredUnit, type ResultCandidate } from './read-candidate.ts';
import { exactMember, type ShownResult, showResult } from './show-result.ts';
import type { Shown } from './verdict.rules.ts';

/** Everything a clinician, and later an auditor, is shown of a result: version, source, times, value, unit, originals, mark. */
export function showCandidate(
  { candidate, validUntil }: Shown<ResultCandidate>,
  item: CatalogueItem,
  institutions: ReadonlyMap<number, PlacedInstitution>,
): CandidateShown {
  const { performedAt, reportedAt, result } = candidate;
  const performed = isSampled(item) ? 'sampledAt' : 'examinedAt';
  const converted = candidate.unit === 'converted' ? convert(result.text, item) : undefined;
  return {
    ...showReport(candidate, institutions),
    result: result.reference,
    ...(performedAt ? { [performed]: performedAt.toISOString() } : {}),
    ...(reportedAt ? { reportedAt: reportedAt.toISOString() } : {}),
    ...(validUntil ? { validUntil: validUntil.toISOString() } : {}),
    ...measuredOf(candidate),
    ...(converted ? { converted } : {}),
    originals: candidate.originals,
    ...showMark(candidate.mark),
  };
}

/** The report a result belongs to, and who issued it. */
export function showReport({ result: { report }, institution }: ResultCandidate, institutions: ReadonlyMap<number, PlacedInstitution>) {
  const source = institutions.get(institution);
  return {
    report: report.reference,
    reportVersion: report.version,
    result: report.reference,
    reportStatus: report.status,
    source: { uscc: source?.uscc ?? '', name: source?.name ?? '', level: source?.level ?? null },
    ...(report.studies.length > 0 ? { studies: [...report.studies] } : {}),
  };
}

/** Read once for the answer and once for the record. */
const shown = new WeakMap<ResultCandidate['result'], ShownResult>();

/** What was measured, in the words of the source; nothing for a report that is a result itself. */
export function measuredOf({ result }: ResultCandidate): ShownResult {
  if (result.reference === result.report.reference) return {};
  const known = shown.get(result);
  if (known) return known;
  const measured = showResult(result.text);
  shown.set(result, measured);
  return measured;
}

/** Whether its time is that of a sampling, not of an examination. */
export function isSampled({ kind }: Pick<CatalogueItem, 'kind'>): boolean {
  return kind === 'laboratory' || kind === 'pathology';
}

function showMark(mark: Mark): Pick<CandidateShown, 'mark'> {
  if ('reason' in mark) return {};
  const { id, mark: label, scope, scheme, score, validUntil } = mark.certificate;
  return { mark: { label, scope: { ...scope }, certificate: id, scheme, score, validUntil: validUntil.toISOString() } };
}

/** The value in the unit of the item, made from the digits of the source; a comparator (`<`) stays. */
function convert(text: string, { unit }: CatalogueItem): CandidateShown['converted'] {
  const document = parseExactJson(text);
  const quantity = objectOf(document.value['valueQuantity']);
  const value = quantity && exactMember(document, quantity, 'value');
  if (value === undefined || unit === null) return undefined;
  const comparison = compareUnit({ value, ...measuredUnit(quantity as NonNullable<typeof quantity>) }, unit);
  if (!comparison.comparable) return undefined;
  return { value: `${textOf((quantity as NonNullable<typeof quantity>)['comparator']) ?? ''}${comparison.value}`, unit: comparison.unit };
}
