import { searchParameter } from './definitions/search-parameters.js';
import { nameParts } from './search-criterion.js';
import { namedResource } from './search-reference.js';
import { alternativesOf, partsOf, plain } from './search-words.js';
/** Parameters by which a search says whom it is about. */
const ABOUT = new Set(['patient', 'subject']);
/**
 * Whom a criterion that was read already names: Patients by id or by identifier with its system. `undefined` where it names nobody, or says
 * who is not meant.
 */
export function subjectsOf(type, name, value, { base, now }) {
    const { parameter: parameterName, modifier, chained } = nameParts(name);
    if (type === 'Patient' && modifier === undefined && chained === undefined) {
        if (parameterName === '_id')
            return { ids: alternativesOf(name, value).map(plain), identifiers: [] };
        return parameterName === 'identifier' ? byIdentifier(name, value) : undefined;
    }
    const parameter = searchParameter(type, parameterName);
    if (!parameter || !ABOUT.has(parameterName) || !parameter.targets.includes('Patient'))
        return undefined;
    if (modifier !== undefined && modifier !== 'Patient' && (modifier !== 'identifier' || chained !== undefined))
        return undefined;
    if (chained === 'identifier' || modifier === 'identifier')
        return byIdentifier(name, value);
    if (chained === '_id')
        return { ids: alternativesOf(name, value).map(plain), identifiers: [] };
    if (chained !== undefined)
        return undefined;
    const targets = modifier === undefined ? parameter.targets : [modifier];
    const subject = { type, name, paths: parameter.paths, targets, base, now };
    const ids = alternativesOf(name, value).flatMap((it) => {
        const named = namedResource(subject, plain(it));
        return named?.type === 'Patient' ? [named.id] : [];
    });
    return ids.length > 0 ? { ids, identifiers: [] } : undefined;
}
function byIdentifier(name, text) {
    const identifiers = alternativesOf(name, text).flatMap((it) => {
        const [system = '', value] = partsOf(it, '|').map(plain);
        return value ? [{ system, value }] : [];
    });
    return identifiers.length > 0 ? { ids: [], identifiers } : undefined;
}
