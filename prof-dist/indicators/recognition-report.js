import { ITEM_SYSTEM } from '../catalogue/items/find-items.js';
import { USCC_SYSTEM } from '../institutions/uscc.rules.js';
import { ratesOf } from './rates.rules.js';
const POPULATION_SYSTEM = 'http://terminology.hl7.org/CodeSystem/measure-population';
const RATE_SYSTEM = 'https://tongjian.example/fhir/CodeSystem/recognition-rate';
function rate(code, display, description, parts) {
    return { code: { coding: [{ system: RATE_SYSTEM, code, display }], text: display }, description, ...parts };
}
export const RATES = [
    rate('of-reminders', '同期互认率', 'Recognised of what a check answered with a recognisable result.', {
        numerator: 'recognised',
        denominator: 'reminders',
        score: 'ofReminders',
    }),
    rate('of-look-ups', '调阅互认率', 'Recognised of what was looked at.', {
        numerator: 'recognised',
        denominator: 'lookUps',
        score: 'ofLookUps',
    }),
    rate('of-eligible', '互认率', 'Recognised of what was about to be examined though a result could be recognised.', {
        numerator: 'eligibleRecognised',
        denominator: 'eligible',
        score: 'ofEligible',
    }),
];
/** The counts that every group has. */
export const POPULATIONS = [
    {
        code: 'initial-population',
        description: () => 'Items that were asked for, each once a visit, whatever the answer; not told by item, level or source, nor of look-ups.',
    },
    { code: 'denominator', description: ({ denominator }) => `Item-times: ${denominator} (/v1/indicators/definitions).` },
    { code: 'numerator', description: ({ numerator }) => `Item-times: ${numerator} (/v1/indicators/definitions).` },
];
/** What every rate is broken down by, as `/v1/indicators` has it. */
export const STRATIFIERS = [
    { name: 'institution', description: 'Receiving institution, where the patient was.' },
    { name: 'month', description: 'Month of the check in Beijing.' },
    { name: 'item', description: 'Item of the catalogue.' },
];
/** What every rate is broken down by besides. */
export const SIDE_STRATIFIERS = [
    { name: 'level', description: 'Level of the receiving institution now, 1 to 3; none: it has no level.' },
    { name: 'source', description: 'Institution whose result it is.' },
];
/** Indicators by each stratifier as a MeasureReport (https://hl7.org/fhir/R4/measurereport.html). A rate of nothing has no score. */
export function recognitionReport({ strata, sides, asked }, { canonical, period, reporter }, now) {
    return {
        resourceType: 'MeasureReport',
        status: 'complete',
        type: 'summary',
        measure: canonical,
        date: now.toISOString(),
        reporter: reporter ? { identifier: { system: USCC_SYSTEM, value: reporter.uscc }, display: reporter.name } : { display: 'Tongjian' },
        period: { start: period.start, end: period.end },
        improvementNotation: {
            coding: [{ system: 'http://terminology.hl7.org/CodeSystem/measure-improvement-notation', code: 'increase' }],
        },
        group: RATES.map((it) => ({
            code: it.code,
            ...(strata[0] ? figuresOf(it, strata[0].total.itemTimes, asked.get('') ?? 0) : {}),
            stratifier: [
                ...STRATIFIERS.map(({ name }, index) => {
                    const groups = strata[index]?.groups ?? [];
                    return stratifier(name, groups.map((group) => stratumOf(it, name, group, asked)));
                }),
                stratifier('level', levelsOf(it, sides)),
                stratifier('source', sourcesOf(it, sides)),
            ],
        })),
    };
}
function stratifier(name, stratum) {
    return { code: [{ text: name }], ...(stratum.length === 0 ? {} : { stratum }) };
}
/** By the level that each receiving institution has: an item-time is of one of them. */
function levelsOf(it, { counts, institutions }) {
    const levels = new Map();
    for (const { institution, counts: added } of counts) {
        if (institution === null)
            continue;
        const level = institutions.get(institution)?.level?.toString() ?? 'none';
        const before = levels.get(level);
        levels.set(level, before ? plus(before, added) : added);
    }
    const inOrder = [...levels].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return inOrder.map(([text, sum]) => ({ value: { text }, ...figuresOf(it, { ...sum, ...ratesOf(sum) }, undefined) }));
}
function plus(one, other) {
    return Object.fromEntries(Object.entries(one).map(([name, count]) => [name, count + other[name]]));
}
function sourcesOf(it, { counts, institutions }) {
    return counts.flatMap(({ source, counts: sum }) => {
        if (source === null)
            return [];
        const { uscc, name: text = 'unknown' } = institutions.get(source) ?? {};
        const value = uscc === undefined ? { text } : { coding: [{ system: USCC_SYSTEM, code: uscc }], text };
        return [{ value, ...figuresOf(it, { ...sum, ...ratesOf(sum) }, undefined) }];
    });
}
function stratumOf(it, name, group, asked) {
    const { institution, month = '', item = '' } = group;
    if (name === 'institution') {
        const { uscc = '', name: text = '' } = institution ?? {};
        return { value: { coding: [{ system: USCC_SYSTEM, code: uscc }], text }, ...figuresOf(it, group.itemTimes, asked.get(uscc) ?? 0) };
    }
    if (name === 'month')
        return { value: { text: month }, ...figuresOf(it, group.itemTimes, asked.get(month) ?? 0) };
    const value = item === '' ? { text: 'whatever there is' } : { coding: [{ system: ITEM_SYSTEM, code: item }], text: item };
    return { value, ...figuresOf(it, group.itemTimes, undefined) };
}
function figuresOf({ numerator, denominator, score }, counted, asked) {
    // What was looked up without a check was not asked for.
    const population = denominator === 'lookUps' ? undefined : asked;
    const counts = { 'initial-population': population, denominator: counted[denominator], numerator: counted[numerator] };
    const value = counted[score];
    return {
        population: Object.entries(counts).flatMap(([code, count]) => count === undefined ? [] : [{ code: { coding: [{ system: POPULATION_SYSTEM, code }] }, count }]),
        ...(value === null ? {} : { measureScore: { value } }),
    };
}
