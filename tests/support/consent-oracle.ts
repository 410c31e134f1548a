import type { Question } from '../../src/consents/applicable.rules.ts';
import type { Consent } from '../../src/consents/consent.rules.ts';
import type { Rule } from '../../src/consents/consent-rule.ts';
import type { Category } from '../../src/resources/category.ts';

/** A row as a consent may be about it. */
export interface OracleRow {
  readonly id: string;
  /** Logical id of its report. */
  readonly report: string | null;
  readonly institution: number;
  readonly category: Category | null;
  readonly labels: readonly string[];
  /** `null`: it has no date. */
  readonly from: Date | null;
  readonly until: Date | null;
  /** What it, or its report, refers to: `Encounter/…`. */
  readonly refers: readonly string[];
}

const MARKS = 'ULMNRV';

/**
 * Whether a row may be seen, asked consent by consent and rule by rule, in no hurry and by no other code than its own: what each consent says
 * of this row is `permit`, `deny` or nothing; somebody must permit it and nobody deny it.
 */
export function mayBeSeen(consents: readonly Consent[], question: Question, row: OracleRow): boolean {
  const filed = consents.filter((it) => it.active && within(it.rules.root, question.at));
  const words = filed.map((it) => sayingOf(it, question, row));
  if (words.includes('deny')) return false;
  if (words.includes('permit')) return true;
  if (question.emergency) return question.policy !== 'deny';
  if (filed.length > 0) return false;
  const isNormal = row.labels.every((it) => MARKS.includes(it) && MARKS.indexOf(it) <= MARKS.indexOf('N'));
  if (question.policy === 'all-normal') return isNormal;
  return question.policy === 'basic-normal' && ['TREAT', 'HPAYMT', 'HOPERAT'].includes(question.purpose) && isNormal;
}

function sayingOf({ rules: { root, nested } }: Consent, question: Question, row: OracleRow): 'permit' | 'deny' | undefined {
  const inherited = nested.map((it): Rule => {
    const isOpen = it.recipients.institutions.length + it.recipients.people.length + it.recipients.organizations.length === 0;
    const who = { recipients: isOpen ? root.recipients : it.recipients, purposes: it.purposes.length === 0 ? root.purposes : it.purposes };
    if (it.type === 'deny') return { ...it, ...who };
    const turned = root.type === 'deny' && it.labels.length === 0 && root.labels.some((label) => MARKS.includes(label));
    return {
      ...it,
      ...who,
      isEvaluable: it.isEvaluable && root.isEvaluable && !turned,
      categories: it.categories.length === 0 ? root.categories : it.categories,
      dataPeriod: it.dataPeriod ?? root.dataPeriod,
      labels: it.labels.length === 0 ? root.labels : it.labels,
      data: it.data ?? root.data,
    };
  });
  const namesEmergency = nested.some((it) => it.purposes.includes('BTG') || it.purposes.includes('ETREAT'));
  const saying = (it: Rule): boolean => isAsked(it, question) && isAbout(it, row);
  const denies = (it: Rule, isRoot: boolean): boolean =>
    it.type === 'deny' && saying(it) && (!question.emergency || question.policy === 'deny' || stands(it, isRoot && namesEmergency));
  if (inherited.some((it) => denies(it, false))) return 'deny';
  if (inherited.some((it) => it.type === 'permit' && saying(it))) return 'permit';
  if (denies(root, true)) return 'deny';
  return root.type === 'permit' && saying(root) ? 'permit' : undefined;
}

function stands(denial: Rule, namesEmergency: boolean): boolean {
  return namesEmergency || denial.purposes.length > 0 || denial.labels.some((it) => !MARKS.includes(it));
}

function within({ validFrom, validUntil }: Rule, at: Date): boolean {
  return (validFrom === null || Date.parse(validFrom) <= at.getTime()) && (validUntil === null || at.getTime() <= Date.parse(validUntil));
}

function isAsked(rule: Rule, { asker, purpose, at }: Question): boolean {
  if (rule.type === 'permit' && !rule.isEvaluable) return false;
  const { institutions, organizations, people } = rule.recipients;
  const isNamed =
    institutions.some((it) => asker.institutions.includes(it)) ||
    organizations.some((it) => asker.organizations.includes(it)) ||
    people.some((it) => (asker.people.has(it) ? asker.people.get(it) === true : rule.type === 'deny'));
  const isAnybody = institutions.length + organizations.length + people.length === 0;
  return within(rule, at) && (isAnybody || isNamed) && (rule.purposes.length === 0 || rule.purposes.includes(purpose));
}

function isAbout(rule: Rule, row: OracleRow): boolean {
  const isPermit = rule.type === 'permit';
  const isOfKind = rule.categories.length === 0 || (row.category === null ? !isPermit : rule.categories.includes(row.category));
  return isOfKind && (isPermit ? permitsLabels(rule, row) : deniesLabels(rule, row)) && isOfTime(rule, row) && isOfData(rule, row);
}

function split(labels: readonly string[]): { marks: number[]; kinds: string[] } {
  const kinds = labels.filter((it) => !MARKS.includes(it)).flatMap((it) => (it === 'ETH' ? ['ETH', 'ETHUD', 'OPIOIDUD'] : [it]));
  return { marks: labels.filter((it) => MARKS.includes(it)).map((it) => MARKS.indexOf(it)), kinds };
}

function permitsLabels(rule: Rule, row: OracleRow): boolean {
  const [named, own] = [split(rule.labels), { ...split(row.labels), kinds: row.labels.filter((it) => !MARKS.includes(it)) }];
  const mark = own.marks.length === 0 ? MARKS.indexOf('N') : Math.max(...own.marks);
  if (named.marks.length > 0 && mark > Math.max(...named.marks)) return false;
  if (!own.kinds.every((it) => named.kinds.includes(it))) return false;
  return !(named.marks.length === 0 && named.kinds.length > 0) || own.kinds.length > 0;
}

function deniesLabels(rule: Rule, row: OracleRow): boolean {
  if (rule.labels.length === 0) return true;
  const [named, own] = [split(rule.labels), split(row.labels)];
  const mark = own.marks.length === 0 ? MARKS.indexOf('N') : Math.max(...own.marks);
  return (named.marks.length > 0 && mark >= Math.min(...named.marks)) || row.labels.some((it) => named.kinds.includes(it));
}

/** Days of the generated consents are days in Beijing. */
function isOfTime({ type, dataPeriod }: Rule, { from, until }: OracleRow): boolean {
  if (!dataPeriod) return true;
  const midnight = (day: string, more: number): number => Date.parse(`${day}T00:00:00+08:00`) + more * 86_400_000;
  const start = dataPeriod.start === undefined ? Number.NEGATIVE_INFINITY : midnight(dataPeriod.start, 0);
  const end = dataPeriod.end === undefined ? Number.POSITIVE_INFINITY : midnight(dataPeriod.end, 1);
  if (type === 'deny') return (from === null || from.getTime() < end) && (until === null || until.getTime() > start);
  if (from === null || from.getTime() < start) return false;
  return dataPeriod.end === undefined || (from.getTime() < end && until !== null && until.getTime() <= end + 8 * 3_600_000);
}

function isOfData({ data }: Rule, row: OracleRow): boolean {
  if (!data) return true;
  return data.some(({ kind, target, institution }) => {
    const isIt = target !== null && (target.id === row.id || target.id === row.report);
    if (kind === 'instance') return isIt;
    if (kind === 'related') return isIt || row.refers.includes(`${target?.type}/${target?.id}`);
    return institution === row.institution;
  });
}
