import { readMoment } from '../beijing-time.ts';
import { readDate } from '../fhir/date.ts';
import { objectOf, objectsOf, textOf } from '../fhir/element.ts';
import type { Json } from '../fhir/exact-json.ts';
import type { Result } from '../reports/find-results.ts';
import type { Candidate } from './verdict.rules.ts';

/** A prior result with what the rules must know of it. */
export interface ResultCandidate extends Candidate {
  readonly result: Result;
}

/** Reads from a result of the exchange what the rules of recognition ask for. `level` is that of its institution. */
export function readCandidate(result: Result, level: number | null): ResultCandidate {
  const { content, report } = result;
  const isPart = result.reference !== report.reference;
  return {
    result,
    reference: result.reference,
    institution: result.institution,
    level,
    statuses: isPart ? [report.status, textOf(content['status']) ?? 'unknown'] : [report.status],
    // A report that is a result itself (imaging, ECG, pathology) says it with its images and its text.
    hasValue: !isPart || hasValue(content),
    performedAt: performedAt(content) ?? performedAt(report.content),
    reportedAt: momentOf(textOf(report.content['issued'])),
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
