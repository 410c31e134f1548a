/**
 * Everything in these tables that would keep Citus from placing them, or would mean something else once they are placed (tried on Citus 13.2).
 * `exceptions` are named `<rule> <of>`. The answer is empty where nothing is broken.
 */
export function breachesOf(tables, placements, exceptions) {
    const gone = Object.keys(placements).filter((name) => !tables.some((it) => it.table === name));
    const byName = new Map(tables.map((it) => [it.table, it]));
    const breaches = [
        ...gone.map((name) => breach('placement', name, 'has a place and is no table')),
        ...tables.flatMap((facts) => {
            const placement = placements[facts.table];
            if (!placement)
                return [breach('placement', facts.table, 'has no place')];
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
function breachesOfRows({ table, columns, keys, triggers }) {
    return [
        ...(keys.some((it) => it.isPrimary) ? [] : [breach('primary-key', table, 'has no primary key: its shards cannot be moved')]),
        ...triggers.map((it) => breach('trigger', it, `is a trigger of ${table}, and Citus has none`)),
        ...columns.flatMap(({ name, draws }) => {
            const of = `${table}.${name}`;
            if (draws === 'sequence')
                return [breach('identity', of, 'is drawn from a sequence: out of order, and with gaps, between machines')];
            return draws === 'volatile' ? [breach('volatile-default', of, 'has a default that is another one each time')] : [];
        }),
    ];
}
function breachesOfSpread({ table, columns, keys }, column, beside) {
    const spread = columns.find((it) => it.name === column);
    if (!spread)
        return [breach('column', table, `has no column ${column} to be spread by`)];
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
function breachOfReference(foreign, from, placements) {
    const to = placements[foreign.to];
    if (!to)
        return [];
    const wrong = (says) => [breach('foreign-key', foreign.name, says)];
    if (from.kind === 'local' || to.kind === 'local') {
        return from.kind === to.kind ? [] : wrong(`leads from a ${from.kind} table to ${foreign.to}, which is ${to.kind}`);
    }
    if (to.kind === 'reference')
        return [];
    if (from.kind === 'reference')
        return wrong(`leads from every machine to ${foreign.to}, which is spread`);
    if (from.beside !== to.beside)
        return wrong(`leads to ${foreign.to}, whose rows lie on other machines`);
    const place = foreign.columns.indexOf(from.column);
    if (place < 0 || foreign.toColumns[place] !== to.column)
        return wrong(`leads to ${foreign.to} without ${from.column}`);
    return foreign.changesRows ? wrong(`would change ${from.column} when the row of ${foreign.to} changes or goes`) : [];
}
function breach(rule, of, says) {
    return { rule, of, says };
}
/**
 * The statements that bring the tables to their places; none where all are there. What is placed otherwise by somebody else is told and not
 * touched: to move it is a matter of hours, and of the operator. Local tables and those without a place need no statement.
 */
export function planDistribution(tables, placements, placed) {
    const placedAs = new Map(placed.map((it) => [it.table, it]));
    const steps = [];
    const conflicts = [];
    // Which table of those that share their shards is there already, by the one they all lie beside.
    const present = new Map();
    for (const { table } of placed) {
        const placement = placements[table];
        if (placement?.kind === 'distributed' && (table === placement.beside || !present.has(placement.beside)))
            present.set(placement.beside, table);
    }
    for (const table of inOrder(tables, placements)) {
        const placement = placements[table];
        if (!placement)
            continue;
        const found = placedAs.get(table);
        if (found) {
            const says = conflictOf(found, placement, placedAs);
            if (says !== undefined)
                conflicts.push(`${table} ${says}`);
        }
        else if (placement.kind === 'reference') {
            steps.push({ table, statement: `select create_reference_table('public.${table}')` });
        }
        else if (placement.kind === 'distributed') {
            const beside = present.get(placement.beside);
            const colocated = beside === undefined ? 'none' : `public.${beside}`;
            steps.push({
                table,
                statement: `select create_distributed_table('public.${table}', '${placement.column}', colocate_with => '${colocated}')`,
            });
            if (beside === undefined)
                present.set(placement.beside, table);
        }
    }
    return { steps, conflicts };
}
/** How a placed table differs from its place; `undefined`: not at all. */
function conflictOf(present, placement, placedAs) {
    if (present.kind !== placement.kind)
        return `is a ${present.kind} table and should be a ${placement.kind} one`;
    if (placement.kind !== 'distributed')
        return undefined;
    if (present.column !== placement.column)
        return `is spread by ${present.column} and should be by ${placement.column}`;
    const anchor = placedAs.get(placement.beside);
    return anchor && anchor.group !== present.group ? `does not share the shards of ${placement.beside}` : undefined;
}
/** Reference tables, then those that others lie beside, then the others; each after the tables that its foreign keys lead to. */
function inOrder(tables, placements) {
    const rank = (table) => {
        const placement = placements[table];
        if (placement?.kind !== 'distributed')
            return 0;
        return placement.beside === table ? 1 : 2;
    };
    const byName = new Map(tables.map((it) => [it.table, it]));
    const met = new Set();
    const ordered = [];
    const take = (facts) => {
        if (!facts || met.has(facts.table))
            return;
        met.add(facts.table);
        for (const { to } of facts.references)
            take(byName.get(to));
        ordered.push(facts.table);
    };
    for (const it of tables.toSorted((a, b) => rank(a.table) - rank(b.table) || (a.table < b.table ? -1 : 1)))
        take(it);
    return ordered;
}
/** The oldest major version of Citus that the rules were tried on. */
const CITUS_SINCE = 13;
/** Whether a version of the extension (`13.2-1`) is older than what the rules were tried on. */
export function isTooOld(version) {
    return !(Number.parseInt(version, 10) >= CITUS_SINCE);
}
