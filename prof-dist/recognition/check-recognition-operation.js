import { flatParameters, inParameters, outParameters } from '../conformance/flat-parameters.js';
import { CheckAnswer, CheckQuestion } from './check.schema.js';
/** The flat question and answer, as parameters. */
export const QUESTION = flatParameters(CheckQuestion);
export const ANSWER = flatParameters(CheckAnswer);
/** `$check-recognition`: the check of recognition for systems that speak FHIR; question and answer are those of the flat door. */
export const CHECK_RECOGNITION = {
    id: 'check-recognition',
    code: 'check-recognition',
    title: 'Is there a recognisable prior result?',
    description: 'Per item a verdict with its reasons, the best prior result of other institutions, the price that would be saved and the text for the medical ' +
        'record. Without consent every item is consent-required, and the answer is the same whether or not there is anything. The check is kept as it ' +
        'was answered, and logged.',
    resource: [],
    onSystem: true,
    onType: false,
    onInstance: false,
    affectsState: true,
    doors: ['checkRecognitionByOperation'],
    parameters: inParameters(QUESTION),
    answers: outParameters(ANSWER),
};
