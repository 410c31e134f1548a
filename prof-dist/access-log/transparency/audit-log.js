import { EntryAudit } from './audit-entries.js';
import { Findings } from './audit-finding.rules.js';
import { auditTree } from './audit-tree.js';
import { CheckpointJudge } from './checkpoint-judge.js';
import { findGaps, tellLost } from './judge-gaps.js';
import { isInReach } from './pruning.rules.js';
import { readCheckpoint } from './read-checkpoint.js';
import { parseVerifierKey } from './verifier-key.js';
/**
 * Holds entries, tree and checkpoints against each other without trusting any of them more than the auditor's keys and checkpoints allow.
 *
 * Changes nothing. About 41 bytes of memory a leaf, and nothing an entry. Throws `UnreadableLog` where files cannot be had.
 */
export async function auditLog(question, progress) {
    const { log, table, entries } = question;
    const findings = new Findings();
    const keys = question.keys.length > 0 ? question.keys : await ownKeys(log, findings);
    const newest = await newestOf(log, keys, findings);
    const own = question.own.flatMap(({ name, note }) => named(readCheckpoint(note, name, keys, findings), name));
    for (const it of own) {
        if (newest && it.origin !== newest.origin)
            findings.add('other-log', { where: it.name });
    }
    const judge = new CheckpointJudge({ own, newest, kept: log.checkpoints() }, keys, findings);
    const signedSize = newest?.size ?? 0;
    const tree = await auditTree({ log, table, signedSize }, judge, findings, (done, total) => progress('tree', done, total));
    judge.finish();
    const audit = new EntryAudit(tree, findings.list.flatMap(placesOf), findings);
    for await (const batch of entries.entries(({ kind, where, entry }) => findings.add(kind, { where, ...(entry ? { entry } : {}) }))) {
        for (const it of batch)
            audit.take(it);
        progress('entries', audit.count, table?.size);
    }
    const reach = {
        anchored: Math.max(...(own.length > 0 ? own.map((it) => it.size) : [signedSize])),
        last: audit.lastSeen(),
        until: entries.until(),
    };
    const gaps = await findGaps(audit, table, (it) => !question.isPart && (entries.isWhole || isInReach(it, reach)));
    const waiting = audit.judgeUnplaced(gaps.lost);
    tellLost(gaps, audit, findings);
    audit.judgeOrder();
    tellDisagreements(tree, findings);
    const span = audit.span();
    const cover = {
        from: span?.from.toISOString(),
        until: span?.until.toISOString(),
        entries: audit.count,
        genuine: audit.held,
        size: signedSize,
        unsigned: Math.max(tree.size - signedSize, 0) + audit.beyond,
        waiting,
        pruned: gaps.pruned,
        notLookedAt: tree.size - audit.seenCount() - gaps.pruned - gaps.lostCount,
        ownCheckpoints: own.map((it) => it.size),
        keptCheckpoints: judge.keptCount,
    };
    // One after the other: all of them are asked on one connection.
    const told = [];
    for (const it of findings.list)
        told.push(await withNames(it, audit, table));
    return {
        findings: told,
        count: findings.count,
        cover,
        remarks: [...remarksOn(question, cover), ...audit.prunings.map(remarkOnPruning)],
    };
}
/** The keys that the log says are its own. */
async function ownKeys(log, findings) {
    const keys = [];
    for (const vkey of await log.keys()) {
        const key = parseVerifierKey(vkey);
        if (key)
            keys.push(key);
        else
            findings.add('unreadable', { where: `key ${vkey.slice(0, 80)}` });
    }
    return keys;
}
async function newestOf(log, keys, findings) {
    const note = await log.newest();
    const name = `newest checkpoint (${log.name})`;
    if (note === undefined)
        findings.add('checkpoint-missing', { where: log.name });
    return note === undefined ? undefined : named(readCheckpoint(note, name, keys, findings), name)[0];
}
function named(checkpoint, name) {
    return checkpoint ? [{ ...checkpoint, name }] : [];
}
/** Where tiles and database differ and the entry does not tell which of the two is right, the signature does. */
function tellDisagreements(tree, findings) {
    for (const [leaf, { kept }] of tree.disagreements) {
        const { entry, recordedAt } = kept;
        findings.add(tree.signed === 'tiles' ? 'hash-altered' : 'tile-altered', { leaf, entry, recordedAt });
    }
}
/** The first and the last place that a finding is about. */
function placesOf({ leaf, until }) {
    return leaf === undefined ? [] : [leaf, (until ?? leaf + 1) - 1];
}
/** The finding with the names of the entries it is about, as far as anybody has them. */
async function withNames(found, audit, table) {
    const { leaf, until } = found;
    if (leaf === undefined)
        return found;
    const first = found.entry ? {} : await nameOf(leaf, audit, table);
    if (until === undefined || until - leaf < 2 || found.lastEntry)
        return { ...found, ...first };
    const { entry, recordedAt } = await nameOf(until - 1, audit, table);
    return { ...found, ...first, ...(entry ? { lastEntry: entry } : {}), ...(recordedAt ? { lastRecordedAt: recordedAt } : {}) };
}
async function nameOf(leaf, audit, table) {
    const seen = audit.nameOf(leaf);
    if (seen.entry)
        return seen;
    const kept = await table?.leaf(leaf);
    return kept ? { entry: kept.entry, recordedAt: kept.recordedAt } : {};
}
function remarkOnPruning({ entry, month, at }) {
    const when = new Date(at).toISOString();
    return {
        en: `The month ${month} was pruned at ${when}, as entry ${entry} has on record.`,
        zh: `${month} 月的记录已于 ${when} 清理，登记于记录 ${entry}。`,
    };
}
function remarksOn({ log, keys, own, isPart }, cover) {
    const remarks = [];
    if (keys.length === 0) {
        remarks.push({
            en: `No --key was given: the signatures were held against the keys that ${log.name} says are its own.`,
            zh: `未给出 --key：签名按 ${log.name} 自称的公钥核验。`,
        });
    }
    if (own.length === 0) {
        remarks.push({
            en: 'No --checkpoint was given: a log that was rewritten as a whole and signed again with its own key would not be noticed.',
            zh: '未给出 --checkpoint：若整个日志被改写并用其自身密钥重新签名，将无法发现。',
        });
    }
    if (isPart && cover.notLookedAt > 0) {
        remarks.push({
            en: `Only a part of the log was looked at; entries that are not in the export, of which nothing is said: ${cover.notLookedAt}.`,
            zh: `仅核验日志的一部分：导出中没有其余 ${cover.notLookedAt} 条记录，未检查其是否存在。`,
        });
    }
    else if (cover.notLookedAt > 0) {
        remarks.push({
            en: `Entries at the end of the log that are not in the export: ${cover.notLookedAt}. They are younger, or were taken away; a checkpoint taken before the export, given with --checkpoint, tells.`,
            zh: `日志末尾有 ${cover.notLookedAt} 条记录不在导出中：或晚于导出，或已被删去。用 --checkpoint 提供导出之前取得的检查点即可判定。`,
        });
    }
    if (cover.unsigned > 0) {
        remarks.push({
            en: `Entries younger than the newest checkpoint, which no signature covers yet: ${cover.unsigned}.`,
            zh: `有 ${cover.unsigned} 条记录晚于最新检查点，尚无签名覆盖。`,
        });
    }
    if (cover.waiting > 0) {
        remarks.push({
            en: `Entries that wait for their place in the tree: ${cover.waiting}.`,
            zh: `有 ${cover.waiting} 条记录尚待编入散列树。`,
        });
    }
    return remarks;
}
