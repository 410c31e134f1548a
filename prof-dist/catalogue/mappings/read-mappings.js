import { Failure } from '../../failure.js';
import { parseExactJson, utf8Text } from '../../fhir/exact-json.js';
import { structureIssues } from '../../fhir/validation/structure.js';
import { readConceptMap } from './concept-map.rules.js';
import { COLUMNS, faultsOfMappings } from './mapping.rules.js';
/** Mappings from flat JSON, each with its place. */
export function mappingsOfJson({ mappings }) {
    return mappings.map((it, index) => {
        const texts = Object.fromEntries(COLUMNS.map((column) => [column, (it[column] ?? '').trim()]));
        return { ...texts, place: (column) => `mappings[${index}].${column}` };
    });
}
/**
 * Mappings from a ConceptMap. Throws `malformed` for what is none of R4, `rule-violated` for what cannot be kept, together with what is wrong
 * with the mappings in it.
 */
export function mappingsOfConceptMap(bytes) {
    const { value } = parseExactJson(utf8Text(bytes), 'ConceptMap');
    if (value['resourceType'] !== 'ConceptMap') {
        throw new Failure('malformed', { path: 'ConceptMap.resourceType', en: 'is not ConceptMap', zh: '应为 ConceptMap' });
    }
    const malformed = structureIssues(value, 'ConceptMap');
    if (malformed.length > 0)
        throw new Failure('malformed', malformed);
    const { sent, faults } = readConceptMap(value, 'ConceptMap');
    if (faults.length > 0)
        throw new Failure('rule-violated', [...faults, ...faultsOfMappings(sent)]);
    return sent;
}
