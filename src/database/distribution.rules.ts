import type { Placement } from './placement.ts';

/** A table as the catalogue of the database has it. A table that is parted is one, with what its parts have beside it. */
export interface TableFacts {
  readonly table: string;
  readonly columns: readonly ColumnFacts[];
  /** The primary key, unique keys and exclusions, with their columns; an expression has an empty name. */
  readonly keys: readonly { readonly name: string; readonly columns: readonly string[]; readonly isPrimary: boolean }[];
  readonly references: readonly ForeignKey[];
  readonly triggers: readonly string[];
}

interface ColumnFacts {
  readonly name: string;
  readonly type: string;
  readonly isNullable: boolean;
  /** Where a value comes from that nobody gave: a sequence (identity, serial), a function that answers otherwise each time, or neither. */
  readonly draws: 'sequence' | 'volatile' | null;
}

interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly to: string;
  readonly toColumns: readonly string[];
  /** Whether a change of the row it leads to changes this one: cascaded updates, set null, set default. */
  readonly changesRows: boolean;
}

export type RuleOfDistribution =
  | 'placement'
  | 'primary-key'
  | 'column'
  | 'key'
  | 'foreign-key'
  | 'trigger'
  | 'identity'
  | 'volatile-default';

/** What breaks a rule: a table, `table.column`, or the name of a key, a foreign key or a trigger. */
export interface Breach {
  readonly rule: RuleOfDistribution;
  readonly of: string;
  readonly says: string;
}

type Placements = Readonly<Record<string, Placement>>;

/**
 * Everything in these tables that would keep Citus from placing them, or would mean something else once they are placed (tried on Citus 13.2).
 * `exceptions` are named `<rule> <of>`. The answer is empty where nothing is broken.
 */
export function breachesOf(tables: readonly TableFacts[], placements: Placements, exceptions: Readonly<Record<string, string>>): Breach[] {
  const gone = Object.keys(placements).filter((name) => !tables.some((it) => it.table === name));
  const byName = new Map(tables.map((it) => [it.table, it]));
  const breaches = [
    ...gone.map((name) => breach('placement', name, 'has a place and is no table')),
    ...tables.flatMap((facts) => {
      const placement = placements[facts.table];
      if (!placement) return [breach('placement', facts.table, 'has no place')];
      return [
        ...(placement.kind === 'local' ? [] : breachesOfRows(facts)),
        ...(placement.kind === 'distributed' ? breachesOfSpread(facts, placement.column, byName.get(placement.beside)) : []),
        ...facts.references.flatMap((it) => breachOfReference(it, placement, placements)),
      ];
    }),
  ];
  return breaches.filter((it) => !Object.hasOwn(exceptions, `${it.rule} ${it.of}`));
}

/** What holds for every table that Citus places: it has to copy and move its rows, and says nothing to triggers. */
function breachesOfRows({ table, columns, keys, triggers }: TableFacts): Breach[] {
  return [
    ...(keys.some((it) => it.isPrimary) ? [] : [breach('primary-key', table, 'has no primary key: its shards cannot be moved')]),
    ...triggers.map((it) => breach('trigger', it, `is a trigger of ${table}, and Citus has none`)),
    ...columns.flatMap(({ name, draws }) => {
      const of = `${table}.${name}`;
      if (draws === 'sequence') return [breach('identity', of, 'is drawn from a sequence: out of order, and with gaps, between machines')];
      return draws === 'volatile' ? [breach('volatile-default', of, 'has a default that is another one each time')] : [];
    }),
  ];
}

function breachesOfSpread({ table, columns, keys }: TableFacts, column: string, beside: TableFacts | undefined): Breach[] {
  const spread = columns.find((it) => it.name === column);
  if (!spread) return [breach('column', table, `has no column ${column} to be spread by`)];
  const types = new Set(beside?.columns.filter((it) => it.name === column).map((it) => it.type));
  return [
    ...(spread.isNullable ? [breach('column', table, `may lack the ${column} that says where a row lies`)] : []),
    ...(types.size === 0 || types.has(spread.type)
      ? []
      : [breach('column', table, `has a ${column} of another type than ${beside?.table}, whose shards it should share`)]),
    ...keys
      .filter((it) => !it.columns.includes(column))
      .map((it) => breach('key', it.name, `is a key of ${table} without ${column}: no machine could tell whether it is taken`)),
  ];
}

