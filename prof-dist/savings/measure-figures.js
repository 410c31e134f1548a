/** Codes of the figures that a report has groups of. */
const FIGURE_SYSTEM = 'https://tongjian.example/fhir/CodeSystem/savings-figure';
function figure(code, display, description, fen) {
    return { code: { coding: [{ system: FIGURE_SYSTEM, code, display }], text: display }, description, fen };
}
/** The amounts; the last three add up to the first. */
export const FIGURES = [
    figure('avoided-cost', '避免的检查费用', 'What the examinations would have cost at the receiving institution.', (it) => it.amountFen),
    figure('fund-relief', '医保基金少支', 'The share that the fund of the health insurance would have paid.', (it) => it.fundFen),
    figure('patient-relief', '患者少付', 'The share that the patients would have paid.', (it) => it.patientFen),
    figure('undivided', '未分摊', 'The share of which nobody knows who would have paid what.', (it) => it.undividedFen),
];
/** The counts that every group has. */
export const POPULATIONS = [
    {
        code: 'initial-population',
        description: 'Savings posted in the period: recognised examinations, once a person, item and visit.',
        count: (it) => it.savings,
    },
    {
        code: 'measure-population-exclusion',
        description: 'Reversals posted in the period, for whatever cause.',
        count: (it) => it.reversals,
    },
    {
        code: 'measure-population',
        description: 'What still stands: savings less reversals, at least 0; a period may reverse more than it saved.',
        count: (it) => Math.max(0, it.savings - it.reversals),
    },
];
/** What every figure is broken down by. */
export const STRATIFIERS = [
    { name: 'institution', description: 'Receiving institution, where the examination was not repeated.' },
    { name: 'item', description: 'Item of the catalogue.' },
    { name: 'month', description: 'Month of the entry in Beijing.' },
    { name: 'payer', description: 'Who would have paid: a scheme of health insurance, the patient alone, or unknown.' },
];
