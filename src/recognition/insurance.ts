import { SCHEMES } from '../catalogue/payers/scheme.ts';

/** Who pays for the patient: a scheme of health insurance with the patient, or the patient alone (自费). */
export const INSURANCES = [...SCHEMES, 'self-paid'] as const;

export type Insurance = (typeof INSURANCES)[number];