/** A foreign key leads to the same machine or to what is on every machine; an ordinary table knows ordinary tables alone. */
function breachOfReference(foreign: ForeignKey, from: Placement, placements: Placements): Breach[] {
  const to = placements[foreign.to];
  if (!to) return [];
  const wrong = (says: string): Breach[] => [breach('foreign-key', foreign.name, says)];
  if (from.kind === 'local' || to.kind === 'local') {
    return from.kind === to.kind ? [] : wrong(`leads from a ${from.kind} table to ${foreign.to}, which is ${to.kind}`);
  }
  if (to.kind === 'reference') return [];
  if (from.kind === 'reference') return wrong(`leads from every machine to ${foreign.to}, which is spread`);
  if (from.beside !== to.beside) return wrong(`leads to ${foreign.to}, whose rows lie on other machines`);
  const place = foreign.columns.indexOf(from.column);
  if (place < 0 || foreign.toColumns[place] !== to.column) return wrong(`leads to ${foreign.to} without ${from.column}`);
  return foreign.changesRows ? wrong(`would change ${from.column} when the row of ${foreign.to} changes or goes`) : [];
}

function breach(rule: RuleOfDistribution, of: string, says: string): Breach {
  return { rule, of, says };
}

/** A table that Citus has placed already; tables of one `group` share their shards. */
export interface PlacedTable {
  readonly table: string;
  readonly kind: string;
  readonly column: string | null;
  readonly group: number;
}

export interface PlanOfDistribution {
  /** In the order in which they have to run: what others lead to and lie beside comes first. */
  readonly steps: readonly { readonly table: string; readonly statement: string }[];
  /** Tables that lie otherwise than they should, in words. */
  readonly conflicts: readonly string[];
}

/**
 * The statements that bring the tables to their places; none where all are there. What is placed otherwise by somebody else is told and not
 * touched: to move it is a matter of hours, and of the operator. Local tables and those without a place need no statement.
 */
export function planDistribution(
  tables: readonly Pick<TableFacts, 'table' | 'references'>[],
  placements: Placements,
  placed: readonly PlacedTable[],
): PlanOfDistribution {
  const placedAs = new Map(placed.map((it) => [it.table, it]));
  const steps: { table: string; statement: string }[] = [];
  const conflicts: string[] = [];
  // Which table of those that share their shards is there already, by the one they all lie beside.
  const present = new Map<string, string>();
  for (const { table } of placed) {
    const placement = placements[table];
    if (placement?.kind === 'distributed' && (table === placement.beside || !present.has(placement.beside)))
      present.set(placement.beside, table);
  }
  for (const table of inOrder(tables, placements)) {
    const placement = placements[table];
    if (!placement) continue;
    const found = placedAs.get(table);
    if (found) {
      const says = conflictOf(found, placement, placedAs);
      if (says !== undefined) conflicts.push(`${table} ${says}`);
    } else if (placement.kind === 'reference') {
      steps.push({ table, statement: `select create_reference_table('public.${table}')` });
    } else if (placement.kind === 'distributed') {
      const beside = present.get(placement.beside);
      const colocated = beside === undefined ? 'none' : `public.${beside}`;
      steps.push({
        table,
        statement: `select create_distributed_table('public.${table}', '${placement.column}', colocate_with => '${colocated}')`,
      });
      if (beside === undefined) present.set(placement.beside, table);
    }
  }
  return { steps, conflicts };
}

/** How a placed table differs from its place; `undefined`: not at all. */
function conflictOf(present: PlacedTable, placement: Placement, placedAs: ReadonlyMap<string, PlacedTable>): string | undefined {
  if (present.kind !== placement.kind) return `is a ${present.kind} table and should be a ${placement.kind} one`;
  if (placement.kind !== 'distributed') return undefined;
  if (present.column !== placement.column) return `is spread by ${present.column} and should be by ${placement.column}`;
  const anchor = placedAs.get(placement.beside);
  return anchor && anchor.group !== present.group ? `does not share the shards of ${placement.beside}` : undefined;
}

/** Reference tables, then those that others lie beside, then the others; each after the tables that its foreign keys lead to. */
function inOrder(tables: readonly Pick<TableFacts, 'table' | 'references'>[], placements: Placements): readonly string[] {
  const rank = (table: string): number => {
    const placement = placements[table];
    if (placement?.kind !== 'distributed') return 0;
    return placement.beside === table ? 1 : 2;
  };
  const byName = new Map(tables.map((it) => [it.table, it]));
  const met = new Set<string>();
  const ordered: string[] = [];
  const take = (facts: Pick<TableFacts, 'table' | 'references'> | undefined): void => {
    if (!facts || met.has(facts.table)) return;
    met.add(facts.table);
    for (const { to } of facts.references) take(byName.get(to));
    ordered.push(facts.table);
  };
  for (const it of tables.toSorted((a, b) => rank(a.table) - rank(b.table) || (a.table < b.table ? -1 : 1))) take(it);
  return ordered;
}

/** The oldest major version of Citus that the rules were tried on. */
const CITUS_SINCE = 13;

/** Whether a version of the extension (`13.2-1`) is older than what the rules were tried on. */
export function isTooOld(version: string): boolean {
  return !(Number.parseInt(version, 10) >= CITUS_SINCE);
}
