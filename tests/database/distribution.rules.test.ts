import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { breachesOf, isTooOld, type PlacedTable, planDistribution, type TableFacts } from '../../src/database/distribution.rules.ts';
import { EXCEPTIONS, PLACEMENTS, type Placement } from '../../src/database/placement.ts';

const PLACES: Readonly<Record<string, Placement>> = {
  versions: { kind: 'distributed', column: 'person', beside: 'versions', why: '' },
  findings: { kind: 'distributed', column: 'person', beside: 'versions', why: '' },
  keys: { kind: 'distributed', column: 'key', beside: 'keys', why: '' },
  institutions: { kind: 'reference', why: '' },
  prices: { kind: 'reference', why: '' },
  leaves: { kind: 'local', why: '' },
  cosigned: { kind: 'local', why: '' },
};

const COLUMN = { type: 'bigint', isNullable: false, draws: null } as const;

/** A table as it should be: `change` makes another one of it. */
function table(name: string, change: Partial<TableFacts> = {}): TableFacts {
  const placement = PLACES[name];
  const column = placement?.kind === 'distributed' ? placement.column : 'code';
  return {
    table: name,
    columns: [
      { ...COLUMN, name: column },
      { ...COLUMN, name: 'id' },
    ],
    keys: [{ name: `${name}_pkey`, columns: [column, 'id'], isPrimary: true }],
    references: [],
    triggers: [],
    ...change,
  };
}

const foreignKey = (to: string, columns: readonly string[], toColumns = columns, changesRows = false) => ({
  references: [{ name: 'the_fk', to, columns, toColumns, changesRows }],
});

/** Every table of the places, with this one in the place of its own. */
function breaches(changed?: TableFacts): readonly string[] {
  const tables = Object.keys(PLACES).map((it) => (it === changed?.table ? changed : table(it)));
  const others = changed && !Object.hasOwn(PLACES, changed.table) ? [changed] : [];
  return breachesOf([...tables, ...others], PLACES, {}).map((it) => `${it.rule} ${it.of}`);
}

test('tables as they should be break nothing', () => {
  expect(breaches()).toEqual([]);
});

