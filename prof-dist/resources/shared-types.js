/**
 * Types that are about nobody in particular and that every connected institution may read: the directory, and the definitions. Everything
 * else without a person stays with the institution that published it.
 */
export const SHARED_TYPES = [
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
/**
 * Types that stay between the patient and the institution that recorded them, whatever the patient has consented to: what somebody has
 * permitted or denied to others is nobody else's. Permits by which an institution may look it finds under `/v1/consents`.
 */
export const KEPT_TYPES = ['Consent'];
