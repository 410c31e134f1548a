import { HL7 } from './operation.js';
import { EXPAND, LOOKUP, TRANSLATE, VALIDATE_CODE_OF_SYSTEM, VALIDATE_CODE_OF_VALUE_SET } from './terminology-operations.js';
/** `$validate`: https://hl7.org/fhir/R4/resource-operation-validate.html */
export const VALIDATE = {
    id: 'Resource-validate',
    code: 'validate',
    title: 'Would a resource be accepted?',
    description: 'Against base R4 and every profile that is claimed or named; with the mode create, update or delete also against the rules of that interaction. Nothing is stored.',
    resource: ['Resource'],
    onType: true,
    onInstance: true,
    base: `${HL7}Resource-validate`,
    doors: ['validateResource', 'validateChange', 'validateStored'],
    parameters: [
        { name: 'resource', type: 'Resource', documentation: 'The resource; it may also be the body itself.' },
        { name: 'mode', type: 'code', documentation: 'create, update, delete or profile.' },
        { name: 'profile', type: 'canonical', max: '*', documentation: 'A profile beside those that the resource claims.' },
    ],
    answers: [
        {
            min: 1,
            name: 'return',
            type: 'OperationOutcome',
            documentation: 'Every issue with its place; one of severity information where there is none.',
        },
    ],
};
const PRIOR_RESULTS = {
    id: 'prior-results',
    code: 'prior-results',
    title: 'Prior results of a patient across institutions',
    description: 'The clinician’s look-up: reports with their results, newest first, from every institution that the patient’s consent covers. Logged.',
    resource: ['Patient'],
    onType: false,
    onInstance: true,
    doors: ['priorResults'],
    parameters: [
        { name: 'item', type: 'code', documentation: 'Item of the catalogue.' },
        { name: 'kind', type: 'code', documentation: 'laboratory, imaging, ecg or pathology.' },
        { name: 'since', type: 'dateTime', documentation: 'Results from then on.' },
        { name: '_count', type: 'integer', documentation: 'Reports of a page, at most 100.' },
    ],
    answers: [
        {
            min: 1,
            name: 'return',
            type: 'Bundle',
            documentation: 'Searchset of DiagnosticReports with included Observations and ImagingStudies.',
        },
    ],
};
const MATCH = {
    id: 'Patient-match',
    code: 'match',
    title: 'Which patients may this be?',
    description: 'Graded candidates for a person described by a Patient resource (IHE PDQm, ITI-119).',
    resource: ['Patient'],
    onType: true,
    onInstance: false,
    base: `${HL7}Patient-match`,
    doors: ['matchPatient'],
    parameters: [
        { name: 'resource', type: 'Resource', min: 1, documentation: 'A Patient with what is known.' },
        { name: 'onlyCertainMatches', type: 'boolean', documentation: 'Nothing unless there is one candidate beyond doubt.' },
        { name: 'count', type: 'integer', documentation: 'Candidates at most.' },
    ],
    answers: [
        { min: 1, name: 'return', type: 'Bundle', documentation: 'Searchset of Patients, the best first, with score and match-grade.' },
    ],
};
const IHE_PIX = {
    id: 'Patient-ihe-pix',
    code: 'ihe-pix',
    title: 'Other identifiers of a patient',
    description: 'Identifiers that other systems have for the patient of one identifier (IHE PIXm, ITI-83), as far as the caller may see them.',
    resource: ['Patient'],
    onType: true,
    onInstance: false,
    base: 'https://profiles.ihe.net/ITI/PIXm/OperationDefinition/IHE.PIXm.pix',
    doors: ['crossReferencePatient', 'crossReferencePatientByPost'],
    parameters: [
        { name: 'sourceIdentifier', type: 'string', min: 1, documentation: '`system|value`.' },
        { name: 'targetSystem', type: 'uri', max: '*', documentation: 'Only identifiers of these systems.' },
    ],
    answers: [
        { name: 'targetIdentifier', type: 'Identifier', max: '*', documentation: 'An identifier of the patient in another system.' },
        { name: 'targetId', type: 'Reference', max: '*', documentation: 'A Patient of this server that is the same human being.' },
    ],
};
/** The operations on resources, persons and terminology; `server.ts` adds those of the floors above. */
export const OPERATIONS = [
    VALIDATE,
    EXPAND,
    VALIDATE_CODE_OF_VALUE_SET,
    LOOKUP,
    VALIDATE_CODE_OF_SYSTEM,
    TRANSLATE,
    PRIOR_RESULTS,
    MATCH,
    IHE_PIX,
];
