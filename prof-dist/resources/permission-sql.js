import { localReferenceAt, pathBits, pathNumber, VALUE_MASK } from '../fhir/search-hash.js';
import { OF_SEVERAL_PERSONS } from './category.js';
import { CONFIDENTIALITIES, coversUnmarked, marksAbove, marksUpTo } from './label.rules.js';
import { decodeId } from './resource-id.js';
/** Elements that say who made a resource, by their paths in the index. */
const AUTHOR_PATHS = [
    'performer',
    'author',
    'resultsInterpreter',
    'interpreter',
    'recorder',
    'asserter',
    'collection.collector',
    'performer.actor',
    'series.performer.actor',
];
/** A date without a time is a day of UTC in the index, and may end so much after the day that was meant, in Beijing. */
const DAY_SHIFT = "interval '8 hours'";
/** Whether the text of a statement is always the same for permissions like this one, so that it can be prepared under a name. */
export function isPreparable(permission) {
    return permission.rows === undefined;
}
/**
 * Whether a permission covers a row, as a condition of the statement itself; that the row is of the person is for the caller to say. The one
 * place where a permission becomes SQL: what it withholds is missing in totals, pages and inclusions as if it had never been.
 */
export function permittedSql(row, permission, bind) {
    const { alias, category = `${alias}.category` } = row;
    if (permission.rows) {
        const permits = permission.rows.permits.map((it) => permitSql(it, row, bind));
        const denials = permission.rows.denials.map((it) => `(${denialSql(it, row, bind)}) is not true`);
        return `(${[`${category} is distinct from '${OF_SEVERAL_PERSONS}'`, `(${permits.join(' or ') || 'false'})`, ...denials].join(' and ')})`;
    }
    // In an emergency no label is asked for; otherwise every sensitivity must have been named.
    const labels = bind(permission.basis === 'emergency' ? null : [...permission.sensitivities, ...CONFIDENTIALITIES]);
    return `((${category} = any(${bind(permission.categories)}::text[]) or (${category} is null and ${bind(permission.uncategorised)}::boolean))
    and (${alias}.labels is null or ${labels}::text[] is null or ${alias}.labels <@ ${labels}::text[]))`;
}
function permitSql(permit, row, bind) {
    const { alias, category = `${alias}.category` } = row;
    const conditions = [...permitLabelsSql(permit, `coalesce(${alias}.labels, '{}')`, bind)];
    if (permit.categories.length > 0)
        conditions.push(`${category} = any(${bind(permit.categories)}::text[])`);
    if (permit.period)
        conditions.push(...withinSql(permit.period, alias, bind));
    if (permit.data)
        conditions.push(dataSql(permit.data, alias, bind));
    return `(${conditions.join(' and ') || 'true'})`;
}
function permitLabelsSql({ highest, sensitivities, onlySensitive }, labels, bind) {
    const conditions = [];
    if (highest) {
        conditions.push(`not ${labels} && ${bind(marksAbove(highest))}::text[]`);
        if (!coversUnmarked(highest))
            conditions.push(`${labels} && ${bind(marksUpTo(highest))}::text[]`);
    }
    if (sensitivities) {
        conditions.push(`${labels} <@ ${bind([...sensitivities, ...CONFIDENTIALITIES])}::text[]`);
        if (onlySensitive)
            conditions.push(`${labels} && ${bind(sensitivities)}::text[]`);
    }
    return conditions;
}
/** What has no date is not known to lie within. */
function withinSql({ from, until }, alias, bind) {
    const conditions = [`${alias}.effective_from is not null`];
    if (from)
        conditions.push(`${alias}.effective_from >= ${bind(from)}::timestamptz`);
    if (until) {
        const end = `${bind(until)}::timestamptz`;
        conditions.push(`${alias}.effective_from < ${end}`, `${alias}.effective_until is not null`);
        conditions.push(`${alias}.effective_until <= ${end} + ${DAY_SHIFT}`);
    }
    return conditions;
}
/** A denial is about everything that may be meant: what belongs to no category, what has no date, what was deleted. */
function denialSql(denial, row, bind) {
    const { alias, category = `${alias}.category` } = row;
    const conditions = [];
    if (denial.categories.length > 0)
        conditions.push(`(${category} is null or ${category} = any(${bind(denial.categories)}::text[]))`);
    if (denial.period)
        conditions.push(...touchesSql(denial.period, alias, bind));
    if (denial.atLeast || denial.sensitivities.length > 0)
        conditions.push(denialLabelsSql(denial, `coalesce(${alias}.labels, '{}')`, bind));
    if (denial.data)
        conditions.push(`(${alias}.deleted or ${dataSql(denial.data, alias, bind)})`);
    for (const exception of denial.except)
        conditions.push(`${permitSql(exception, row, bind)} is not true`);
    return conditions.join(' and ') || 'true';
}
function denialLabelsSql({ atLeast, sensitivities }, labels, bind) {
    const ways = [];
    if (atLeast) {
        ways.push(`${labels} && ${bind([atLeast, ...marksAbove(atLeast)])}::text[]`);
        // What carries no mark counts as normal.
        if (marksUpTo('N').includes(atLeast))
            ways.push(`not ${labels} && ${bind(CONFIDENTIALITIES)}::text[]`);
    }
    if (sensitivities.length > 0)
        ways.push(`${labels} && ${bind(sensitivities)}::text[]`);
    return `(${ways.join(' or ')})`;
}
function touchesSql({ from, until }, alias, bind) {
    const conditions = [];
    if (from)
        conditions.push(`(${alias}.effective_until is null or ${alias}.effective_until > ${bind(from)}::timestamptz)`);
    if (until)
        conditions.push(`(${alias}.effective_from is null or ${alias}.effective_from < ${bind(until)}::timestamptz)`);
    return conditions;
}
/** Whether a row is, or belongs to a report that is, one of the resources named, refers to it or was made by it. */
function dataSql(data, alias, bind) {
    const ways = [];
    const named = data.filter((it) => it.kind !== 'authoredby').flatMap((it) => decodeId(it.id) ?? []);
    if (named.length > 0) {
        const keys = `(select * from unnest(${bind(named.map((it) => it.person))}::bigint[], ${bind(named.map((it) => it.id))}::bigint[]))`;
        ways.push(`(${alias}.person, ${alias}.id) in ${keys}`, `(${alias}.person, ${alias}.report) in ${keys}`);
    }
    const institutions = data.flatMap((it) => (it.kind === 'authoredby' && it.institution !== undefined ? [it.institution] : []));
    if (institutions.length > 0)
        ways.push(`${alias}.institution = any(${bind(institutions)}::integer[])`);
    const related = data.filter((it) => it.kind === 'related').flatMap((it) => localReferenceAt(0, it.type, it.id) ?? []);
    if (related.length > 0) {
        const values = `${bind(related)}::bigint[]`;
        ways.push(ofReportSql(alias, (it) => `exists (select from unnest(${it}.tokens) as x(t) where x.t & ${bind(VALUE_MASK)}::bigint = any(${values}))`));
    }
    const authors = data.filter((it) => it.kind === 'authoredby').flatMap(authorTokens);
    if (authors.length > 0)
        ways.push(ofReportSql(alias, (it) => `${it}.tokens && ${bind(authors)}::bigint[]`));
    return `(${ways.join(' or ') || 'false'})`;
}
function authorTokens({ type, id }) {
    const value = localReferenceAt(0, type, id);
    return value === undefined ? [] : AUTHOR_PATHS.map((it) => BigInt.asIntN(64, pathBits(pathNumber(it)) | BigInt(value)));
}
/** What holds of a row, or of the report it belongs to. */
function ofReportSql(alias, holds) {
    const report = `${alias}p`;
    return `(${holds(alias)} or exists (select from resources ${report} where ${report}.person = ${alias}.person and ${report}.id = ${alias}.report
    and ${alias}.report <> ${alias}.id and ${holds(report)}))`;
}
