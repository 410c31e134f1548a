import { evalFhirPathTyped, parseFhirPath } from '@medplum/core';
const expressions = new Map();
/** Profiles bring their own; more than this many are read anew each time. */
const EXPRESSIONS_MAX = 5_000;
/** Functions that the library does not have, or that ask for what is not at hand: a server, a terminology, another profile. */
const UNDECIDABLE = /\b(resolve|conformsTo|memberOf|htmlChecks|descendants|subsumes|subsumedBy|elementDefinition|checkModifiers)\s*\(/;
/**
 * Whether a value keeps a rule written in FHIRPath; `undefined` when nobody here can tell: the expression asks for what is not at hand, or
 * the library cannot evaluate it. Nobody is refused for that.
 *
 * `type` is the value's type, `place` where it stands.
 */
export function holdsByExpression(expression, value, type, place) {
    const read = readExpression(expression);
    if (!read)
        return undefined;
    try {
        const [first, ...more] = evalFhirPathTyped(read, [{ type, value }], {
            '%context': { type, value },
            '%resource': typed(place.resource),
            '%rootResource': typed(place.root),
            '%ucum': { type: 'string', value: 'http://unitsofmeasure.org' },
        });
        return more.length === 0 && first?.value === true;
    }
    catch {
        return undefined;
    }
}
function typed(resource) {
    return { type: String(resource['resourceType']), value: resource };
}
function readExpression(expression) {
    if (expressions.has(expression))
        return expressions.get(expression);
    let read;
    try {
        if (!UNDECIDABLE.test(expression))
            read = parseFhirPath(expression);
    }
    catch {
        read = undefined;
    }
    if (expressions.size < EXPRESSIONS_MAX)
        expressions.set(expression, read);
    return read;
}
