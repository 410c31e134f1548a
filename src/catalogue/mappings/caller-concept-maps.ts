import type { Reader } from '../../database/client.ts';
import type { Json } from '../../fhir/exact-json.ts';
import { findInstitution, type Institution } from '../../institutions/find-institution.ts';
import type { Caller } from '../../security/caller.ts';
import { catalogueConceptMaps } from '../items/catalogue-concept-map.ts';
import { unitSpellingMap } from '../units/unit-spelling-map.ts';
import { conceptMapOf } from './concept-map.rules.ts';
import { findRevision, listMappings } from './mapping.queries.ts';

/**
 * The concept maps that follow from the catalogue, for one caller: items in LOINC, spellings of units in UCUM, and the mappings of the caller's own
 * institution; those of others are not shown. Four statements.
 */
export async function callerConceptMaps(reader: Reader, caller: Caller, at: Date): Promise<readonly Json[]> {
  const own = await findInstitution(reader, caller.institution);
  const mappings = own ? await mappingConceptMap(reader, own) : undefined;
  return [...(await catalogueConceptMaps(reader, at)), unitSpellingMap(), ...(mappings ? [mappings] : [])];
}

/** The mappings of an institution that count, as a ConceptMap; `undefined` where none were ever loaded. */
async function mappingConceptMap(reader: Reader, institution: Institution): Promise<Json | undefined> {
  const newest = await findRevision(reader, institution.institution);
  if (!newest) return undefined;
  const { uscc, name } = institution;
  return conceptMapOf({ uscc, name, revision: newest.revision }, await listMappings(reader, institution.institution, newest.revision));
}