describe('what breaks a rule is named by the rule and by what it is', () => {
  test.for<[string, TableFacts, readonly string[]]>([
    ['a table without a place', table('unheard_of'), ['placement unheard_of']],
    ['no primary key', table('findings', { keys: [] }), ['primary-key findings']],
    ['no primary key, of a table on every machine', table('prices', { keys: [] }), ['primary-key prices']],
    ['no primary key, on the coordinator', table('leaves', { keys: [] }), []],
    ['a key without the person', table('findings', withKey(['id'])), ['key more']],
    ['a key with the person at its end', table('findings', withKey(['id', 'person'])), []],
    ['a key over an expression alone', table('findings', withKey([''])), ['key more']],
    ['a primary key without the person', table('findings', { keys: [{ name: 'pk', columns: ['id'], isPrimary: true }] }), ['key pk']],
    ['a key without what the table is spread by', table('keys', withKey(['id'])), ['key more']],
    ['any key on every machine', table('prices', withKey(['id'])), []],
    ['any key on the coordinator', table('leaves', withKey(['id'])), []],
    ['no person', table('findings', withColumns({ ...COLUMN, name: 'id' })), ['column findings']],
    ['a person that may be missing', table('findings', withColumns({ ...COLUMN, name: 'person', isNullable: true })), ['column findings']],
    ['a person of another type', table('findings', withColumns({ ...COLUMN, name: 'person', type: 'integer' })), ['column findings']],
    ['a number from a sequence', table('findings', drawing('sequence')), ['identity findings.number']],
    ['a number from a sequence on every machine', table('prices', drawing('sequence')), ['identity prices.number']],
    ['a number from a sequence on the coordinator', table('leaves', drawing('sequence')), []],
    ['a default that changes', table('prices', drawing('volatile')), ['volatile-default prices.number']],
    ['a default that changes, on the coordinator', table('leaves', drawing('volatile')), []],
    ['a trigger', table('findings', { triggers: ['stamp'] }), ['trigger stamp']],
    ['a trigger on every machine', table('prices', { triggers: ['stamp'] }), ['trigger stamp']],
    ['a trigger on the coordinator', table('leaves', { triggers: ['stamp'] }), []],
    ['to the same person', table('findings', foreignKey('versions', ['person', 'id'])), []],
    ['to the same person, in another order', table('findings', foreignKey('versions', ['id', 'person'])), []],
    ['to a row by its number alone', table('findings', foreignKey('versions', ['id'])), ['foreign-key the_fk']],
    [
      'from the person to something else',
      table('findings', foreignKey('versions', ['person', 'id'], ['id', 'person'])),
      ['foreign-key the_fk'],
    ],
    ['to what is spread by something else', table('findings', foreignKey('keys', ['person'], ['key'])), ['foreign-key the_fk']],
    ['that sets to null', table('findings', foreignKey('versions', ['person', 'id'], ['person', 'id'], true)), ['foreign-key the_fk']],
    ['to what is on every machine', table('findings', foreignKey('institutions', ['id'])), []],
    ['to what is on the coordinator', table('findings', foreignKey('leaves', ['id'])), ['foreign-key the_fk']],
    ['from every machine to every machine', table('prices', foreignKey('institutions', ['id'])), []],
    ['from every machine to a person', table('prices', foreignKey('versions', ['id'])), ['foreign-key the_fk']],
    ['from every machine to the coordinator', table('prices', foreignKey('leaves', ['id'])), ['foreign-key the_fk']],
    ['within the coordinator', table('cosigned', foreignKey('leaves', ['id'])), []],
    ['from the coordinator to a person', table('cosigned', foreignKey('versions', ['id'])), ['foreign-key the_fk']],
    ['from the coordinator to every machine', table('cosigned', foreignKey('prices', ['id'])), ['foreign-key the_fk']],
  ])('%s', ([, changed, expected]) => {
    expect(breaches(changed)).toEqual(expected);
  });

  function withKey(columns: readonly string[]): Partial<TableFacts> {
    return {
      keys: [
        { name: 'pk', columns: ['person', 'key', 'id'], isPrimary: true },
        { name: 'more', columns, isPrimary: false },
      ],
    };
  }
  function withColumns(...columns: TableFacts['columns']): Partial<TableFacts> {
    return { columns };
  }
  function drawing(draws: 'sequence' | 'volatile'): Partial<TableFacts> {
    const columns = ['person', 'code', 'id'].map((name) => ({ ...COLUMN, name }));
    return { columns: [...columns, { ...COLUMN, name: 'number', draws }] };
  }
});

test('a place without a table is named', () => {
  const tables = Object.keys(PLACES)
    .filter((it) => it !== 'prices')
    .map((it) => table(it));

  expect(breachesOf(tables, PLACES, {})).toMatchObject([{ rule: 'placement', of: 'prices' }]);
});

test('what stands in the list of exceptions is left out, by its rule and its name together', () => {
  const tables = [...Object.keys(PLACES).filter((it) => it !== 'findings'), 'findings'].map((it) =>
    it === 'findings' ? table(it, { triggers: ['stamp', 'other'] }) : table(it),
  );

  expect(breachesOf(tables, PLACES, { 'trigger stamp': 'a reason', 'key other': 'another' })).toMatchObject([
    { rule: 'trigger', of: 'other' },
  ]);
});

const placed = (name: string, change: Partial<PlacedTable> = {}): PlacedTable => {
  const placement = PLACES[name];
  const column = placement?.kind === 'distributed' ? placement.column : null;
  return { table: name, kind: placement?.kind ?? 'local', column, group: column === 'person' ? 1 : column === null ? 9 : 2, ...change };
};

test('the plan: what is everywhere, then what others lie beside, then the others, each after what it leads to', () => {
  const tables = Object.keys(PLACES).map((it) =>
    table(it, it === 'institutions' ? foreignKey('prices', ['code']) : it === 'findings' ? foreignKey('versions', ['person', 'id']) : {}),
  );

  expect(planDistribution(tables, PLACES, [])).toEqual({
    steps: [
      { table: 'prices', statement: "select create_reference_table('public.prices')" },
      { table: 'institutions', statement: "select create_reference_table('public.institutions')" },
      { table: 'keys', statement: "select create_distributed_table('public.keys', 'key', colocate_with => 'none')" },
      { table: 'versions', statement: "select create_distributed_table('public.versions', 'person', colocate_with => 'none')" },
      { table: 'findings', statement: "select create_distributed_table('public.findings', 'person', colocate_with => 'public.versions')" },
    ],
    conflicts: [],
  });
});

