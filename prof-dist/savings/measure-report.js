import { ITEM_SYSTEM } from '../catalogue/items/find-items.js';
import { Failure } from '../failure.js';
import { USCC_SYSTEM } from '../institutions/uscc.rules.js';
import { FIGURES, POPULATIONS, STRATIFIERS } from './measure-figures.js';
import { entriesOf, narrowedTo } from './show-summary.js';
const POPULATION_SYSTEM = 'http://terminology.hl7.org/CodeSystem/measure-population';
const PAYER_SYSTEM = 'https://tongjian.example/fhir/CodeSystem/insurance';
/** Says of a figure where the entries are that it is the sum of. */
const ENTRIES_EXTENSION = 'https://tongjian.example/fhir/StructureDefinition/savings-entries';
const PAYERS = {
    employee: '职工医保',
    'resident-1': '居民医保一档',
    'resident-2': '居民医保二档',
    'self-paid': '自费',
    unknown: '未注明',
};
/** A statement, broken down by every stratifier, as a MeasureReport (https://hl7.org/fhir/R4/measurereport.html). Each figure names its entries. */
export function measureReport(statement, { canonical, period, reporter, texts }, now) {
    const { total, institutions } = statement;
    const linked = (filter) => [{ url: ENTRIES_EXTENSION, valueUri: entriesOf(filter) }];
    return {
        resourceType: 'MeasureReport',
        status: 'complete',
        type: 'summary',
        measure: canonical,
        date: now.toISOString(),
        reporter: reporter
            ? {
                ...(reporter.organization === null ? {} : { reference: `Organization/${reporter.organization}` }),
                identifier: { system: USCC_SYSTEM, value: reporter.uscc },
                display: reporter.name,
            }
            : { display: 'Tongjian' },
        period: { start: period.start, end: period.end },
        improvementNotation: {
            coding: [{ system: 'http://terminology.hl7.org/CodeSystem/measure-improvement-notation', code: 'increase' }],
        },
        group: FIGURES.map(({ code, fen }) => ({
            extension: linked(texts),
            code,
            population: populationsOf(total),
            measureScore: yuan(fen(total)),
            stratifier: STRATIFIERS.map(({ name }, index) => {
                const groups = statement.groups[index] ?? [];
                return {
                    code: [{ text: name }],
                    ...(groups.length === 0
                        ? {}
                        : {
                            stratum: groups.map((group) => ({
                                extension: linked({ ...texts, ...narrowedTo(group, institutions) }),
                                value: valueOf(name, group, institutions),
                                population: populationsOf(group),
                                measureScore: yuan(fen(group)),
                            })),
                        }),
                };
            }),
        })),
    };
}
function populationsOf(figures) {
    return POPULATIONS.map(({ code, count }) => ({ code: { coding: [{ system: POPULATION_SYSTEM, code }] }, count: count(figures) }));
}
function valueOf(name, { key }, institutions) {
    const code = key[name] ?? '';
    if (name === 'institution') {
        const { uscc = '', name: text = '' } = institutions.get(Number(code)) ?? {};
        return { coding: [{ system: USCC_SYSTEM, code: uscc }], text };
    }
    if (name === 'item')
        return { coding: [{ system: ITEM_SYSTEM, code }], text: code };
    if (name === 'payer')
        return { coding: [{ system: PAYER_SYSTEM, code }], text: PAYERS[code] ?? code };
    return { text: code };
}
/** Beyond fifteen digits a number of JSON may be another amount by a fen. */
const EXACT_FEN_MAX = 999999999999999n;
/** An amount in yuan, exact. Throws `parameter-invalid` where a number cannot hold it exactly. */
function yuan(fen) {
    if (fen > EXACT_FEN_MAX || fen < -EXACT_FEN_MAX) {
        throw new Failure('parameter-invalid', {
            path: 'periodEnd',
            en: `The sum, ${fen} fen, is beyond what a number in JSON holds exactly. Ask for a shorter period.`,
            zh: `合计 ${fen} 分超出 JSON 数值可精确表示的范围，请缩短期间`,
        });
    }
    return { value: Number(fen) / 100, unit: '元', system: 'urn:iso:std:iso:4217', code: 'CNY' };
}
