import type { Parameter } from './operation-input.ts';

/** An operation of this server: what its doors take, what its OperationDefinition says. */
export interface Operation {
  /** Logical id of its OperationDefinition. */
  readonly id: string;
  /** `$code`. */
  readonly code: string;
  readonly title: string;
  readonly description: string;
  /** Resource types; `Resource` for all. */
  readonly resource: readonly string[];
  readonly onType: boolean;
  readonly onInstance: boolean;
  /** The doors (operationIds) it is offered by. */
  readonly doors: readonly string[];
  /** What it follows, where that is published. */
  readonly base?: string;
  readonly parameters: readonly (Parameter & { readonly min?: number })[];
  readonly answers: readonly Answer[];
}

/** What an operation answers with: the resource `return`, or parameters of a name. */
interface Answer {
  readonly name: string;
  /** None where the parameter has parts. */
  readonly type?: string;
  readonly min?: number;
  readonly max?: string;
  readonly documentation: string;
  readonly part?: readonly Answer[];
}

const HL7 = 'http://hl7.org/fhir/OperationDefinition/';
const RESULT: Answer = { name: 'result', type: 'boolean', min: 1, documentation: 'Whether it does.' };
const MESSAGE: Answer = { name: 'message', type: 'string', documentation: 'Why not, or what to know beside it.' };
const FOUND_DISPLAY: Answer = { name: 'display', type: 'string', documentation: 'The words that are right for the code.' };

const CODE = { name: 'code', type: 'code', documentation: 'The code.' };
const CODING = { name: 'coding', type: 'Coding', documentation: 'The code with its system, instead of code and system.' };
const CONCEPT = { name: 'codeableConcept', type: 'CodeableConcept', documentation: 'Several codings, one of which must fit.' };
const DISPLAY = { name: 'display', type: 'string', documentation: 'The words to be checked as well.' };
const ABSTRACT = { name: 'abstract', type: 'boolean', documentation: 'Whether a code that only groups others may be used.' };
const URL = (of: string) => ({ name: 'url', type: 'uri', documentation: `Canonical address of the ${of}.` });

export const LOOKUP: Operation = {
  id: 'CodeSystem-lookup',
  code: 'lookup',
  title: 'Look a code up',
  description: 'Name, designations and properties of a code of a code system that a loaded package or the shared directory defines.',
  resource: ['CodeSystem'],
  onType: true,
  onInstance: false,
  base: `${HL7}CodeSystem-lookup`,
  doors: ['lookupCode', 'lookupCodeByPost'],
  parameters: [
    CODE,
    { name: 'system', type: 'uri', documentation: 'The code system.' },
    { name: 'version', type: 'string', documentation: 'Its version; the one loaded last unless said otherwise.' },
    CODING,
    { name: 'property', type: 'code', max: '*', documentation: 'Only these properties; all of them unless said otherwise.' },
  ],
  answers: [
    { name: 'name', type: 'string', min: 1, documentation: 'Name of the code system.' },
    { name: 'version', type: 'string', documentation: 'Its version.' },
    { name: 'display', type: 'string', min: 1, documentation: 'The words for the code.' },
    {
      name: 'designation',
      max: '*',
      documentation: 'Other words for it.',
      part: [
        { name: 'language', type: 'code', documentation: 'In which language.' },
        { name: 'use', type: 'Coding', documentation: 'What for.' },
        { name: 'value', type: 'string', min: 1, documentation: 'The words.' },
      ],
    },
    {
      name: 'property',
      max: '*',
      documentation: 'What else is known of it.',
      part: [
        { name: 'code', type: 'code', min: 1, documentation: 'Which property.' },
        { name: 'value', type: 'Element', documentation: 'Its value.' },
      ],
    },
  ],
};

export const VALIDATE_CODE_OF_SYSTEM: Operation = {
  id: 'CodeSystem-validate-code',
  code: 'validate-code',
  title: 'Is a code in a code system?',
  description: 'Checks a code, and the words for it where they are given.',
  resource: ['CodeSystem'],
  onType: true,
  onInstance: true,
  base: `${HL7}CodeSystem-validate-code`,
  doors: ['validateCodeOfSystem', 'validateCodeOfSystemByPost', 'validateCodeOfSystemOfInstance', 'validateCodeOfSystemOfInstanceByPost'],
  parameters: [
    URL('code system'),
    { name: 'codeSystem', type: 'Resource', documentation: 'A CodeSystem, instead of one that is known here.' },
    CODE,
    { name: 'version', type: 'string', documentation: 'Version of the code system.' },
    DISPLAY,
    CODING,
    CONCEPT,
    ABSTRACT,
  ],
  answers: [RESULT, MESSAGE, FOUND_DISPLAY],
};

