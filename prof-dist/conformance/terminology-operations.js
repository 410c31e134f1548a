import { HL7 } from './operation.js';
const RESULT = { name: 'result', type: 'boolean', min: 1, documentation: 'Whether it does.' };
const MESSAGE = { name: 'message', type: 'string', documentation: 'Why not, or what to know beside it.' };
const FOUND_DISPLAY = { name: 'display', type: 'string', documentation: 'The words that are right for the code.' };
const CODE = { name: 'code', type: 'code', documentation: 'The code.' };
const CODING = { name: 'coding', type: 'Coding', documentation: 'The code with its system, instead of code and system.' };
const CONCEPT = { name: 'codeableConcept', type: 'CodeableConcept', documentation: 'Several codings, one of which must fit.' };
const DISPLAY = { name: 'display', type: 'string', documentation: 'The words to be checked as well.' };
const ABSTRACT = { name: 'abstract', type: 'boolean', documentation: 'Whether a code that only groups others may be used.' };
const URL = (of) => ({ name: 'url', type: 'uri', documentation: `Canonical address of the ${of}.` });
/** `CodeSystem/$lookup`: https://hl7.org/fhir/R4/codesystem-operation-lookup.html */
export const LOOKUP = {
    id: 'CodeSystem-lookup',
    code: 'lookup',
    title: 'Look a code up',
    description: 'Name, designations and properties of a code of a code system that a loaded package or the caller’s own institution defines.',
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
/** `CodeSystem/$validate-code`: https://hl7.org/fhir/R4/codesystem-operation-validate-code.html */
export const VALIDATE_CODE_OF_SYSTEM = {
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
/** `ValueSet/$validate-code`: https://hl7.org/fhir/R4/valueset-operation-validate-code.html */
export const VALIDATE_CODE_OF_VALUE_SET = {
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
/** `ValueSet/$expand`: https://hl7.org/fhir/R4/valueset-operation-expand.html */
export const EXPAND = {
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
/** `ConceptMap/$translate`: https://hl7.org/fhir/R4/conceptmap-operation-translate.html */
export const TRANSLATE = {
    id: 'ConceptMap-translate',
    code: 'translate',
    title: 'Say a code in another code system',
    description: 'By a concept map that is named, or by those of the loaded packages, of the catalogue of recognisable items, and the mappings of the caller’s own institution.',
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
