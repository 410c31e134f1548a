import { SCOPE_KINDS } from '../certificates/scope.rules.js';
const LEVEL_RULES = ['none', 'same-or-higher'];
const BASES = ['sampled', 'examined', 'reported'];
/** Ten years: far beyond any published time limit. */
const MINUTES_MAX = 10 * 366 * 24 * 60;
/** A year. */
const HOURS_MAX = 366 * 24;
/** Everything that is wrong with a region's rules, each with its place; empty: they can be set. */
export function faultsOfRules(rules, facts) {
    const faults = [];
    const fault = (path, en, zh) => {
        faults.push({ path, en, zh });
    };
    const minutes = (path, value) => {
        if (!isWhole(value, 1, MINUTES_MAX))
            fault(path, `${value} is no time limit: whole minutes from 1 to ${MINUTES_MAX}`, `${value} 不是有效时限，应为 1 至 ${MINUTES_MAX} 的整数分钟`);
    };
    const hours = (path, value, least) => {
        if (!isWhole(value, least, HOURS_MAX))
            fault(path, `${value} is not whole hours from ${least} to ${HOURS_MAX}`, `${value} 应为 ${least} 至 ${HOURS_MAX} 的整数小时`);
    };
    for (const name of ['titleZh', 'titleEn', 'source'])
        if (rules[name].trim() === '')
            fault(name, 'says nothing', '不能为空');
    faults.push(...faultsOfScopes(rules));
    if (!LEVEL_RULES.includes(rules.levelRule))
        fault('levelRule', `is none of ${LEVEL_RULES.join(', ')}`, `应为 ${LEVEL_RULES.join('、')} 之一`);
    hours('ownHospital.exclusionHours', rules.ownHospital.exclusionHours, 0);
    for (const [kind, value] of Object.entries(rules.lookBackMinutes))
        minutes(`lookBackMinutes.${kind}`, value);
    rules.windows?.forEach((window, index) => {
        minutes(`windows[${index}].minutes`, window.minutes);
        if (!BASES.includes(window.basis))
            fault(`windows[${index}].basis`, `is none of ${BASES.join(', ')}`, `应为 ${BASES.join('、')} 之一`);
    });
    faults.push(...faultsOfWindowItems(rules, facts));
    hours('citationHours', rules.citationHours, 1);
    if (rules.recallHours !== undefined)
        hours('recallHours', rules.recallHours, 1);
    if (!facts.isReasonList(rules.reasonList))
        fault('reasonList', `there is no list of reasons "${rules.reasonList}"`, `没有名为“${rules.reasonList}”的理由清单`);
    for (const field of Object.keys(rules.sources ?? {})) {
        if (!(field in rules) || field === 'sources')
            fault(`sources.${field}`, 'is no field of the rules', '不是规则中的字段');
    }
    return faults;
}
function faultsOfScopes({ acceptedScopes, hrMarkRequired }) {
    const faults = acceptedScopes.flatMap((kind, index) => {
        const path = `acceptedScopes[${index}]`;
        if (!SCOPE_KINDS.includes(kind)) {
            return [
                { path, en: `"${kind}" is no scope: ${SCOPE_KINDS.join(', ')}`, zh: `“${kind}”不是范围类型，应为 ${SCOPE_KINDS.join('、')}` },
            ];
        }
        return acceptedScopes.indexOf(kind) < index ? [{ path, en: `"${kind}" stands twice`, zh: `“${kind}”重复` }] : [];
    });
    if (!hrMarkRequired || acceptedScopes.length > 0)
        return faults;
    return [
        {
            path: 'acceptedScopes',
            en: 'is empty though a mark is required: nothing could be recognised',
            zh: '要求互认标识时不能为空，否则任何结果都无法互认',
        },
    ];
}
/** An item stands in one window at most: of two nobody could say which holds. */
function faultsOfWindowItems({ windows }, facts) {
    const seen = new Map();
    return (windows ?? []).flatMap(({ items }, index) => items.flatMap((item, place) => {
        const path = `windows[${index}].items[${place}]`;
        const first = seen.get(item);
        if (first === undefined)
            seen.set(item, path);
        else
            return [{ path, en: `"${item}" stands in ${first} already`, zh: `项目“${item}”已在 ${first} 中出现` }];
        return facts.isItem(item) ? [] : [{ path, en: `"${item}" is no item of any edition`, zh: `“${item}”不是任何目录版本中的项目` }];
    }));
}
function isWhole(value, least, most) {
    return Number.isInteger(value) && value >= least && value <= most;
}
