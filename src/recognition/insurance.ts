/**
 * Who pays for the patient: basic medical insurance of employees (职工医保), of residents on either tier (居民医保一档、二档), or the patient
 * alone (自费).
 */
export const INSURANCES = ['employee', 'resident-1', 'resident-2', 'self-paid'] as const;

export type Insurance = (typeof INSURANCES)[number];
