import { beijingMinute } from '../../beijing-time.js';
import { encodeCardId, suggestionIdOf } from './card-id.rules.js';
import { shorten, tableOf } from './markdown.rules.js';
export function isRecognisable(answer) {
    return answer.verdict === 'recognisable' && answer.candidate !== undefined;
}
/** CDS Hooks 2.0: a summary has less than 140 characters. */
const SUMMARY_MAX = 139;
/** Rows of the card that lists what there is of a patient; the rest is counted. */
const ROWS_MAX = 20;
/** Where the code systems of the regions' lists of reasons begin; the name of the list follows. */
export const REASON_SYSTEMS = 'https://tongjian.example/fhir/CodeSystem/reason-';
/**
 * The one card of an opened patient: what of other institutions may be recognised, the newest first; `undefined` where there is nothing. It
 * has no uuid, since there is nothing to decide yet.
 */
export function hintCard(items, manner) {
    if (items.length === 0)
        return undefined;
    const { language } = manner;
    const ranked = items.toSorted(byTime);
    const shown = ranked.slice(0, ROWS_MAX);
    const names = ranked.map((it) => nameOf(it, language));
    const left = ranked.length - shown.length;
    const more = language === 'zh' ? `另有 ${left} 项。` : `${left} more.`;
    return {
        summary: shorten(language === 'zh'
            ? `可互认结果 ${names.length} 项：${names.join('、')}`
            : `${names.length} recognisable prior results: ${names.join(', ')}`, SUMMARY_MAX),
        detail: [tableOfResults(shown, language), ...(left > 0 ? [more] : [])].join('\n\n'),
        indicator: 'info',
        source: sourceOf(manner),
        links: linksOf(shown, manner),
    };
}
/**
 * The card of a reminder: which result, of whom, of when, with which mark, until when; how to use it; and for which reasons not to.
 *
 * Using it is what the card recommends, and cancels the draft orders that it covers; one that also waits for another card is not cancelled by
 * this one. It interrupts at signing, the last moment, and not before.
 */
export function orderCard(reminder, hook, manner) {
    const { language } = manner;
    const { items, key } = reminder;
    return {
        uuid: encodeCardId(key),
        summary: shorten(summaryOf(items, language), SUMMARY_MAX),
        detail: tableOfResults(items, language),
        indicator: hook === 'order-sign' ? 'warning' : 'info',
        source: sourceOf(manner),
        suggestions: [suggestionOf(reminder, language)],
        selectionBehavior: 'at-most-one',
        ...(manner.reasons.length > 0 ? { overrideReasons: manner.reasons.map((it) => reasonOf(it, manner)) } : {}),
        links: linksOf(items, manner),
    };
}
/** What saves most goes first, then what is newest; the order of their numbers settles the rest. */
export function rankReminders(reminders) {
    const savedBy = ({ items }) => items.reduce((sum, it) => sum + (it.price?.amountFen ?? 0), 0);
    const newestOf = ({ items }) => items.map((it) => timeOf(it) ?? '').reduce((a, b) => (a > b ? a : b), '');
    return reminders.toSorted((a, b) => savedBy(b) - savedBy(a) || newestOf(b).localeCompare(newestOf(a)) || (a.key.number < b.key.number ? -1 : 1));
}
function suggestionOf({ key, items, covered }, language) {
    const names = items.map((it) => nameOf(it, language)).join(language === 'zh' ? '、' : ', ');
    const references = covered.flatMap((it) => it.reference ?? []);
    const label = language === 'zh'
        ? `采用既往结果${references.length > 0 ? '，取消本医嘱' : ''}`
        : `Use the prior result${references.length > 0 ? ' and cancel the order' : ''}`;
    const actions = references.map((resourceId) => ({
        type: 'delete',
        description: language === 'zh' ? `取消医嘱：${names}` : `Cancel the order: ${names}`,
        resourceId,
    }));
    return { label, uuid: suggestionIdOf(key), isRecommended: true, ...(actions.length > 0 ? { actions } : {}) };
}
function reasonOf(reason, { language, reasonList }) {
    const text = language === 'zh' ? reason.textZh : reason.textEn;
    const note = language === 'zh' ? '（须填写说明）' : ' (a comment is required)';
    return { code: reason.code, system: `${REASON_SYSTEMS}${reasonList}`, display: `${text}${reason.noteRequired ? note : ''}` };
}
function summaryOf(items, language) {
    const [first] = items;
    if (!first)
        return '';
    const name = nameOf(first, language);
    if (items.length > 1) {
        return language === 'zh'
            ? `已有可互认结果：${name}等 ${items.length} 项`
            : `Recognisable prior results: ${name} and ${items.length - 1} more`;
    }
    const facts = [name, first.candidate.source.name, minuteOf(timeOf(first))].filter((it) => it !== undefined && it !== '');
    return language === 'zh' ? `已有可互认结果：${facts.join('，')}` : `Recognisable prior result: ${facts.join(', ')}`;
}
const HEADS = {
    zh: ['项目', '结果', '来源机构', '时间', '互认标识', '有效至'],
    en: ['Item', 'Result', 'Source', 'Time', 'Mark', 'Valid until'],
};
function tableOfResults(items, language) {
    return tableOf(HEADS[language], items.map((it) => [
        nameOf(it, language),
        resultOf(it, language),
        it.candidate.source.name,
        minuteOf(timeOf(it)),
        it.candidate.mark?.label,
        minuteOf(it.candidate.validUntil),
    ]));
}
function resultOf({ candidate }, language) {
    const { value, unit, interpretation, studies = [] } = candidate;
    const measured = [value, unit, interpretation && `(${interpretation})`].filter(Boolean).join(' ');
    if (measured !== '' || studies.length === 0)
        return measured;
    return language === 'zh' ? `影像 ${studies.length} 份` : `${studies.length} imaging ${studies.length === 1 ? 'study' : 'studies'}`;
}
/** Sampling or examination; the report where neither is known. */
function timeOf({ candidate }) {
    return candidate.sampledAt ?? candidate.examinedAt ?? candidate.reportedAt;
}
function byTime(a, b) {
    return (timeOf(b) ?? '').localeCompare(timeOf(a) ?? '') || (a.item < b.item ? -1 : 1);
}
function minuteOf(moment) {
    return moment === undefined ? undefined : beijingMinute(new Date(moment));
}
function nameOf({ item, nameZh, nameEn }, language) {
    return (language === 'zh' ? nameZh : nameEn) ?? item;
}
function sourceOf({ language, publicUrl }) {
    return { label: language === 'zh' ? '通检：检查检验结果互认' : 'Tongjian: mutual recognition of results', url: publicUrl };
}
/** One link a report, to the version that was shown. */
function linksOf(items, { language, publicUrl }) {
    const links = items.map(({ candidate: { report, reportVersion, source } }) => ({
        label: language === 'zh' ? `查看报告（${source.name}）` : `The report (${source.name})`,
        url: `${publicUrl}/fhir/${report}/_history/${reportVersion}`,
        type: 'absolute',
    }));
    return [...new Map(links.map((it) => [it.url, it])).values()];
}
