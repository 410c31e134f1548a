import { pathNumber } from '../fhir/search-hash.js';
/** Elements by which a resource names the Patient it is about; it lives in the compartment of that person (`assign-compartments.ts`). */
const PATHS = new Set(['subject', 'patient', 'for', 'beneficiary'].map(pathNumber));
/** Types that may have several subjects: they live with a person only where nobody else is named in them. */
export const OF_SEVERAL = new Set(['Account', 'Contract']);
/** Whether a resource of the type that refers to a Patient at one of the paths is in the compartment of that person. */
export function isOfPerson(type, paths) {
    return !OF_SEVERAL.has(type) && paths.every((it) => PATHS.has(it));
}
