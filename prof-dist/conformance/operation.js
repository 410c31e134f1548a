/** Where HL7 publishes the definitions of R4's operations. */
export const HL7 = 'http://hl7.org/fhir/OperationDefinition/';
