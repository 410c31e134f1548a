import { statementName } from '../database/statement-name.js';
import { isObject, referenceOf } from '../fhir/element.js';
import { linksOf } from '../fhir/reference.js';
import { RESOURCE_TYPES } from '../fhir/resource-types.js';
import { pathBits, referenceAt, VALUE_MASK } from '../fhir/search-hash.js';
import { allows } from '../security/scope.rules.js';
import { PAGE_BYTES_MAX } from './find-matches.js';
import { isOfPerson } from './person-paths.js';
import { foundText } from './resource.queries.js';
import { decodeId, encodeId } from './resource-id.js';
import { textsOf } from './texts-of.js';
import { visibleSql } from './visible-sql.js';
const ROUNDS_MAX = 5;
export const INCLUDED_MAX = 1_000;
/**
 * What `_include` and `_revinclude` bring along (R4, 3.1.1.5.4): one statement a round; after the first round only `:iterate` goes on. Each
 * resource comes once, the matches themselves not again, and nothing that the caller may not see or has no scope for.
 */
export async function findInclusions(reader, caller, reach, inclusions, matches) {
    const types = [...RESOURCE_TYPES].filter((it) => allows(caller.scopes, `system/${it}.r`) || allows(caller.scopes, `system/${it}.s`));
    const known = new Set(matches.map(encodeId));
    const rows = [];
    let bytes = 0;
    let sources = matches;
    for (let round = 0; round < ROUNDS_MAX && sources.length > 0; round++) {
        const asked = round === 0 ? inclusions : inclusions.filter((it) => it.iterate);
        const found = await findRound(reader, { types, reach }, asked, sources, known, INCLUDED_MAX - rows.length + 1);
        const fresh = [];
        for (const row of found) {
            bytes += Buffer.byteLength(row.content ?? '');
            if (rows.length === INCLUDED_MAX || bytes > PAGE_BYTES_MAX || row.content === null)
                return { rows, isCut: true };
            known.add(encodeId(row));
            rows.push(row);
            fresh.push(row);
        }
        sources = fresh;
    }
    return { rows, isCut: sources.length > 0 && inclusions.some((it) => it.iterate && isAskedOf(it, sources)) };
}
function isAskedOf(inclusion, sources) {
    return inclusion.kind === 'revinclude' || sources.some((it) => isOfType(it.type, inclusion.source));
}
async function findRound(reader, { types, reach }, inclusions, sources, known, limit) {
    const values = [];
    const bind = (it) => `$${values.push(it)}`;
    const referred = followed(inclusions, sources).filter((it) => !known.has(encodeId(it)));
    const ways = inclusions.flatMap((it) => it.kind === 'revinclude'
        ? referringSql(it, sources, bind).map((sql) => `${sql} and ${visibleSql('r', reach, bind, it.source === '*' ? {} : { types: [it.source] })}`)
        : []);
    if (referred.length > 0) {
        ways.push(`(r.person, r.id, r.type) in (select * from unnest(
      ${bind(referred.map((it) => it.person))}::bigint[], ${bind(referred.map((it) => it.id))}::bigint[], ${bind(referred.map((it) => it.type))}::text[]))
      and r.person = any(${bind([...new Set(referred.map((it) => it.person))])}::bigint[]) and ${visibleSql('r', reach, bind, { isPlaced: true })}`);
    }
    if (ways.length === 0)
        return [];
    const seen = [...known].flatMap((it) => decodeId(it) ?? []);
    const condition = `not r.deleted and r.type = any(${bind(types)}::text[])
      and (r.person, r.id) not in (select * from unnest(${bind(seen.map((it) => it.person))}::bigint[], ${bind(seen.map((it) => it.id))}::bigint[]))`;
    const text = `with found as materialized (
             select person, id, type, version
               from (${ways.map((it) => `select r.person, r.id, r.type, r.version from resources r where ${it} and ${condition}`).join(' union ')}) as u
              order by person, id limit ${limit}),
           texts as (
             select f.*, sum(octet_length(f.content)) over (order by f.person, f.id) as bytes from (${textsOf('found', ['type'])}) f)
           select person, id, type, version, case when bytes <= ${PAGE_BYTES_MAX} then content end as content from texts order by person, id`;
    const { rows } = await reader.$client.query({ name: statementName(text), text, values });
    return rows.map((it) => foundText(it));
}
/** Where a row of `resources` refers to one of the sources. */
function referringSql(inclusion, sources, bind) {
    const { source, numbers, target } = inclusion;
    const targets = sources.filter((it) => target === undefined || it.type === target);
    if (targets.length === 0)
        return [];
    const conditions = source === '*' ? [] : [`r.type = ${bind(source)}`];
    if (numbers === undefined) {
        const wanted = targets.map((it) => BigInt(referenceAt(0, it.type, it.person, it.id)));
        conditions.push(`exists (select from unnest(r.tokens) as x(token) where x.token & ${bind(VALUE_MASK)}::bigint = any(${bind(wanted)}::bigint[]))`);
    }
    else {
        const wanted = targets.flatMap((it) => {
            const value = BigInt(referenceAt(0, it.type, it.person, it.id));
            return numbers.map((number) => pathBits(number) | value);
        });
        conditions.push(`r.tokens && ${bind(wanted)}::bigint[]`);
        if (isOfPerson(source, numbers) && targets.every((it) => it.type === 'Patient')) {
            conditions.push(`r.person = any(${bind([...new Set(targets.map((it) => it.person))])}::bigint[])`);
        }
    }
    return [conditions.join(' and ')];
}
/** What the sources refer to at the elements that are asked for. */
function followed(inclusions, sources) {
    const includes = inclusions.filter((it) => it.kind === 'include');
    const found = new Map();
    for (const { type, content } of sources) {
        const asked = includes.filter((it) => isOfType(type, it.source));
        if (asked.length === 0 || content === null)
            continue;
        const resource = JSON.parse(content);
        for (const { paths, target } of asked) {
            for (const text of paths === undefined ? referencesIn(resource) : paths.flatMap((it) => referencesAt(resource, it))) {
                const referred = readLocal(text);
                if (referred && (target === undefined || referred.type === target))
                    found.set(text, referred);
            }
        }
    }
    return [...found.values()];
}
function isOfType(type, wanted) {
    return wanted === '*' || wanted === type;
}
function referencesIn(resource) {
    return linksOf(resource).flatMap((it) => (it.kind === 'reference' ? [it.value] : []));
}
function referencesAt(resource, path) {
    const values = path.reduce((holders, name) => holders.filter(isObject).flatMap((it) => {
        const value = it[name];
        return value === undefined ? [] : Array.isArray(value) ? value : [value];
    }), [resource]);
    return values.flatMap((it) => (typeof it === 'string' ? it : (referenceOf(it) ?? [])));
}
function readLocal(reference) {
    const [, type, id] = /^([A-Z][A-Za-z]+)\/([0-9a-f]{32})(?:\/_history\/.+)?$/.exec(reference) ?? [];
    const key = id === undefined ? undefined : decodeId(id);
    return key && type !== undefined ? { ...key, type } : undefined;
}
