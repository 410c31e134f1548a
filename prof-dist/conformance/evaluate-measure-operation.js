import { HL7 } from './operation.js';
/** `$evaluate-measure`: https://hl7.org/fhir/R4/measure-operation-evaluate-measure.html */
export const EVALUATE_MEASURE = {
    id: 'Measure-evaluate-measure',
    code: 'evaluate-measure',
    title: 'Evaluate a measure for a period',
    description: 'A MeasureReport of type summary, out of what the caller may see: the same figures as the flat face gives, by the same calculation. Measures are those this server defines. Logged.',
    resource: ['Measure'],
    onType: false,
    onInstance: true,
    base: `${HL7}Measure-evaluate-measure`,
    doors: ['evaluateMeasure', 'evaluateMeasureByPost'],
    parameters: [
        { name: 'periodStart', type: 'date', min: 1, documentation: 'First day in Beijing; a month or year means its first day.' },
        { name: 'periodEnd', type: 'date', min: 1, documentation: 'Last day in Beijing, which counts; a month or year means its last day.' },
        { name: 'reportType', type: 'code', documentation: 'summary, or population, which is the same.' },
        {
            name: 'reporter',
            type: 'string',
            documentation: 'The institution that is reported on: its credit code (统一社会信用代码), or a reference to its Organization.',
        },
    ],
    answers: [{ name: 'return', type: 'MeasureReport', min: 1, documentation: 'The report; it is not kept.' }],
};