describe('what is placed already', () => {
  test.for<[string, PlacedTable, readonly string[], boolean]>([
    ['as it should be', placed('findings'), [], false],
    ['beside something else', placed('findings', { group: 3 }), ['findings does not share the shards of versions'], false],
    ['by another column', placed('findings', { column: 'id' }), ['findings is spread by id and should be by person'], false],
    [
      'on every machine',
      placed('findings', { kind: 'reference' }),
      ['findings is a reference table and should be a distributed one'],
      false,
    ],
    [
      'spread, and should be everywhere',
      placed('prices', { kind: 'distributed' }),
      ['prices is a distributed table and should be a reference one'],
      false,
    ],
    [
      'placed, and should not be',
      placed('leaves', { kind: 'reference' }),
      ['leaves is a reference table and should be a local one'],
      false,
    ],
  ])('%s', ([, present, conflicts]) => {
    const tables = Object.keys(PLACES).map((it) => table(it));
    const plan = planDistribution(tables, PLACES, [placed('versions'), present]);

    expect(plan.conflicts).toEqual(conflicts);
    expect(plan.steps.map((it) => it.table)).not.toContain(present.table);
    expect(plan.steps.map((it) => it.table)).not.toContain('versions');
  });
});

test('whatever leads to what, the plan has each table once, after what it leads to, and nothing is left for a second one', () => {
  const names = Object.keys(PLACEMENTS);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(names.length - 1), fc.nat(names.length - 1))), (pairs) => {
      // Of two tables the later name leads to the earlier one: no circles.
      const tables = names.map((name, index) =>
        table(name, {
          references: pairs.flatMap(([a, b]) =>
            Math.max(a, b) === index && a !== b ? foreignKey(names[Math.min(a, b)] as string, ['id']).references : [],
          ),
        }),
      );
      const { steps } = planDistribution(tables, PLACEMENTS, []);
      const order = steps.map((it) => it.table);

      expect(order.toSorted()).toEqual(names.filter((it) => PLACEMENTS[it]?.kind !== 'local').toSorted());
      for (const { table: from, references } of tables) {
        for (const { to } of references) {
          if (order.includes(from) && order.includes(to)) expect(order.indexOf(to)).toBeLessThan(order.indexOf(from));
        }
      }
      const afterwards = order.map((name): PlacedTable => {
        const placement = PLACEMENTS[name] as Placement;
        const isSpread = placement.kind === 'distributed';
        return {
          table: name,
          kind: placement.kind,
          column: isSpread ? placement.column : null,
          group: isSpread ? names.indexOf(placement.beside) : -1,
        };
      });
      expect(planDistribution(tables, PLACEMENTS, afterwards)).toEqual({ steps: [], conflicts: [] });
    }),
    { numRuns: 50 },
  );
});

test('where the one that the others lie beside leads to one of them, the others lie beside that one', () => {
  const tables = [table('versions', foreignKey('findings', ['person', 'id'])), table('findings')];

  expect(planDistribution(tables, PLACES, []).steps.map((it) => it.statement)).toEqual([
    "select create_distributed_table('public.findings', 'person', colocate_with => 'none')",
    "select create_distributed_table('public.versions', 'person', colocate_with => 'public.findings')",
  ]);
});

test('two tables that lead to each other are planned once each', () => {
  const tables = [table('prices', foreignKey('institutions', ['id'])), table('institutions', foreignKey('prices', ['id']))];

  expect(planDistribution(tables, PLACES, []).steps).toHaveLength(2);
});

test('every place and every exception has its reason, and what others lie beside lies there itself', () => {
  for (const [name, placement] of Object.entries(PLACEMENTS)) {
    expect(placement.why, name).not.toBe('');
    if (placement.kind !== 'distributed') continue;
    expect(PLACEMENTS[placement.beside], name).toMatchObject({ kind: 'distributed', column: placement.column, beside: placement.beside });
  }
  expect(Object.values(EXCEPTIONS)).not.toContain('');
});

test.for<[string, boolean]>([
  ['13.2-1', false],
  ['13.0-1', false],
  ['14.0-1', false],
  ['12.1-1', true],
  ['9.5-3', true],
  ['', true],
])('Citus %s: too old is %s', ([version, expected]) => {
  expect(isTooOld(version)).toBe(expected);
});
