import type { Static } from 'typebox';
import { Failure } from '../../failure.ts';
import { parseExactJson, utf8Text } from '../../fhir/exact-json.ts';
import { structureIssues } from '../../fhir/validation/structure.ts';
import { readConceptMap } from './concept-map.rules.ts';
import { COLUMNS, faultsOfMappings, type SentMapping } from './mapping.rules.ts';
import type { SentMappings } from './mapping.schema.ts';

/** Mappings from flat JSON, each with its place. */
export function mappingsOfJson({ mappings }: Static<typeof SentMappings>): readonly SentMapping[] {
  return mappings.map((it, index) => {
    const texts = Object.fromEntries(COLUMNS.map((column) => [column, (it[column] ?? '').trim()])) as Record<keyof typeof it, string>;
    return { ...texts, place: (column) => `mappings[${index}].${column}` };
  });
}

/**
 * Mappings from a ConceptMap. Throws `malformed` for what is none of R4, `rule-violated` for what cannot be kept, together with what is wrong
 * with the mappings in it.
 */
export function mappingsOfConceptMap(bytes: Buffer): readonly SentMapping[] {
  const { value } = parseExactJson(utf8Text(bytes), 'ConceptMap');
  if (value['resourceType'] !== 'ConceptMap') {
    throw new Failure('malformed', { path: 'ConceptMap.resourceType', en: 'is not ConceptMap', zh: '应为 ConceptMap' });
  }
  const malformed = structureIssues(value, 'ConceptMap');
  if (malformed.length > 0) throw new Failure('malformed', malformed);
  const { sent, faults } = readConceptMap(value, 'ConceptMap');
  if (faults.length > 0) throw new Failure('rule-violated', [...faults, ...faultsOfMappings(sent)]);
  return sent;
}
