import { measureUrl } from '../conformance/served-measure.js';
import { Failure } from '../failure.js';
import { findInstitution, findInstitutionByUscc, findInstitutionsByOrganization, } from '../institutions/find-institution.js';
import { normaliseUscc } from '../institutions/uscc.rules.js';
import { allows } from '../security/scope.rules.js';
import { FIGURES, POPULATIONS, STRATIFIERS } from './measure-figures.js';
import { measureReport } from './measure-report.js';
import { summariseSavings } from './summarise-savings.js';
/** Terminology of HL7 that measures are written in. */
const HL7 = 'http://terminology.hl7.org/CodeSystem';
const inWords = (expression) => ({ language: 'text/plain', expression });
/**
 * `Measure/savings`: what was not spent because results were recognised, evaluated by the very calculation of `/v1/savings/summary`. Money is the score of
 * a group, in yuan, since counts of R4 are whole numbers; counts are the populations.
 */
export const SAVINGS_MEASURE = {
    id: 'savings',
    definition: {
        name: 'Savings',
        title: 'Savings by mutual recognition of examination results 检查检验结果互认节省费用',
        description: 'Examinations that were not repeated because a result of another institution was recognised, at the price that the check showed, less those of which the recognition was taken ' +
            'back, which were made after all, or whose result turned out to be wrong. Divided between the fund of the health insurance and the patients by the published rates for the scheme and ' +
            'the level of the receiving institution: the fund’s share is rounded to the fen, half a fen up, and the patient bears the rest.',
        scoring: { coding: [{ system: `${HL7}/measure-scoring`, code: 'continuous-variable' }] },
        improvementNotation: { coding: [{ system: `${HL7}/measure-improvement-notation`, code: 'increase' }] },
        rateAggregation: 'Sums; every sum by whatever grouping is the sum of the same entries, to the fen.',
        group: FIGURES.map((figure) => ({
            code: figure.code,
            description: figure.description,
            population: POPULATIONS.map(({ code, description }) => ({
                code: { coding: [{ system: `${HL7}/measure-population`, code }] },
                description,
                criteria: inWords(description),
            })),
            stratifier: STRATIFIERS.map(({ name, description }) => ({
                code: { text: name },
                description,
                criteria: inWords(description),
            })),
        })),
    },
    evaluate: evaluateSavings,
};
/** The MeasureReport of a period. Throws `parameter-invalid` for a reporter nobody knows, and what `summariseSavings` does. Five statements. */
async function evaluateSavings(tx, caller, question, now) {
    const { period, base, canonical } = question;
    const seesAll = allows(caller.scopes, 'savings.read');
    const named = question.reporter === undefined ? undefined : await findReporter(tx, question.reporter, base);
    const texts = { from: period.start, to: period.until, ...(named ? { institution: named.uscc } : {}) };
    const by = STRATIFIERS.map(({ name }) => [name]);
    const statement = await summariseSavings(tx, caller, { texts, by, interaction: 'evaluateMeasure', asked: { measure: measureUrl('savings') } }, now);
    const reporter = named ?? (seesAll ? undefined : await findInstitution(tx, caller.institution));
    return measureReport(statement, { canonical, period, reporter, texts }, now);
}
/** The institution that a report is asked for, by its credit code or its Organization. Throws `parameter-invalid` for one nobody knows. */
export async function findReporter(tx, reporter, base) {
    const relative = reporter.startsWith(`${base}/`) ? reporter.slice(base.length + 1) : reporter;
    const [, organization] = /^Organization\/([A-Za-z0-9.-]{1,64})$/.exec(relative) ?? [];
    const found = organization === undefined
        ? await findInstitutionByUscc(tx, normaliseUscc(relative))
        : (await findInstitutionsByOrganization(tx, [organization])).get(organization);
    if (found)
        return found;
    throw new Failure('parameter-invalid', {
        path: 'reporter',
        en: 'names no institution of this exchange: give its credit code, or a reference to its Organization',
        zh: '不是本平台的机构：请给出统一社会信用代码或 Organization 引用',
    });
}
