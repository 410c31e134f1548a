import { readFileSync } from 'node:fs';
let published;
let loaded = {};
const byType = new Map();
const afterLoading = [];
/** Every parameter a search on this type may name, by name: those of R4, and those of the packages that are loaded. */
export function searchParametersOf(type) {
    return [...tableOf(type).values()];
}
/** The parameter of this name; `undefined` where the type has none. */
export function searchParameter(type, name) {
    return tableOf(type).get(name);
}
/** Replaces the parameters that packages bring along. */
export function replaceLoaded(table) {
    loaded = table;
    byType.clear();
    for (const it of afterLoading)
        it();
}
/** Runs whenever the parameters change, for what is made of them and kept. */
export function onLoading(forget) {
    afterLoading.push(forget);
}
/** The parameters of R4 alone. */
export function publishedParameters(type) {
    published ??= readTable();
    return [...(published['Resource'] ?? []), ...(Object.hasOwn(published, type) ? (published[type] ?? []) : [])];
}
function tableOf(type) {
    const known = byType.get(type);
    if (known)
        return known;
    const table = new Map([...publishedParameters(type), ...(loaded[type] ?? [])].map((it) => [it.name, it]));
    byType.set(type, table);
    return table;
}
function readTable() {
    const rows = JSON.parse(readFileSync(new URL('search-parameters.json', import.meta.url), 'utf8'));
    const parameterOf = (row) => ({ paths: [], targets: [], groups: [], multipleOr: true, multipleAnd: true, ...row });
    return Object.fromEntries(Object.entries(rows).map(([type, list]) => [type, list.map(parameterOf)]));
}
