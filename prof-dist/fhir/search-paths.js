import { searchParameter, searchParametersOf } from './definitions/search-parameters.js';
import { pathNumber } from './search-hash.js';
/**
 * The date parameter by which resources of a type are ordered: the time at which what they tell of was or is. Its value is kept apart from
 * other dates (`IndexEntry.time`). Each is an element that is there once at most.
 */
const CLINICAL_TIME = {
    AllergyIntolerance: 'date',
    AuditEvent: 'date',
    CarePlan: 'date',
    Claim: 'created',
    Communication: 'sent',
    Composition: 'date',
    Condition: 'onset-date',
    Consent: 'date',
    DiagnosticReport: 'date',
    DocumentReference: 'date',
    Encounter: 'date',
    ExplanationOfBenefit: 'created',
    ImagingStudy: 'started',
    Immunization: 'date',
    MeasureReport: 'date',
    Media: 'created',
    MedicationAdministration: 'effective-time',
    MedicationRequest: 'authoredon',
    MedicationStatement: 'effective',
    Observation: 'date',
    Patient: 'birthdate',
    Procedure: 'date',
    Provenance: 'recorded',
    ServiceRequest: 'authored',
    Specimen: 'collected',
    Task: 'authored-on',
};
/** The name of the date parameter by which resources of the type are ordered, where there is one. */
export function clinicalTimeOf(type) {
    return Object.hasOwn(CLINICAL_TIME, type) ? CLINICAL_TIME[type] : undefined;
}
/** Numbers of the elements that hold the clinical time of the type. */
export function pathsOfClinicalTime(type) {
    const name = clinicalTimeOf(type);
    return (name === undefined ? undefined : searchParameter(type, name))?.paths.map((it) => pathNumber(it.path)) ?? [];
}
/** Numbers of all elements through which resources of the type refer to others of this server. */
export function referencePathsOf(type) {
    const paths = searchParametersOf(type).flatMap(referencesOf);
    return [...new Set(paths.map((it) => pathNumber(it.path)))];
}
/** The elements of a parameter that are References; canonicals lead by their address and not to an id. */
export function referencesOf(parameter) {
    return parameter.type === 'reference' ? parameter.paths.filter((it) => it.type === 'Reference') : [];
}
/** Member names from the resource down, without the conditions on the way. */
export function membersOf(path) {
    return stepsOf(path).map((it) => it.member);
}
/** Takes a path of a search parameter apart. */
export function stepsOf(path) {
    return [...path.matchAll(/([^.(]+)(?:\.where\(([^=]+)='([^']*)'\))?(?:\.|$)/g)].map(([, member = '', at, value]) => ({
        member,
        ...(at !== undefined && value !== undefined && { where: { member: at, value } }),
    }));
}
/** The parts of a composite that belong to one element of a list; the others are of the resource as a whole. */
export function partsInside({ path, components }) {
    return components.filter((it) => it.paths.some((one) => one.path.startsWith(`${path}.`)));
}
/** The number under which the joined values of a composite on a list are indexed. */
export function groupNumber(group) {
    const parts = partsInside(group).map((it) => it.paths.map((one) => one.path).join('|'));
    return pathNumber(`${group.path}(${parts.join('$')})`);
}
/**
 * Numbers of what is indexed beside the element itself: the identifier in a Reference, an identifier with its type, a text as it stands, the
 * type that a Reference names.
 */
export const identifierOf = (path) => pathNumber(`${path}:identifier`);
export const ofTypeOf = (path) => pathNumber(`${path}:of-type`);
export const exactOf = (path) => pathNumber(`${path}:exact`);
export const typeOf = (path) => pathNumber(`${path}:type`);
