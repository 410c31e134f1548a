import { isPruned } from './pruning.rules.js';
/** Of a run of missing entries, as many as this are named one by one. */
const NAMED_MAX = 100;
const LOST_MAX = 1_000;
/** Goes through the places without an entry and sorts out those whose entry is gone. The database, where there is one, has their names. */
export async function findGaps(audit, table, isRequired) {
    const lost = [];
    let [pruned, lostCount, newestBefore, at] = [0, 0, 0, 0];
    const names = new NamesOf(table);
    for (const gap of audit.gaps()) {
        for (; at < gap.from; at += 1)
            newestBefore = Math.max(newestBefore, audit.momentOf(at));
        for (let leaf = gap.from; leaf < gap.until; leaf += 1) {
            const named = await names.of(leaf);
            const missing = { leaf, moment: named && Date.parse(named.recordedAt), newestBefore };
            if (isPruned(missing, audit.prunings))
                pruned += 1;
            else if (isRequired(missing)) {
                lostCount += 1;
                if (lost.length < LOST_MAX)
                    lost.push({ leaf, named });
            }
        }
        at = gap.until;
    }
    return { pruned, lostCount, lost };
}
/** Tells the entries that are gone: one by one where there are few in a row, else as a run. */
export function tellLost({ lost, lostCount }, audit, findings) {
    const still = lost.filter((it) => !audit.isSeen(it.leaf));
    let told = 0;
    while (told < still.length) {
        const first = still[told];
        let run = 1;
        while (still[told + run]?.leaf === first.leaf + run)
            run += 1;
        if (run <= NAMED_MAX) {
            for (const it of still.slice(told, told + run))
                findings.add('missing', { leaf: it.leaf, ...it.named }, neighbours(it, audit));
        }
        else {
            const { entry, recordedAt } = still[told + run - 1].named ?? {};
            const last = entry && recordedAt ? { lastEntry: entry, lastRecordedAt: recordedAt } : {};
            findings.add('missing', { leaf: first.leaf, until: first.leaf + run, ...first.named, ...last });
        }
        told += run;
    }
    if (lostCount <= lost.length)
        return;
    const more = lostCount - lost.length;
    findings.add('missing', { leaf: (lost.at(-1)?.leaf ?? 0) + 1 }, { en: `This and ${more - 1} others after it.`, zh: `此条及其后另有 ${more - 1} 条。` });
}
/** Where nobody knows the name of what is gone, between which moments it was recorded. */
function neighbours({ leaf, named }, audit) {
    if (named)
        return undefined;
    const [before, after] = [momentBefore(leaf, audit), momentAfter(leaf, audit)];
    return {
        en: `It stood ${before ? `after an entry of ${before}` : 'first'} and ${after ? `before one of ${after}` : 'last'}.`,
        zh: `其前为${before ? ` ${before} 的记录` : '日志开头'}，其后为${after ? ` ${after} 的记录` : '日志末尾'}。`,
    };
}
const NEIGHBOURS_MAX = 10_000;
function momentBefore(leaf, audit) {
    for (let at = leaf - 1; at >= Math.max(0, leaf - NEIGHBOURS_MAX); at -= 1) {
        if (audit.momentOf(at) > 0)
            return new Date(audit.momentOf(at)).toISOString();
    }
    return undefined;
}
function momentAfter(leaf, audit) {
    for (let at = leaf + 1; at <= leaf + NEIGHBOURS_MAX; at += 1) {
        if (audit.momentOf(at) > 0)
            return new Date(audit.momentOf(at)).toISOString();
    }
    return undefined;
}
/** The names that the database has of leaves, asked for in rising order. */
class NamesOf {
    #pages;
    #page = [];
    constructor(table) {
        this.#pages = table?.leaves()[Symbol.asyncIterator]();
    }
    async of(leaf) {
        while (this.#pages && (this.#page.at(-1)?.index ?? -1) < leaf) {
            const { done, value } = await this.#pages.next();
            if (done)
                return undefined;
            this.#page = value;
        }
        const straight = this.#page[leaf - (this.#page[0]?.index ?? 0)];
        return straight?.index === leaf ? straight : this.#page.find((it) => it.index === leaf);
    }
}
