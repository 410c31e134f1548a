import { searchParameter } from '../fhir/definitions/search-parameters.js';
import { codedText, pathNumber, referenceAt, tokenAt, VALUE_MASK } from '../fhir/search-hash.js';
import { hashIdentifier } from './hash.js';
import { isOfPerson } from './person-paths.js';
import { findByIdentifiers } from './resource.queries.js';
import { decodeId, encodeId } from './resource-id.js';
const IDENTIFIER = pathNumber('identifier');
/**
 * The short way to what a search can find at all: the compartments of the persons it names, or the ids that an identifier leads to. It
 * changes nothing of what is found.
 */
export async function narrowSearch(reader, caller, search, { reach, named }) {
    const { type, condition } = search;
    const whole = { types: [{ type, condition }], reach, named, persons: undefined };
    const conditions = condition.kind === 'all' ? condition.of : [condition];
    const byId = conditions.find((it) => it.kind === 'id');
    if (byId)
        return { ...whole, persons: personsOf(byId.ids) };
    const keysOf = (it) => personsOfReference(it, type, named);
    const byReference = conditions.map(keysOf).find((it) => it !== undefined);
    if (byReference)
        return { ...whole, persons: byReference };
    const identifiers = search.subjects?.identifiers ?? [];
    const tokens = new Set(identifiers.map(({ system, value }) => tokenAt(IDENTIFIER, codedText(system, value))));
    const names = (it) => it.kind === 'token' && it.tokens.length > 0 && it.tokens.every((token) => tokens.has(token));
    const byPatient = conditions.some((it) => it.kind === 'chain' ? it.type === 'Patient' && isOfPerson(type, it.paths) && names(it.condition) : type === 'Patient' && names(it));
    if (byPatient) {
        const own = await findByIdentifiers(reader, caller.institution, hashesOf('Patient', identifiers));
        return { ...whole, persons: [...new Set([...own.map((it) => it.person), ...reach.persons.flatMap((it) => it.keys)])] };
    }
    const asked = reach.persons.length === 0 && isOfIdentifiers(type) ? readIdentifiers(search.used) : undefined;
    if (!asked)
        return whole;
    const hits = await findByIdentifiers(reader, caller.institution, hashesOf(type, asked));
    const ids = hits.filter((it) => it.type === type).map(encodeId);
    return { ...whole, types: [{ type, condition: { kind: 'all', of: [{ kind: 'id', ids }, condition] } }], persons: personsOf(ids) };
}
function personsOf(ids) {
    return [...new Set(ids.flatMap((it) => decodeId(it)?.person ?? []))];
}
/** Whether the parameter `identifier` of the type looks at the element of that name alone, which is all that `resource_keys` holds. */
function isOfIdentifiers(type) {
    return searchParameter(type, 'identifier')?.paths.every((it) => it.path === 'identifier') === true;
}
/** Where every alternative names a Patient whom the resource is about: all keys of these persons. */
function personsOfReference(condition, type, named) {
    if (condition.kind !== 'token' || condition.tokens.length === 0)
        return undefined;
    const keys = condition.tokens.map((token) => {
        const value = BigInt(token) & VALUE_MASK;
        const path = Number(BigInt.asUintN(64, BigInt(token)) >> 48n);
        const found = named.find(({ patient }) => BigInt(referenceAt(0, 'Patient', patient.person, patient.id)) === value);
        return found && isOfPerson(type, [path]) ? found.keys : undefined;
    });
    return keys.every((it) => it !== undefined) ? [...new Set(keys.flat())] : undefined;
}
function hashesOf(type, identifiers) {
    return identifiers.map((it) => hashIdentifier(type, it));
}
/** The alternatives of an `identifier` where each has its system, or says that it has none. */
function readIdentifiers(used) {
    for (const [name, text] of used) {
        if (name !== 'identifier')
            continue;
        const read = text.split(/(?<!\\),/).map((it) => /^((?:[^|\\]|\\.)*)\|(.+)$/s.exec(it));
        if (read.every((it) => it !== null))
            return read.map(([, system = '', value = '']) => ({ system: plain(system), value: plain(value) }));
    }
    return undefined;
}
function plain(text) {
    return text.replace(/\\([,|$\\])/g, '$1');
}
