/**
 * Types that are about nobody in particular and that every connected institution may read: the directory, and the definitions. Everything
 * else without a person stays with the institution that published it.
 */
export const SHARED_TYPES: readonly string[] = [
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'Location',
  'Endpoint',
  'Device',
  'CodeSystem',
  'ValueSet',
  'ConceptMap',
  'StructureDefinition',
  'SearchParameter',
  'OperationDefinition',
  'Measure',
];
