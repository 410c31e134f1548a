import { pathBits, referenceAt, typeBits, VALUE_MASK } from '../fhir/search-hash.js';
import { parsedSql } from './content-sql.js';
import { isOfPerson } from './person-paths.js';
import { decodeId } from './resource-id.js';
import { visibleSql } from './visible-sql.js';
/**
 * A condition on a row of `resources` as SQL, every value bound. It means what `holds` of `fhir/search-holds.ts` means; what a chain leads to
 * and what `_has` comes from is looked for among what the caller may see.
 */
export function conditionSql(condition, alias, scope) {
    const { bind } = scope;
    switch (condition.kind) {
        case 'all':
            return joined(condition.of, 'and', 'true', alias, scope);
        case 'any':
            return joined(condition.of, 'or', 'false', alias, scope);
        case 'not':
            // What is unknown holds as little as what is false.
            return `((${conditionSql(condition.of, alias, scope)}) is not true)`;
        case 'token':
            return tokenSql(condition.tokens, alias, scope);
        case 'present':
            return presentSql(condition.paths, alias, scope);
        case 'range':
            return rangeSql(condition, alias, bind);
        case 'time':
            return timeSql(condition, alias, bind);
        case 'text': {
            const pattern = `${condition.path}:${condition.match === 'contains' ? '%' : ''}${escapeLike(condition.text)}%`;
            return `exists (select from unnest(${alias}.texts) as x(text) where x.text like ${bind(pattern)})`;
        }
        case 'display':
            return `exists (select from (select content from version_texts x
                 where x.person = ${alias}.person and x.id = ${alias}.id and x.version = ${alias}.version offset 0) x
                where jsonb_path_exists(${parsedSql('x.content')}, ${bind(displayPath(condition.path, condition.text))}::jsonpath))`;
        case 'id': {
            const keys = condition.ids.flatMap((it) => decodeId(it) ?? []);
            if (keys.length === 0)
                return 'false';
            const [persons, ids] = [bind(keys.map((it) => it.person)), bind(keys.map((it) => it.id))];
            return `(${alias}.person = any(${persons}::bigint[]) and (${alias}.person, ${alias}.id) in (select * from unnest(${persons}::bigint[], ${ids}::bigint[])))`;
        }
        case 'chain':
            return chainSql(condition, alias, scope);
        case 'has':
            return hasSql(condition, alias, scope);
    }
}
/** Every type that a condition looks at beside the one searched. */
export function typesAskedBy(condition) {
    switch (condition.kind) {
        case 'all':
        case 'any':
            return condition.of.flatMap(typesAskedBy);
        case 'not':
            return typesAskedBy(condition.of);
        case 'chain':
        case 'has':
            return [condition.type, ...typesAskedBy(condition.condition)];
        default:
            return [];
    }
}
/** The value of a reference to the row: what `referenceAt` makes of it, without the path. */
function referenceSql(alias, type, bind) {
    return `((${alias}.person # ${alias}.id # ${bind(typeBits(type))}::bigint) & ${bind(VALUE_MASK)}::bigint)`;
}
function joined(of, by, empty, alias, scope) {
    return of.length === 0 ? empty : `(${of.map((it) => conditionSql(it, alias, scope)).join(` ${by} `)})`;
}
/** Where a Patient is among the tokens, all Patients of the same human being are meant: other institutions refer to their own. */
function tokenSql(tokens, alias, { bind, named }) {
    if (tokens.length === 0)
        return 'false';
    const given = `${bind(tokens)}::bigint[]`;
    const meant = tokens.flatMap((token) => {
        const value = BigInt(token) & VALUE_MASK;
        const found = named.find(({ patient }) => BigInt(referenceAt(0, 'Patient', patient.person, patient.id)) === value);
        return found ? [{ path: (BigInt(token) ^ value).toString(), keys: found.keys }] : [];
    });
    if (meant.length === 0)
        return `${alias}.tokens && ${given}`;
    const keys = [...new Set(meant.flatMap((it) => it.keys))];
    const paths = [...new Set(meant.map((it) => it.path))];
    return `${alias}.tokens && (${given} || array(
            select p.path | ${referenceSql('k', 'Patient', bind)} from resources k cross join unnest(${bind(paths)}::bigint[]) as p(path)
             where k.person = any(${bind(keys)}::bigint[]) and k.type = 'Patient'))`;
}
function presentSql(paths, alias, { bind }) {
    const ways = [
        // The shift keeps the sign, so that a path above 2^15 is a negative number.
        `exists (select from unnest(${alias}.tokens) as x(token) where x.token >> 48 = any(${bind(paths.map((it) => BigInt.asIntN(16, BigInt(it))))}::bigint[]))`,
        `exists (select from generate_subscripts(${alias}.ranges, 1) as x(n) where ${alias}.ranges[x.n][1] = any(${bind(paths)}::numeric[]))`,
        `exists (select from unnest(${alias}.texts) as x(text) where split_part(x.text, ':', 1) = any(${bind(paths.map(String))}::text[]))`,
    ];
    return `(${ways.join(' or ')})`;
}
function rangeSql({ key, bounds, units }, alias, bind) {
    const at = (place) => `${alias}.ranges[x.n][${place}]`;
    const compare = ({ end, is, value }) => `${at(end === 'low' ? 2 : 3)} ${is} ${bind(value)}::numeric`;
    const conditions = [`${at(1)} = ${bind(key)}::numeric`, ...bounds.map(compare)];
    if (units)
        conditions.push(`array[${at(4)}, ${at(5)}, ${at(6)}] && ${bind(units)}::numeric[]`);
    return `exists (select from generate_subscripts(${alias}.ranges, 1) as x(n) where ${conditions.join(' and ')})`;
}
/** An end that is not there lies infinitely far away; without either there is no time at all. */
function timeSql({ of, bounds }, alias, bind) {
    const conditions = bounds.map(({ end, is, value }) => {
        const at = `${bind(value)}::timestamptz`;
        // A version is written at one moment of a millisecond.
        if (of === 'updated')
            return `${alias}.recorded_at ${end === 'low' ? '' : "+ interval '1 millisecond' "}${is} ${at}`;
        const [column, other] = end === 'low' ? ['effective_from', 'effective_until'] : ['effective_until', 'effective_from'];
        const isOpenFulfils = end === 'low' ? is.startsWith('<') : is.startsWith('>');
        const compared = `${alias}.${column} ${is} ${at}`;
        return isOpenFulfils ? `(${compared} or (${alias}.${column} is null and ${alias}.${other} is not null))` : compared;
    });
    if (conditions.length > 0)
        return `(${conditions.join(' and ')})`;
    return of === 'updated' ? 'true' : `(${alias}.effective_from is not null or ${alias}.effective_until is not null)`;
}
function chainSql({ paths, type, condition }, alias, scope) {
    const { bind, persons } = scope;
    const target = `${alias}c`;
    if (type === 'Patient' && isOfPerson(scope.type, paths)) {
        // The resource is in the compartment of the Patient it refers to: found by the person, however many Patients there are.
        const inner = { ...scope, type };
        const references = paths.map((it) => `${bind(pathBits(it))}::bigint | ${referenceSql(target, type, bind)}`);
        const exists = `exists (select from resources ${target} where ${target}.person = ${alias}.person and ${target}.type = 'Patient'
              and ${alias}.tokens && array[${references.join(', ')}] and ${meetsSql(condition, target, inner, true)})`;
        if (persons)
            return exists;
        // Looked for once among all Patients that may be seen, so that their resources are found by the person.
        const everyone = `select ${target}.person from resources ${target} where ${target}.type = 'Patient' and ${meetsSql(condition, target, inner, false)}`;
        return `(${alias}.person = any(array(${everyone})) and ${exists})`;
    }
    const inner = { ...scope, type, persons: undefined };
    return `${alias}.tokens && array(
            select p.path | ${referenceSql(target, type, bind)} from resources ${target} cross join unnest(${bind(paths.map(pathBits))}::bigint[]) as p(path)
             where ${target}.type = ${bind(type)} and ${meetsSql(condition, target, inner, false)})`;
}
/** The row is there, may be seen and fulfils the condition; of Patients it is enough that one of the same human being, whom the request names, does. */
function meetsSql(condition, alias, scope, isPlaced) {
    const { bind, reach, type } = scope;
    const seen = (row, isThere) => `not ${row}.deleted and ${visibleSql(row, reach, bind, { types: [type], isPlaced: isThere })}`;
    const meets = `${seen(alias, isPlaced)} and ${conditionSql(condition, alias, scope)}`;
    const groups = type === 'Patient' ? reach.persons : [];
    if (groups.length === 0)
        return meets;
    const same = `${alias}s`;
    const keys = bind(groups.flatMap((it) => it.keys));
    const numbers = bind(groups.flatMap((it, index) => it.keys.map(() => index)));
    const group = (name) => `unnest(${keys}::bigint[], ${numbers}::integer[]) as ${name}(person, number)`;
    return `(${meets} or ${alias}.person = any(array(
            select f.person from resources ${same} join ${group('g')} on g.person = ${same}.person join ${group('f')} on f.number = g.number
             where ${same}.person = any(${keys}::bigint[]) and ${same}.type = 'Patient' and ${seen(same, true)}
               and ${conditionSql(condition, same, scope)})))`;
}
function hasSql({ paths, type, condition }, alias, scope) {
    const { bind, reach } = scope;
    const source = `${alias}h`;
    const reference = referenceSql(alias, scope.type, bind);
    const seen = (isPlaced) => `${source}.type = ${bind(type)} and not ${source}.deleted and ${visibleSql(source, reach, bind, { types: [type], isPlaced })}`;
    if (scope.type === 'Patient' && isOfPerson(type, paths)) {
        const references = paths.map((it) => `${bind(pathBits(it))}::bigint | ${reference}`);
        return `exists (select from resources ${source} where ${source}.person = ${alias}.person and ${seen(true)}
              and ${source}.tokens && array[${references.join(', ')}] and ${conditionSql(condition, source, { ...scope, type })})`;
    }
    return `${reference} in (
            select t.token & ${bind(VALUE_MASK)}::bigint from resources ${source} cross join unnest(${source}.tokens) as t(token)
             where ${seen(false)} and t.token >> 48 = any(${bind(paths.map((it) => BigInt.asIntN(16, BigInt(it))))}::bigint[])
               and ${conditionSql(condition, source, { ...scope, type, persons: undefined })})`;
}
function escapeLike(text) {
    return text.replace(/[\\%_]/g, '\\$&');
}
/** Whether the words of a coded value, of its codings or of its type begin with the text. */
function displayPath(path, text) {
    const begins = `like_regex ${JSON.stringify(`^${text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')}`)} flag "i"`;
    const words = ['text', 'display', 'coding.display', 'type.text', 'type.coding.display'];
    return `lax $${path.map((it) => `.${JSON.stringify(it)}`).join('')} ? (${words.map((it) => `@.${it} ${begins}`).join(' || ')})`;
}
