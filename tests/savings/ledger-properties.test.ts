import fc from 'fast-check';
import { expect, test } from 'vitest';
import { transact } from '../../src/database/client.ts';
import { INSURANCES } from '../../src/recognition/insurance.ts';
import { CAUSES, type SavingClaim } from '../../src/recognition/savings-book.ts';
import { freshNumber, freshPerson } from '../../src/resources/resource-id.ts';
import { savingsBook } from '../../src/savings/post-saving.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { claim, type Entry, entriesOf, type Figures, sumOf } from '../support/savings.ts';

const gateway = useGateway();

/** An entry as the door shows it, with all that one may group by. */
interface Shown extends Entry {
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

/** What a summary groups by, as this test takes it from the entries. */
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

const MOMENTS = [
  // Both sides of the borders of months in Beijing, and a leap day of which it is the last moment.
  '2026-01-31T15:59:59.999Z',
  '2026-01-31T16:00:00.000Z',
  '2026-02-28T15:59:59.999Z',
  '2026-02-28T16:00:00.000Z',
  '2024-02-29T15:59:59.999Z',
  '2024-02-29T16:00:00.000Z',
];

function aHistory(receivers: readonly CallingSystem[], sources: readonly CallingSystem[]) {
  const persons = [freshPerson(), freshPerson(), freshPerson()];
  const aSaving = fc.record({
    receiver: fc.constantFrom(...receivers),
    source: fc.constantFrom(...sources),
    person: fc.constantFrom(...persons),
    encounter: fc.constantFrom('OP-1', 'OP-2', null),
    examination: fc.constantFrom<[string, string[]][]>(['WBC', []], ['HGB', []], ['CT-CHEST-PLAIN', []], ['BLOOD-COUNT', ['WBC', 'HGB']]),
    district: fc.constantFrom('500112', '500103', '510100'),
    insurance: fc.constantFrom(...INSURANCES, null),
    level: fc.constantFrom(1, 2, 3, null),
    department: fc.constantFrom('呼吸内科', '心内科', null),
    amountFen: fc.option(fc.oneof(fc.nat({ max: 1_000_000_000 }), fc.constantFrom(0, 1, 3, 1_000_000_000)), { nil: null }),
    at: fc.constantFrom(...MOMENTS),
  });
  const aReversal = fc.record({ of: fc.nat({ max: 30 }), cause: fc.constantFrom(...CAUSES), at: fc.constantFrom(...MOMENTS) });
  return fc.array(fc.oneof({ weight: 3, arbitrary: aSaving }, { weight: 2, arbitrary: aReversal }), { minLength: 4, maxLength: 16 });
}

test('whatever is posted and taken back for whatever cause: every entry balances, and every figure is the sum of its entries', async () => {
  const [first, second, third] = [await gateway.register(), await gateway.register(), await gateway.register()];
  const reader = await gateway.register({ scopes: ['savings.read'] });
  const posted: SavingClaim[] = [];

  await fc.assert(
    fc.asyncProperty(aHistory([first, second], [second, third]), async (history) => {
      for (const step of history) {
        const now = new Date(step.at);
        if ('of' in step) {
          const of = posted.at(-1 - (step.of % Math.max(1, posted.length)));
          const report = step.cause === 'revocation' ? null : 'DiagnosticReport/1/_history/2';
          if (of) {
            const decision = { person: of.person, id: of.decision };
            await transact(gateway.db, (tx) => savingsBook.reverse(tx, decision, { kind: step.cause, report }, now));
          }
          continue;
        }
        const { receiver, source, amountFen, at: _at, examination, ...more } = step;
        const [item, members] = examination as unknown as [string, string[]];
        const price = { amountFen: amountFen ?? 0, priced: amountFen !== null, version: amountFen === null ? null : 'district:50 v1' };
        const made = claim(receiver, source, { ...more, item, members, price, decision: freshNumber() });
        await transact(gateway.db, (tx) => savingsBook.post(tx, [made], now));
        posted.push(made);
      }
    }),
    { numRuns: 15 },
  );

  const all = (await entriesOf(reader, '', 100)) as Shown[];
  expect(all.length).toBeGreaterThan(30);
  for (const entry of all) {
    const [debit, credit] = [sum(entry, 'debitFen'), sum(entry, 'creditFen')];
    expect({ debit, credit }).toEqual({ debit: Math.abs(entry.amountFen), credit: Math.abs(entry.amountFen) });
  }
  const kinds = all.map((it) => `${it.kind} ${it.decision}`);
  expect(new Set(kinds).size).toBe(kinds.length);
  for (const reversal of all.filter((it) => it.kind === 'reversal')) {
    const saving = all.find((it) => it.kind === 'saving' && it.decision === reversal.decision);
    const mirrored = saving?.postings.map((it) => ({ account: it.account, debitFen: it.creditFen, creditFen: it.debitFen }));
    expect(sorted(reversal.postings)).toEqual(sorted(mirrored ?? []));
  }

  for (const filter of FILTERS(first)) {
    const entries = (await entriesOf(reader, filter, 100)) as Shown[];
    const balance = (await reader.get(`/v1/savings/trial-balance?${filter}`)).body;
    const moved = entries.reduce((total, it) => total + Math.abs(it.amountFen), 0);
    expect(balance, filter).toMatchObject({ debitFen: moved, creditFen: moved, balanced: true });

    for (const by of [
      ...Object.keys(KEY),
      'institution,item',
      'month,payer',
      'month,district,source,level',
      Object.keys(KEY).join(','),
      '',
    ]) {
      const { status, body } = await reader.get(`/v1/savings/summary?${filter}&by=${by}`);
      expect(status).toBe(200);
      expect(body.total, `${filter} by ${by}`).toEqual(sumOf(entries));
      expect(groupsShown(body.groups, by), `${filter} by ${by}`).toEqual(groupsOf(entries, by));
    }
  }
}, 180_000);

test('a group opens the very entries it is the sum of', async () => {
  const [receiver, source] = [await gateway.register(), await gateway.register()];
  for (const insurance of [...INSURANCES, null]) {
    for (const [department, level] of [['呼吸内科', 3] as const, [null, null] as const]) {
      const made = claim(receiver, source, { insurance, department, level });
      await transact(gateway.db, (tx) => savingsBook.post(tx, [made], new Date('2026-03-01T00:00:00Z')));
      if (insurance === 'employee') {
        const cause = { kind: 'recall', report: 'DiagnosticReport/1/_history/2' } as const;
        await transact(gateway.db, (tx) =>
          savingsBook.reverse(tx, { person: made.person, id: made.decision }, cause, new Date('2026-03-02T00:00:00Z')),
        );
      }
    }
  }

  const { body } = await receiver.get(`/v1/savings/summary?by=${Object.keys(KEY).join(',')}`);

  expect(body.groups).toHaveLength(10);
  for (const { entries, ...group } of body.groups as (Figures & { entries: string })[]) {
    const opened = await entriesOf(receiver, entries.split('?')[1] ?? '');
    expect(opened.length).toBeGreaterThan(0);
    expect(group).toMatchObject(sumOf(opened));
  }
  const recalled = await entriesOf(receiver, 'cause=recall');
  expect(recalled).toMatchObject([{ cause: 'recall' }, { cause: 'recall', causeReport: 'DiagnosticReport/1/_history/2' }]);
});

test('of reversals from three causes at once one is posted', async () => {
  const [receiver, source] = [await gateway.register(), await gateway.register()];
  const claims = Array.from({ length: 5 }, () => claim(receiver, source, { insurance: 'employee' }));
  for (const it of claims) await transact(gateway.db, (tx) => savingsBook.post(tx, [it], new Date()));

  const report = 'DiagnosticReport/1/_history/2';
  await Promise.all(
    claims.flatMap((it) =>
      CAUSES.map((kind) =>
        transact(gateway.db, (tx) => savingsBook.reverse(tx, { person: it.person, id: it.decision }, { kind, report }, new Date())),
      ),
    ),
  );

  const { total } = (await receiver.get('/v1/savings/summary')).body;
  expect(total).toMatchObject({ savings: 5, reversals: 5, items: 0, amountFen: 0, fundFen: 0, patientFen: 0 });
  expect(total.reversed.revocation + total.reversed.repeat + total.reversed.recall).toBe(5);
  expect((await receiver.get('/v1/savings/trial-balance')).body).toMatchObject({ debitFen: 10_000, creditFen: 10_000, balanced: true });
});

const FILTERS = (receiver: CallingSystem): readonly string[] => [
  '',
  'from=2026-02-01&to=2026-03-01',
  'to=2026-02-01',
  'month=2024-02',
  'month=2024-03',
  `institution=${receiver.uscc}&district=50`,
  'payer=employee',
  'payer=unknown&level=unknown',
  'level=2',
  'department=',
  `department=${encodeURIComponent('心内科')}&item=BLOOD-COUNT`,
  'cause=repeat',
];

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
      const names = by.split(',');
      const text = (name: string) => {
        const value = group[name];
        return typeof value === 'string' ? value : (value as { uscc: string }).uscc;
      };
      const figures = Object.fromEntries(Object.entries(group).filter(([name]) => !(name in KEY)));
      return [names.map(text).join(' | '), figures];
    }),
  );
}
