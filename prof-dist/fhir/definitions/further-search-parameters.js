/**
 * Parameters on extensions that HL7 defines beside R4's own and that a profile this server plays asks for: the mother's maiden name, by which
 * IHE PDQm finds Patients (ITI-78, 2:3.78.4.1.2.1).
 */
export const FURTHER_PARAMETERS = [
    {
        id: 'patient-extensions-Patient-mothersMaidenName',
        url: 'http://hl7.org/fhir/SearchParameter/patient-extensions-Patient-mothersMaidenName',
        code: 'mothersMaidenName',
        base: ['Patient'],
        type: 'string',
        expression: "Patient.extension('http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName').value as string",
    },
];
