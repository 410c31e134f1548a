/** Canonical address of a measure: the same in every installation. */
export const measureUrl = (id) => `https://tongjian.example/fhir/Measure/${id}`;
/** The Measure resource of a measure. */
export function measureDefinition({ id, definition }, date) {
    return { resourceType: 'Measure', id, url: measureUrl(id), status: 'active', date, ...definition };
}
