/** What names one patient, or one resource: whoever searches by it finds it through an index. */
const NARROW = new Set(['patient', 'subject', '_id', 'identifier', 'encounter', 'based-on', 'result', 'beneficiary']);

/**
 * Whether a search goes over many patients, so that it may take long: none of its parameters names a patient or a resource. A page that follows
 * goes with the former ones' words, which are sealed, and counts as one of many. `isShared`: of the directory, which is small.
 */
export function isBroadSearch(pairs: readonly (readonly [name: string, value: string])[], isShared: boolean): boolean {
  return !isShared && !pairs.some(([name, value]) => isNarrow(name, value));
}

/** By the parameter itself or with the type of what it names, and a value behind its system. A chain goes through all there are, `:not` leaves out one. */
function isNarrow(name: string, value: string): boolean {
  const [parameter = '', modifier, ...rest] = name.split(':');
  const isNamed = NARROW.has(parameter) && rest.length === 0 && (modifier === undefined || /^[A-Z][A-Za-z]+$/.test(modifier));
  return isNamed && value.split(',').every((it) => it !== '' && !it.endsWith('|'));
}
