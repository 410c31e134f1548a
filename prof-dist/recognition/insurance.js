import { SCHEMES } from '../catalogue/payers/scheme.js';
/** Who pays for the patient: a scheme of health insurance with the patient, or the patient alone (自费). */
export const INSURANCES = [...SCHEMES, 'self-paid'];
