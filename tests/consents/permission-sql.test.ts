import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Question } from '../../src/consents/applicable.rules.ts';
import { type Consent, decidePermission } from '../../src/consents/consent.rules.ts';
import type { NamedData, Rule } from '../../src/consents/consent-rule.ts';
import { pathNumber, referenceAt } from '../../src/fhir/search-hash.ts';
import { CATEGORIES } from '../../src/resources/category.ts';
import type { Permission } from '../../src/resources/custody.ts';
import { permittedSql } from '../../src/resources/permission-sql.ts';
import { encodeId, freshPerson } from '../../src/resources/resource-id.ts';
import { mayBeSeen, type OracleRow } from '../support/consent-oracle.ts';
import { consent, HOSPITAL_A, HOSPITAL_B, HOSPITAL_C, NOW, rule } from '../support/consents.ts';
import { useGateway } from '../support/gateway.ts';

const gateway = useGateway();

const PERSON = freshPerson();
const ENCOUNTER = 900n;
const ENCOUNTERED = `Encounter/${encodeId({ person: PERSON, id: ENCOUNTER })}`;
const idOf = (number: number): string => encodeId({ person: PERSON, id: BigInt(number) });

const pick = <Value>(values: readonly Value[]): Value => values[randomInt(values.length)] as Value;
const LABELS = ['N', 'R', 'V', 'M', 'HIV', 'PSY', 'ETHUD', 'MH'];
const DAY_MS = 86_400_000;

/** Reports with two parts each, of random kinds, dates and labels; the date may be missing, a day, or a moment. */
const rows: readonly OracleRow[] = Array.from({ length: 120 }, (_, index) => {
  const number = index + 1;
  const report = number - ((number - 1) % 3);
  const from = pick([null, Date.parse('2022-01-01T00:00:00Z'), Date.parse('2022-06-15T08:00:00Z'), Date.parse('2022-12-31T00:00:00Z')]);
  return {
    id: idOf(number),
    report: idOf(report),
    institution: pick([HOSPITAL_A, HOSPITAL_C]),
    category: pick([null, ...CATEGORIES]),
    labels: LABELS.filter(() => randomInt(5) === 0).sort(),
    from: from === null ? null : new Date(from),
    until: from === null ? null : new Date(from + pick([DAY_MS, 1])),
    refers: report % 2 === 0 ? [ENCOUNTERED] : [],
  };
});

beforeAll(async () => {
  // The report alone refers to the encounter: its parts belong to what does.
  const reference = referenceAt(pathNumber('encounter'), 'Encounter', PERSON, ENCOUNTER);
  await gateway.db.$client.query(
    `insert into resources (person, id, type, version, institution, category, labels, status, report, effective_from, effective_until, recorded_at, tokens)
     select $1, x.id, 'Observation', 1, x.institution, x.category, x.labels, 'final', x.report, x.f, x.u, now(), x.tokens
       from jsonb_to_recordset($2::jsonb) as x(
         id bigint, institution integer, category text, labels text[], report bigint, f timestamptz, u timestamptz, tokens bigint[])`,
    [
      PERSON,
      JSON.stringify(
        rows.map((it, index) => ({
          id: index + 1,
          institution: it.institution,
          category: it.category,
          labels: it.labels.length > 0 ? it.labels : null,
          report: index + 1 - (index % 3),
          f: it.from,
          u: it.until,
          tokens: it.refers.length > 0 && index % 3 === 0 ? [reference] : [],
        })),
      ),
    ],
  );
});

async function shown(permission: Permission): Promise<ReadonlySet<string>> {
  const values: unknown[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const found = await gateway.db.$client.query<{ id: string }>(
    `select id from resources r where r.person = ${bind(PERSON)} and ${permittedSql({ alias: 'r' }, permission, bind)}`,
    values as never[],
  );
  return new Set(permission.basis === 'none' ? [] : found.rows.map((it) => idOf(Number(it.id))));
}

const days = fc.constantFrom('2022-01-01', '2022-06-15', '2022-12-31');
const data: fc.Arbitrary<NamedData> = fc.oneof(
  fc
    .integer({ min: 1, max: 120 })
    .map((it): NamedData => ({ kind: 'instance', reference: null, target: { type: 'Observation', id: idOf(it) } })),
  fc.constant<NamedData>({ kind: 'related', reference: null, target: { type: 'Encounter', id: ENCOUNTERED.split('/')[1] as string } }),
  fc.constantFrom(HOSPITAL_A, HOSPITAL_C).map((it): NamedData => ({ kind: 'authoredby', reference: null, target: null, institution: it })),
);
const some = <Value>(arbitrary: fc.Arbitrary<Value>, nil: Value): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(nil) }, { weight: 1, arbitrary });
const instants = some<string | null>(
  fc.integer({ min: -2, max: 2 }).map((it) => new Date(NOW.getTime() + it).toISOString()),
  null,
);

