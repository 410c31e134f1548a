import { expect, test } from 'vitest';
import { transact } from '../../src/database/client.ts';
import { findCorrections, insertCorrections, insertRecalls, type NewRecall } from '../../src/recalls/correction.queries.ts';
import type { Correction } from '../../src/recalls/correction.ts';
import { useGateway } from '../support/gateway.ts';
import { statementsOf } from '../support/statements.ts';

const gateway = useGateway();

/** More than a statement of PostgreSQL can take by one parameter a value (65,535). */
const MANY = 9_000;

function correction(person: bigint, id: number): Correction {
  const reference = `Observation/${String(id).padStart(32, '0')}`;
  return {
    person,
    id: BigInt(id),
    report: BigInt(id),
    reportVersion: id % 2 === 0 ? 2 : null,
    institution: 7,
    kind: id % 2 === 0 ? 'withdrawn' : 'corrected',
    correctedAt: new Date(1_770_000_000_123 + id),
    leaf: 9_007_199_254_740_993n + BigInt(id),
    parts: [reference, 'DiagnosticReport/"quoted, {braced}\\'],
    versions: { [reference]: 2 },
    isWhole: id % 2 === 0,
    difference: [
      {
        reference,
        change: 'changed',
        from: 1,
        to: 2,
        name: { system: 'http://loinc.org', code: '6690-2' },
        elements: [{ element: 'value', zh: '结果', en: 'Value', new: '6.1 "x"' }],
      },
    ],
  };
}

function recall(person: bigint, id: number): NewRecall {
  const told = new Date(1_770_000_000_456);
  return {
    person,
    id: BigInt(id),
    correction: BigInt(id),
    institution: 8,
    publisher: 7,
    toldAt: told,
    dueAt: new Date(told.getTime() + 1),
    rulesVersion: '1 "a"',
  };
}

const numbers = Array.from({ length: MANY }, (_, index) => index + 1);

test('any number of corrections is kept by one statement, as they are, and only what is new is answered', async () => {
  const person = 11n;
  const [all, known] = [numbers.map((it) => correction(person, it)), [correction(person, 1)]];
  await transact(gateway.db, (tx) => insertCorrections(tx, known));

  let added: ReadonlySet<bigint> = new Set();
  const statements = await statementsOf(() => transact(gateway.db, async (tx) => (added = await insertCorrections(tx, all))));

  expect(statements).toContain('insert-corrections');
  expect(added.size).toBe(MANY - 1);
  expect(added.has(1n)).toBe(false);
  expect(await transact(gateway.db, (tx) => findCorrections(tx, all))).toEqual(all);
  expect((await transact(gateway.db, (tx) => insertCorrections(tx, all))).size).toBe(0);
});

test('any number of recalls is kept by one statement, and none twice', async () => {
  const person = 12n;
  const all = numbers.map((it) => recall(person, it));

  await transact(gateway.db, (tx) => insertRecalls(tx, all));
  await transact(gateway.db, (tx) => insertRecalls(tx, all));

  const { rows } = await gateway.db.$client.query(
    `select count(*)::int as count, max(told_at) as "toldAt", max(due_at) as "dueAt", max(rules_version) as "rulesVersion",
            max(correction)::int as correction, max(institution) as institution, max(publisher) as publisher
       from recalls where person = $1`,
    [person],
  );
  const { toldAt, dueAt, rulesVersion, institution, publisher } = recall(person, MANY);
  expect(rows).toEqual([{ count: MANY, toldAt, dueAt, rulesVersion, correction: MANY, institution, publisher }]);
});
