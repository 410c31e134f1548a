import { createHash, randomUUID } from 'node:crypto';
import { Failure } from '../../failure.js';
import { freshNumber } from '../../resources/resource-id.js';
import { insertAccessRows } from '../access-log.queries.js';
import { accessEntry, InstitutionNames } from '../show-accesses.js';
import { commitmentOf } from './commitment.js';
import { dropMonth, entriesOfMonth, holdMonth, leavesPrunedBefore, PRUNE, stateOfMonth } from './prune.queries.js';
import { prunedNames, unionOf, withLeaf } from './retention.rules.js';
const LOGIN_SYSTEM = 'https://tongjian.example/fhir/NamingSystem/database-login';
/**
 * Takes a month out of the access log, and writes down in the log that it went: both, or neither. Its leaves, the tiles and the checkpoints stay,
 * so that every proof holds as before. `undefined` where the month has no entries, as when it was pruned before.
 *
 * Throws `conflict` where the proofs would not hold afterwards: an entry has no leaf yet or is under no signed checkpoint, a leaf of the month
 * has no entry, or an entry is not the one its leaf was made of. What somebody tampered with does not go with a pruning.
 */
export async function pruneMonth(tx, month, pruner, now) {
    if (!(await holdMonth(tx, month)))
        return undefined;
    const before = await leavesPrunedBefore(tx);
    const { withoutLeaf, withoutEntry, signed } = await stateOfMonth(tx, month, before);
    if (withoutLeaf > 0)
        throw refused(month, `${withoutLeaf} entries have no leaf yet`, `${withoutLeaf} 条记录尚无叶节点`);
    if (withoutEntry > 0)
        throw refused(month, `${withoutEntry} leaves have no entry`, `${withoutEntry} 个叶节点缺少对应记录`);
    const { leaves, ...pruned } = await lookAt(tx, month);
    if (pruned.last >= signed) {
        throw refused(month, 'no signed checkpoint covers all of it yet', '尚无覆盖全部记录的已签名检查点');
    }
    if (pruned.entries === 0)
        return undefined;
    await insertAccessRows(tx.$client, [rowOf(pruned, unionOf(before, leaves), pruner, now)]);
    if (await dropMonth(tx, month))
        return pruned;
    throw refused(month, 'somebody reads the log for long; try again later', '有人正在长时间读取日志，请稍后重试');
}
/** Goes through the entries a last time. */
async function lookAt(tx, month) {
    const names = new InstitutionNames(tx);
    const hash = createHash('sha256');
    const leaves = [];
    let entries = 0;
    for await (const rows of entriesOfMonth(tx, month)) {
        const institutions = await names.of(rows.map((it) => ({ ...it, review: undefined })));
        for (const { leaf, commitment, salt, ...row } of rows) {
            if (!commitmentOf(accessEntry({ ...row, review: undefined }, institutions), salt).equals(commitment)) {
                throw refused(month, `the entry of leaf ${leaf} is not the one that was committed to`, `第 ${leaf} 号叶节点的记录与承诺值不符`);
            }
            hash.update(commitment);
            withLeaf(leaves, leaf);
            entries += 1;
        }
    }
    const [first, last] = [leaves[0]?.from ?? -1, leaves.at(-1)?.to ?? -1];
    return { month, entries, first, last, sha256: hash.digest('hex'), leaves };
}
function rowOf({ month, entries, first, last, sha256 }, leaves, pruner, now) {
    return {
        person: 0n,
        recordedAt: now,
        id: freshNumber(),
        action: 'D',
        interaction: PRUNE,
        outcome: 0,
        failure: null,
        institution: null,
        client: 'tongjian audit prune',
        practitionerSystem: LOGIN_SYSTEM,
        practitionerValue: pruner.login,
        practitionerName: pruner.name,
        purpose: 'HSYSADMIN',
        reason: null,
        reviewDue: false,
        entities: prunedNames(month, leaves),
        consents: [],
        query: `month=${month}&entries=${entries}&first=${first}&last=${last}&sha256=${sha256}`,
        requestId: randomUUID(),
        address: null,
    };
}
function refused(month, en, zh) {
    return new Failure('conflict', {
        en: `${month} stays: ${en}. "tongjian audit verify" tells more.`,
        zh: `${month} 未清理：${zh}。可用“tongjian audit verify”核查。`,
    });
}
