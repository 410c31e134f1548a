/**
 * Kinds of information that a general consent does not reach: a permit has to name them (HL7 v3-ActCode, sensitivity).
 *
 * HIV; STD sexually transmitted; PSY psychiatric; SEX reproductive health; GDIS genetic; ETH, ETHUD, OPIOIDUD substance use; SDV violence.
 */
export const SENSITIVITIES = ['HIV', 'STD', 'PSY', 'SEX', 'GDIS', 'ETH', 'ETHUD', 'OPIOIDUD', 'SDV'];
/** Where the codes come from. */
export const SENSITIVITY_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
