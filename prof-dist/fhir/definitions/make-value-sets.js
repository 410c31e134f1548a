/** The codes of each value set by system; those with codes beyond number (mime types, currencies, units) are left out. */
export function codesOf(urls, read) {
    const known = new Map();
    for (const file of ['v2-tables.json', 'v3-codesystems.json', 'valuesets.json']) {
        for (const it of resourcesOf(read(file)))
            known.set(`${it.resourceType} ${it.url}`, it);
    }
    const found = new Map();
    for (const url of [...urls].sort()) {
        const codes = new Map();
        if (collect(url, known, codes))
            found.set(url, Object.fromEntries([...codes].map(([system, its]) => [system, [...its].sort()])));
    }
    return found;
}
function collect(url, known, codes) {
    const compose = known.get(`ValueSet ${url}`)?.compose;
    if (!compose || compose.exclude)
        return false;
    return compose.include.every(({ system, concept, filter, valueSet }) => {
        if (filter || (valueSet && system))
            return false;
        if (valueSet)
            return valueSet.length === 1 && collect(valueSet[0]?.replace(/\|.*$/, '') ?? '', known, codes);
        const codeSystem = known.get(`CodeSystem ${system}`);
        const listed = concept ?? (codeSystem?.content === 'complete' ? flattened(codeSystem.concept ?? []) : undefined);
        if (!listed || !system)
            return false;
        const its = codes.get(system) ?? new Set();
        codes.set(system, its);
        for (const { code } of listed)
            its.add(code);
        return true;
    });
}
function flattened(concepts) {
    return concepts.flatMap((it) => [it, ...flattened(it.concept ?? [])]);
}
/** The resources of a file, which is a Bundle. */
export function resourcesOf(bundle) {
    return bundle.entry.map((it) => it.resource);
}
