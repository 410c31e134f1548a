/** Reads one file of the published definitions of FHIR R4 (4.0.1), such as `profiles-types.json`. */
export type ReadDefinitions = (file: string) => unknown;

interface ConceptSource {
  readonly code: string;
  readonly concept?: readonly ConceptSource[];
}

interface TerminologySource {
  readonly resourceType: string;
  readonly url: string;
  readonly content?: string;
  readonly concept?: readonly ConceptSource[];
  readonly compose?: { readonly include: readonly IncludeSource[]; readonly exclude?: readonly IncludeSource[] };
}

interface IncludeSource {
  readonly system?: string;
  readonly concept?: readonly { readonly code: string }[];
  readonly filter?: readonly unknown[];
  readonly valueSet?: readonly string[];
}

/** The codes of each value set by system; those with codes beyond number (mime types, currencies, units) are left out. */
export function codesOf(urls: ReadonlySet<string>, read: ReadDefinitions): ReadonlyMap<string, object> {
  const known = new Map<string, TerminologySource>();
  for (const file of ['v2-tables.json', 'v3-codesystems.json', 'valuesets.json']) {
    for (const it of resourcesOf(read(file)) as readonly TerminologySource[]) known.set(`${it.resourceType} ${it.url}`, it);
  }
  const found = new Map<string, object>();
  for (const url of [...urls].sort()) {
    const codes = new Map<string, Set<string>>();
    if (collect(url, known, codes)) found.set(url, Object.fromEntries([...codes].map(([system, its]) => [system, [...its].sort()])));
  }
  return found;
}

function collect(url: string, known: ReadonlyMap<string, TerminologySource>, codes: Map<string, Set<string>>): boolean {
  const compose = known.get(`ValueSet ${url}`)?.compose;
  if (!compose || compose.exclude) return false;
  return compose.include.every(({ system, concept, filter, valueSet }) => {
    if (filter || (valueSet && system)) return false;
    if (valueSet) return valueSet.length === 1 && collect(valueSet[0]?.replace(/\|.*$/, '') ?? '', known, codes);
    const codeSystem = known.get(`CodeSystem ${system}`);
    const listed = concept ?? (codeSystem?.content === 'complete' ? flattened(codeSystem.concept ?? []) : undefined);
    if (!listed || !system) return false;
    const its = codes.get(system) ?? new Set();
    codes.set(system, its);
    for (const { code } of listed) its.add(code);
    return true;
  });
}

function flattened(concepts: readonly ConceptSource[]): readonly ConceptSource[] {
  return concepts.flatMap((it) => [it, ...flattened(it.concept ?? [])]);
}

/** The resources of a file, which is a Bundle. */
export function resourcesOf(bundle: unknown): readonly unknown[] {
  return (bundle as { readonly entry: readonly { readonly resource: unknown }[] }).entry.map((it) => it.resource);
}
