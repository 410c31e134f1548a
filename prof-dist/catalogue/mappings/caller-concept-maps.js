import { findInstitution } from '../../institutions/find-institution.js';
import { catalogueConceptMaps } from '../items/catalogue-concept-map.js';
import { unitSpellingMap } from '../units/unit-spelling-map.js';
import { conceptMapOf } from './concept-map.rules.js';
import { findRevision, listMappings } from './mapping.queries.js';
/**
 * The concept maps that follow from the catalogue, for one caller: items in LOINC, spellings of units in UCUM, and the mappings of the caller's own
 * institution; those of others are not shown. Four statements.
 */
export async function callerConceptMaps(reader, caller, at) {
    const own = await findInstitution(reader, caller.institution);
    const mappings = own ? await mappingConceptMap(reader, own) : undefined;
    return [...(await catalogueConceptMaps(reader, at)), unitSpellingMap(), ...(mappings ? [mappings] : [])];
}
/** The mappings of an institution that count, as a ConceptMap; `undefined` where none were ever loaded. */
async function mappingConceptMap(reader, institution) {
    const newest = await findRevision(reader, institution.institution);
    if (!newest)
        return undefined;
    const { uscc, name } = institution;
    return conceptMapOf({ uscc, name, revision: newest.revision }, await listMappings(reader, institution.institution, newest.revision));
}