export const VALIDATE_CODE_OF_VALUE_SET: Operation = {
  id: 'ValueSet-validate-code',
  code: 'validate-code',
  title: 'Is a code in a value set?',
  description: 'Checks a code with its system, and the words for it where they are given.',
  resource: ['ValueSet'],
  onType: true,
  onInstance: true,
  base: `${HL7}ValueSet-validate-code`,
  doors: [
    'validateCodeOfValueSet',
    'validateCodeOfValueSetByPost',
    'validateCodeOfValueSetOfInstance',
    'validateCodeOfValueSetOfInstanceByPost',
  ],
  parameters: [
    URL('value set'),
    { name: 'valueSet', type: 'Resource', documentation: 'A ValueSet, instead of one that is known here.' },
    { name: 'valueSetVersion', type: 'string', documentation: 'Version of the value set.' },
    CODE,
    { name: 'system', type: 'uri', documentation: 'The code system; needed beside a code.' },
    { name: 'systemVersion', type: 'string', documentation: 'Version of the code system.' },
    DISPLAY,
    CODING,
    CONCEPT,
    ABSTRACT,
  ],
  answers: [RESULT, MESSAGE, FOUND_DISPLAY],
};

export const EXPAND: Operation = {
  id: 'ValueSet-expand',
  code: 'expand',
  title: 'List the codes of a value set',
  description: 'Flat, without nesting. Up to 1,000 codes at once; a value set of more is asked for in pages.',
  resource: ['ValueSet'],
  onType: true,
  onInstance: true,
  base: `${HL7}ValueSet-expand`,
  doors: ['listCodes', 'listCodesByPost', 'listCodesOfInstance', 'listCodesOfInstanceByPost'],
  parameters: [
    URL('value set'),
    { name: 'valueSet', type: 'Resource', documentation: 'A ValueSet, instead of one that is known here.' },
    { name: 'valueSetVersion', type: 'string', documentation: 'Version of the value set.' },
    { name: 'filter', type: 'string', documentation: 'Only codes that have this text in code, display or a designation, in any case.' },
    { name: 'offset', type: 'integer', documentation: 'Codes to pass over.' },
    { name: 'count', type: 'integer', documentation: 'Codes to list, at most 1,000.' },
    { name: 'includeDesignations', type: 'boolean', documentation: 'Whether other words for the codes are listed.' },
    { name: 'activeOnly', type: 'boolean', documentation: 'Whether codes that are no longer used are left out.' },
    { name: 'excludeNested', type: 'boolean', documentation: 'Lists are never nested here.' },
  ],
  answers: [{ min: 1, name: 'return', type: 'ValueSet', documentation: 'The value set with its expansion.' }],
};

export const TRANSLATE: Operation = {
  id: 'ConceptMap-translate',
  code: 'translate',
  title: 'Say a code in another code system',
  description: 'By a concept map that is named, or by those of the loaded packages and of the catalogue of recognisable items.',
  resource: ['ConceptMap'],
  onType: true,
  onInstance: true,
  base: `${HL7}ConceptMap-translate`,
  doors: ['translateCode', 'translateCodeByPost', 'translateCodeOfInstance', 'translateCodeOfInstanceByPost'],
  parameters: [
    URL('concept map'),
    { name: 'conceptMap', type: 'Resource', documentation: 'A ConceptMap, instead of one that is known here.' },
    { name: 'conceptMapVersion', type: 'string', documentation: 'Version of the concept map.' },
    CODE,
    { name: 'system', type: 'uri', documentation: 'The code system; needed beside a code.' },
    { name: 'version', type: 'string', documentation: 'Version of the code system.' },
    CODING,
    CONCEPT,
    { name: 'source', type: 'uri', documentation: 'The value set that the code was taken from.' },
    { name: 'target', type: 'uri', documentation: 'The value set that is wanted.' },
    { name: 'targetsystem', type: 'uri', documentation: 'The code system that is wanted.' },
    { name: 'reverse', type: 'boolean', documentation: 'From the target of the map to its source.' },
  ],
  answers: [
    RESULT,
    MESSAGE,
    {
      name: 'match',
      max: '*',
      documentation: 'A code that means it.',
      part: [
        { name: 'equivalence', type: 'code', documentation: 'How far.' },
        { name: 'concept', type: 'Coding', documentation: 'The code.' },
        { name: 'source', type: 'uri', documentation: 'The concept map that says so.' },
      ],
    },
  ],
};

export const VALIDATE: Operation = {
  id: 'Resource-validate',
  code: 'validate',
  title: 'Would a resource be accepted?',
  description:
    'Against base R4 and every profile that is claimed or named; with the mode create, update or delete also against the rules of that interaction. Nothing is stored.',
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

const PRIOR_RESULTS: Operation = {
  id: 'prior-results',
  code: 'prior-results',
  title: 'Prior results of a patient across institutions',
  description:
    'The clinician’s look-up: reports with their results, newest first, from every institution that the patient’s consent covers. Logged.',
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

const MATCH: Operation = {
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

const IHE_PIX: Operation = {
  id: 'Patient-ihe-pix',
  code: 'ihe-pix',
  title: 'Other identifiers of a patient',
  description:
    'Identifiers that other systems have for the patient of one identifier (IHE PIXm, ITI-83), as far as the caller may see them.',
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

/** Every operation of this server; a test holds them against the doors. */
export const OPERATIONS: readonly Operation[] = [
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
