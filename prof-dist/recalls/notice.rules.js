const VERBS = {
    recognised: ['互认', 'recognised'],
    cited: ['引用', 'cited'],
    read: ['调阅', 'read'],
};
/** A recall in words: what has happened, what the institution did with the version before, and what is to be done. */
export function noticeOf({ kind, source, bases }) {
    const verbs = bases.flatMap((it) => (VERBS[it] ? [VERBS[it]] : []));
    const isWithdrawn = kind === 'withdrawn';
    const zh = `${source}已${isWithdrawn ? '撤回' : '更正'}一份检查检验报告。`;
    const en = `${source} has ${isWithdrawn ? 'withdrawn' : 'corrected'} a report.`;
    if (verbs.length === 0)
        return { zh, en };
    const did = { zh: verbs.map((it) => it[0]).join('、'), en: listed(verbs.map((it) => it[1])) };
    return {
        zh: `${zh}贵机构曾${did.zh}其原版本，请通知相关医务人员核对病历和诊疗措施，并确认知悉。`,
        en: `${en} Your institution has ${did.en} the version before: let the clinicians concerned go over the record and what followed from it, and acknowledge.`,
    };
}
function listed(words) {
    return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? '');
}
