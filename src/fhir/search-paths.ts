import { type SearchGroup, type SearchParameter, searchParameter, searchParametersOf } from './definitions/search-parameters.ts';
import { pathNumber } from './search-hash.ts';

/**
 * The date parameter by which resources of a type are ordered: the time at which what they tell of was or is. Its value is kept apart from
 * other dates (`IndexEntry.time`). Each is an element that is there once at most.
 */
const CLINICAL_TIME: Readonly<Record<string, string>> = {
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
export function clinicalTimeOf(type: string): string | undefined {
  return Object.hasOwn(CLINICAL_TIME, type) ? CLINICAL_TIME[type] : undefined;
}

/** Numbers of the elements that hold the clinical time of the type. */
export function pathsOfClinicalTime(type: string): readonly number[] {
  const name = clinicalTimeOf(type);
  return (name === undefined ? undefined : searchParameter(type, name))?.paths.map((it) => pathNumber(it.path)) ?? [];
}

/** Numbers of all elements through which resources of the type refer to others of this server. */
export function referencePathsOf(type: string): readonly number[] {
  const paths = searchParametersOf(type).flatMap(referencesOf);
  return [...new Set(paths.map((it) => pathNumber(it.path)))];
}

/** The elements of a parameter that are References; canonicals lead by their address and not to an id. */
export function referencesOf(parameter: SearchParameter): readonly { readonly path: string; readonly target?: string }[] {
  return parameter.type === 'reference' ? parameter.paths.filter((it) => it.type === 'Reference') : [];
}

/** Member names from the resource down, without the conditions on the way. */
export function membersOf(path: string): readonly string[] {
  return stepsOf(path).map((it) => it.member);
}

/** A member, and where only some of its elements count, what one of their own members must say. */
export interface PathStep {
  readonly member: string;
  readonly where?: { readonly member: string; readonly value: string };
}

/** Takes a path of a search parameter apart. */
export function stepsOf(path: string): readonly PathStep[] {
  return [...path.matchAll(/([^.(]+)(?:\.where\(([^=]+)='([^']*)'\))?(?:\.|$)/g)].map(([, member = '', at, value]) => ({
    member,
    ...(at !== undefined && value !== undefined && { where: { member: at, value } }),
  }));
}

/** The parts of a composite that belong to one element of a list; the others are of the resource as a whole. */
export function partsInside({ path, components }: SearchGroup): SearchGroup['components'] {
  return components.filter((it) => it.paths.some((one) => one.path.startsWith(`${path}.`)));
}

/** The number under which the joined values of a composite on a list are indexed. */
export function groupNumber(group: SearchGroup): number {
  const parts = partsInside(group).map((it) => it.paths.map((one) => one.path).join('|'));
  return pathNumber(`${group.path}(${parts.join('$')})`);
}

/**
 * Numbers of what is indexed beside the element itself: the identifier in a Reference, an identifier with its type, a text as it stands, the
 * type that a Reference names.
 */
export const identifierOf = (path: string): number => pathNumber(`${path}:identifier`);
export const ofTypeOf = (path: string): number => pathNumber(`${path}:of-type`);
export const exactOf = (path: string): number => pathNumber(`${path}:exact`);
export const typeOf = (path: string): number => pathNumber(`${path}:type`);
