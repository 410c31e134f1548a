import { isConfidentiality } from '../resources/label.rules.ts';
import type { DataPeriod } from '../resources/row-access.ts';
import type { ConsentRules, NamedData, Rule } from './consent-rule.ts';
import { periodOf } from './row-rule.rules.ts';

/** What a consent says beside who, what kinds, what for and when, as the flat routes show it. */
interface Narrowing {
  readonly sensitivities: readonly string[];
  readonly period: DataPeriod | null;
  /** Excepted reports, by logical id. */
  readonly reports: readonly string[];
  /** Numbers of institutions whose publications are excepted. */
  readonly publishedBy: readonly number[];
  /** There is more that this form has no place for. */
  readonly saysMore: boolean;
}

/** Reads back what the flat body can say; everything else makes `saysMore`. */
export function narrowingOf({ root, nested }: ConsentRules): Narrowing {
  const opening = nested.filter((it) => isPlain({ ...it, labels: [] }) && it.type === 'permit' && it.labels.length > 0);
  const closing = nested.filter((it) => isPlain({ ...it, data: null }) && it.type === 'deny' && it.data !== null);
  const excepted = closing.flatMap((it) => it.data ?? []);
  const reports = excepted.flatMap((it) => (it.kind === 'instance' && it.target?.type === 'DiagnosticReport' ? it.target.id : []));
  const publishedBy = excepted.flatMap((it) => (it.kind === 'authoredby' && it.institution !== undefined ? it.institution : []));
  const labels = [...root.labels, ...opening.flatMap((it) => it.labels)];
  const { organizations, people } = root.recipients;
  const isFlat =
    root.isEvaluable &&
    organizations.length + people.length === 0 &&
    root.data === null &&
    !labels.some(isConfidentiality) &&
    (root.type === 'deny' || root.labels.length === 0) &&
    opening.length + closing.length === nested.length &&
    reports.length + publishedBy.length === excepted.length;
  return {
    sensitivities: [...new Set(labels.filter((it) => !isConfidentiality(it)))],
    period: periodOf(root.dataPeriod),
    reports,
    publishedBy,
    saysMore: !isFlat,
  };
}

/** Says nothing but its type. */
function isPlain({
  isEvaluable,
  recipients,
  purposes,
  categories,
  dataPeriod,
  labels,
  data,
  ...time
}: Rule & { data: readonly NamedData[] | null }) {
  const { institutions, organizations, people } = recipients;
  const lists = [institutions, organizations, people, purposes, categories, labels];
  return (
    isEvaluable && lists.every((it) => it.length === 0) && [dataPeriod, data, time.validFrom, time.validUntil].every((it) => it === null)
  );
}
