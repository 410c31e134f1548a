import { versionedReference } from './outcome-headers.js';
const SAID = {
    created: { en: 'was created', zh: '已创建' },
    updated: { en: 'was updated', zh: '已更新' },
    unchanged: { en: 'stands already; nothing was written', zh: '已存在，未写入新内容' },
    deleted: { en: 'was deleted', zh: '已删除' },
};
/** What was done, as an OperationOutcome for whoever prefers one to the resource. */
export function showOutcome(outcome, language) {
    const text = textOf(outcome, language);
    return {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'information', code: 'informational', details: { text }, diagnostics: text }],
    };
}
function textOf(outcome, language) {
    if (outcome.status === 'nothing') {
        return language === 'zh' ? `没有符合条件的 ${outcome.type}，无需删除` : `no ${outcome.type} met the criteria; nothing was deleted`;
    }
    const said = SAID[outcome.status][language];
    return `${versionedReference(outcome)} ${said}`;
}
