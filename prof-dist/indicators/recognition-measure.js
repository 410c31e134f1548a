import { recordAccess } from '../access-log/record-access.js';
import { measureUrl } from '../conformance/served-measure.js';
import { findInstitution, findInstitutions } from '../institutions/find-institution.js';
import { findReporter } from '../savings/savings-measure.js';
import { sumAsked } from './day.queries.js';
import { sumBySides } from './figures.queries.js';
import { readIndicatorFilter } from './read-indicator-filter.js';
import { calculateIndicators } from './read-indicators.js';
import { POPULATIONS, RATES, recognitionReport, SIDE_STRATIFIERS, STRATIFIERS } from './recognition-report.js';
/** Terminology of HL7 that measures are written in. */
const HL7 = 'http://terminology.hl7.org/CodeSystem';
const inWords = (expression) => ({ language: 'text/plain', expression });
/**
 * `Measure/recognition`: the rates of recognition on the receiving side, by item-times, evaluated by the very calculation of `/v1/indicators`. One
 * group a rate, each a proportion.
 */
export const RECOGNITION_MEASURE = {
    id: 'recognition',
    definition: {
        name: 'Recognition',
        title: 'Mutual recognition of examination results 检查检验结果互认率',
        description: 'Item-times: one item in one visit, however often it was asked for. A rate is what was recognised, by the last answer that stands, of what was brought to mind, ' +
            'of what was looked at, and of what was about to be examined though a result could be recognised.',
        scoring: { coding: [{ system: `${HL7}/measure-scoring`, code: 'proportion' }] },
        improvementNotation: { coding: [{ system: `${HL7}/measure-improvement-notation`, code: 'increase' }] },
        group: RATES.map((rate) => ({
            code: rate.code,
            description: rate.description,
            population: POPULATIONS.map(({ code, description }) => ({
                code: { coding: [{ system: `${HL7}/measure-population`, code }] },
                description: description(rate),
                criteria: inWords(description(rate)),
            })),
            stratifier: [...STRATIFIERS, ...SIDE_STRATIFIERS].map(({ name, description }) => ({
                code: { text: name },
                description,
                criteria: inWords(description),
            })),
        })),
    },
    evaluate: evaluateRecognition,
};
/** The MeasureReport of a period. Throws `parameter-invalid` for a reporter nobody knows, and what `calculateIndicators` does. */
async function evaluateRecognition(tx, caller, question, now) {
    const { period, base, canonical } = question;
    const named = question.reporter === undefined ? undefined : await findReporter(tx, question.reporter, base);
    const texts = { from: period.start, to: period.until, ...(named ? { institution: named.uscc } : {}) };
    const filter = await readIndicatorFilter(tx, caller, texts, []);
    const asked = await askedBy(tx, await sumAsked(tx, filter));
    const sides = await findSides(tx, filter);
    const strata = [];
    for (const { name } of STRATIFIERS)
        strata.push(await calculateIndicators(tx, caller, texts, [name]));
    const query = new URLSearchParams({ ...texts, measure: measureUrl('recognition') }).toString();
    await recordAccess(tx, caller, [{ person: 0n, action: 'E', interaction: 'evaluateMeasure', entities: [], query }], now);
    const isOwn = filter.institutions?.length === 1 && filter.institutions[0] === caller.institution;
    const reporter = named ?? (isOwn ? await findInstitution(tx, caller.institution) : undefined);
    return recognitionReport({ strata, sides, asked }, { canonical, period, reporter }, now);
}
/** What is counted by receiving institution and by source, with who they are. Two statements. */
async function findSides(tx, filter) {
    const counts = await sumBySides(tx, filter);
    const numbers = counts.flatMap((it) => it.institution ?? it.source ?? []);
    return { counts, institutions: await findInstitutions(tx, [...new Set(numbers)]) };
}
/** Items asked for in all, and by what strata are of. */
async function askedBy(tx, rows) {
    const institutions = await findInstitutions(tx, [...new Set(rows.map((it) => it.institution))]);
    const sums = new Map();
    for (const { institution, month, asked } of rows) {
        for (const key of ['', institutions.get(institution)?.uscc ?? '?', month])
            sums.set(key, (sums.get(key) ?? 0) + asked);
    }
    return sums;
}
