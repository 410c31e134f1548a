import { parse } from 'csv-parse/sync';
import { expect } from 'vitest';
import { plainCell } from '../../src/faces/csv-cells.rules.ts';
import type { CallingSystem } from '../support/gateway.ts';
import { type Entry, entriesOf, type Figures, sumOf } from '../support/savings.ts';

/** An entry as the door shows it, with all that one may group by. */
export interface Shown extends Entry {
  readonly decision: string;
  readonly item: string;
  readonly district: string;
  readonly level?: number;
  readonly department?: string;
  readonly payer?: string;
  readonly institution: { readonly uscc: string };
  readonly source: { readonly uscc: string };
  readonly postedAt: string;
}

/** What a summary groups by, as tests take it from the entries. */
const KEY: Readonly<Record<string, (entry: Shown) => string>> = {
  institution: (it) => it.institution.uscc,
  item: (it) => it.item,
  month: (it) => new Date(Date.parse(it.postedAt) + 8 * 3_600_000).toISOString().slice(0, 7),
  payer: (it) => it.payer ?? 'unknown',
  district: (it) => it.district,
  source: (it) => it.source.uscc,
  level: (it) => String(it.level ?? 'unknown'),
  department: (it) => it.department ?? '',
};

/** Everything that a summary may be grouped by, one at a time. */
export const DIMENSIONS: readonly string[] = Object.keys(KEY);

/** Every way in which a summary may be grouped, not at all among them. */
export const GROUPINGS: readonly string[] = DIMENSIONS.reduce<readonly (readonly string[])[]>(
  (all, name) => [...all, ...all.map((names) => [...names, name])],
  [[]],
).map((names) => names.join(','));

/** Holds the trial balance and the summary by each of the groupings against the entries that the filter means, and answers these. */
export async function expectAgreement(reader: CallingSystem, filter: string, groupings: readonly string[]): Promise<readonly Shown[]> {
  const entries = (await entriesOf(reader, filter, 100)) as Shown[];
  for (const entry of entries) {
    const [debit, credit] = [sum(entry, 'debitFen'), sum(entry, 'creditFen')];
    expect({ debit, credit }).toEqual({ debit: Math.abs(entry.amountFen), credit: Math.abs(entry.amountFen) });
  }
  const moved = entries.reduce((total, it) => total + Math.abs(it.amountFen), 0);
  const balance = await reader.get(`/v1/savings/trial-balance?${filter}`);
  expect(balance.body, filter).toMatchObject({ debitFen: moved, creditFen: moved, balanced: true });
  for (const by of groupings) {
    const { status, body } = await reader.get(`/v1/savings/summary?${filter}&by=${by}`);
    expect(status).toBe(200);
    expect(body.total, `${filter} by ${by}`).toEqual(sumOf(entries));
    expect(groupsShown(body.groups, by), `${filter} by ${by}`).toEqual(groupsOf(entries, by));
  }
  return entries;
}

/** Holds everything else that tells the savings against the entries: both lists as CSV, the MeasureReport, and what each group opens. */
export async function expectSameFigures(reader: CallingSystem, entries: readonly Shown[]): Promise<void> {
  const total = sumOf(entries);
  const [summary] = await csvOf(reader, '/v1/savings/summary');
  const { reversed, ...figures } = total;
  const causes = { reversedByRevocation: reversed.revocation, reversedByRepeat: reversed.repeat, reversedByRecall: reversed.recall };
  expect(summary).toEqual(asTexts({ ...figures, ...causes }));

  const lines = await csvOf(reader, '/v1/savings/entries');
  expect(lines.map((it) => it['id'])).toEqual(entries.map((it) => it.id));
  const money = ['amountFen', 'fundFen', 'patientFen', 'undividedFen'] as const;
  const added = money.map((name) => lines.reduce((all, it) => all + Number(it[name]), 0));
  expect(added).toEqual(money.map((name) => total[name]));

  const { body: report } = await reader.get('/fhir/Measure/savings/$evaluate-measure?periodStart=2020&periodEnd=2100');
  const scores = report.group.map((it: { measureScore: { value: number } }) => Math.round(it.measureScore.value * 100));
  expect(scores).toEqual(money.map((name) => total[name]));
  const counts = report.group[0].population.map((it: { count: number }) => it.count);
  expect(counts).toEqual([total.savings, total.reversals, total.items]);

  const { body } = await reader.get(`/v1/savings/summary?by=${DIMENSIONS.join(',')}`);
  for (const { entries: address, ...group } of body.groups as (Figures & { entries: string })[]) {
    const opened = await entriesOf(reader, address.split('?')[1] ?? '', 100);
    expect(opened.length).toBeGreaterThan(0);
    expect(group).toMatchObject(sumOf(opened));
  }
}

/** Every decision has one saving at most, which is reversed once at most, by the opposite of what it moved. */
export function expectReversedOnce(entries: readonly Shown[]): void {
  const kinds = entries.map((it) => `${it.kind} ${it.decision}`);
  expect(new Set(kinds).size).toBe(kinds.length);
  for (const reversal of entries.filter((it) => it.kind === 'reversal')) {
    const saving = entries.find((it) => it.kind === 'saving' && it.decision === reversal.decision);
    const mirrored = saving?.postings.map((it) => ({ account: it.account, debitFen: it.creditFen, creditFen: it.debitFen }));
    expect(sorted(reversal.postings)).toEqual(sorted(mirrored ?? []));
  }
}

function sum({ postings }: Entry, side: 'debitFen' | 'creditFen'): number {
  return postings.reduce((total, it) => total + it[side], 0);
}

function sorted(postings: Entry['postings']): Entry['postings'] {
  return postings.toSorted((a, b) => (a.account < b.account ? -1 : 1));
}

/** The figures of each group by the texts of its key. */
function groupsOf(entries: readonly Shown[], by: string): Record<string, Figures> {
  if (by === '') return {};
  const groups = new Map<string, Shown[]>();
  for (const it of entries) {
    const key = by
      .split(',')
      .map((name) => KEY[name]?.(it))
      .join(' | ');
    groups.set(key, [...(groups.get(key) ?? []), it]);
  }
  return Object.fromEntries([...groups].map(([key, its]) => [key, sumOf(its)]));
}

function groupsShown(groups: readonly Record<string, unknown>[], by: string): Record<string, unknown> {
  return Object.fromEntries(
    groups.map(({ entries: _entries, ...group }) => {
      const text = (name: string) => {
        const value = group[name];
        return typeof value === 'string' ? value : (value as { uscc: string }).uscc;
      };
      const figures = Object.fromEntries(Object.entries(group).filter(([name]) => !(name in KEY)));
      return [by.split(',').map(text).join(' | '), figures];
    }),
  );
}

/** The lines of a list as CSV by its columns. */
async function csvOf(reader: CallingSystem, address: string): Promise<readonly Record<string, string>[]> {
  const { text } = await reader.get(address, { accept: 'text/csv' });
  const lines = parse(text, { bom: true, columns: true }) as Record<string, string>[];
  return lines.map((line) => Object.fromEntries(Object.entries(line).map(([name, cell]) => [name, plainCell(cell)])));
}

function asTexts(figures: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, String(value)]));
}