const rules: fc.Arbitrary<Rule> = fc
  .record({
    type: fc.constantFrom<'permit' | 'deny'>('permit', 'deny'),
    isEvaluable: some(fc.constant(false), true),
    recipients: some(
      fc.record({
        institutions: fc.subarray([HOSPITAL_B, HOSPITAL_C]),
        organizations: fc.subarray(['org-b', 'org-c']),
        people: fc.subarray(['Group/is', 'Group/is-not', 'Group/unknown']),
      }),
      { institutions: [], organizations: [], people: [] },
    ),
    validFrom: instants,
    validUntil: instants,
    purposes: some(fc.subarray(['TREAT', 'HPAYMT', 'BTG']), []),
    categories: some(fc.subarray([...CATEGORIES]), []),
    dataPeriod: some<Rule['dataPeriod']>(fc.record({ start: days, end: days }, { requiredKeys: [] }), null),
    labels: some(fc.subarray(['N', 'R', 'M', 'HIV', 'PSY', 'ETH', 'MH']), []),
    data: some<Rule['data']>(fc.array(data, { minLength: 1, maxLength: 3 }), null),
  })
  .map(rule);

const consents: fc.Arbitrary<readonly Consent[]> = fc.array(
  fc.tuple(rules, fc.array(rules, { maxLength: 3 }), some(fc.constant(false), true)).map(([root, nested, active]) => ({
    ...consent(root, ...nested),
    active,
  })),
  { maxLength: 3 },
);

const questions: fc.Arbitrary<Question> = fc.record({
  asker: fc.constant({
    institutions: [HOSPITAL_B],
    organizations: ['org-b'],
    people: new Map([
      ['Group/is', true],
      ['Group/is-not', false],
    ]),
  }),
  purpose: fc.constantFrom('TREAT', 'HPAYMT', 'PUBHLTH'),
  emergency: fc.constant(false),
  at: fc.constant(NOW),
  policy: fc.constantFrom('basic-normal', 'all-normal', 'break-glass-only', 'deny'),
});
const emergencies = questions.map((it): Question => ({ ...it, purpose: 'BTG', emergency: true }));

test('the condition of a statement and the slow reading of every rule agree on every row', async () => {
  await fc.assert(
    fc.asyncProperty(consents, fc.oneof(questions, questions, emergencies), async (list, asked) => {
      const permission = decidePermission(list, asked);
      const seen = await shown(permission);

      expect(rows.filter((it) => seen.has(it.id)).map((it) => it.id)).toEqual(
        rows.filter((it) => mayBeSeen(list, asked, it)).map((it) => it.id),
      );
    }),
    { numRuns: 400 },
  );
}, 120_000);

test('a narrower consent never shows more, nor does one more denial', async () => {
  /** A permit made narrower in one respect. */
  const narrowings = fc.constantFrom<(it: Rule) => Rule>(
    (it) => ({ ...it, isEvaluable: false }),
    (it) => ({ ...it, categories: it.categories.length > 0 ? it.categories.slice(0, 1) : ['imaging'] }),
    (it) => ({ ...it, dataPeriod: it.dataPeriod ?? { start: '2022-06-15', end: '2022-06-15' } }),
    (it) => ({ ...it, data: it.data?.slice(0, 1) ?? [{ kind: 'authoredby', reference: null, target: null, institution: HOSPITAL_A }] }),
    (it) => ({ ...it, purposes: it.purposes.length > 0 ? it.purposes.slice(0, 1) : ['HPAYMT'] }),
    (it) => ({ ...it, labels: it.labels.length > 0 ? it.labels : ['N'] }),
    (it) => ({ ...it, validUntil: new Date(NOW.getTime() - 1).toISOString() }),
  );
  await fc.assert(
    fc.asyncProperty(consents, rules, rules, narrowings, questions, async (others, permit, denial, narrowing, asked) => {
      const wide = consent({ ...permit, type: 'permit' });
      // Whoever has no consent on file is judged by the region's policy: nobody's consent is narrower than none.
      const filed = consent(rule({ type: 'permit', purposes: ['FAMRQT'] }));
      const before = await shown(decidePermission([filed, ...others, wide], asked));
      const narrow = { ...wide, rules: { root: narrowing(wide.rules.root), nested: [] } };
      const after = await shown(decidePermission([filed, ...others, narrow], asked));
      const denied = await shown(decidePermission([filed, ...others, wide, consent({ ...denial, type: 'deny' })], asked));

      expect([...after, ...denied].filter((it) => !before.has(it))).toEqual([]);
    }),
    { numRuns: 200 },
  );
}, 120_000);
