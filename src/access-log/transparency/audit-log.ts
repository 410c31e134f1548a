import { EntryAudit } from './audit-entries.ts';
import { type Finding, Findings, type Subject, type Words } from './audit-finding.rules.ts';
import type { EntrySource, LeafTable, LogSource } from './audit-sources.ts';
import { type AuditedTree, auditTree } from './audit-tree.ts';
import { CheckpointJudge, type NamedCheckpoint } from './checkpoint-judge.ts';
import { findGaps, tellLost } from './judge-gaps.ts';
import { isInReach, type Pruning } from './pruning.rules.ts';
import { readCheckpoint } from './read-checkpoint.ts';
import { parseVerifierKey, type VerifierKey } from './verifier-key.ts';

/** What is to be audited, and what the auditor trusts. */
export interface AuditQuestion {
  readonly log: LogSource;
  /** The leaves of the database, where the tree or the entries are taken from it. */
  readonly table: LeafTable | undefined;
  readonly entries: EntrySource;
  /** The auditor's own checkpoints: the notes, and what they are called. */
  readonly own: readonly { readonly name: string; readonly note: string }[];
  /** The keys the auditor trusts; where none is named, those the log says are its own. */
  readonly keys: readonly VerifierKey[];
  /** The entries were asked for with filters, so that places without one say nothing. */
  readonly isPart: boolean;
}

/** What an audit covered, in figures. */
export interface AuditCover {
  /** Moments of the first and the last entry found genuine. */
  readonly from: string | undefined;
  readonly until: string | undefined;
  /** Entries looked at, and those of them that are what the tree says. */
  readonly entries: number;
  readonly genuine: number;
  /** Leaves that the newest checkpoint is signed over. */
  readonly size: number;
  /** Leaves of the tree that no checkpoint covers yet, and entries that have no place yet. */
  readonly unsigned: number;
  readonly waiting: number;
  /** Places whose entries were pruned, on record; and places whose entries were not among those looked at. */
  readonly pruned: number;
  readonly notLookedAt: number;
  readonly ownCheckpoints: readonly number[];
  readonly keptCheckpoints: number;
}

/** What an audit found: nothing where everything holds. */
export interface AuditReport {
  readonly findings: readonly Finding[];
  /** All of them, where they are too many to be listed. */
  readonly count: number;
  readonly cover: AuditCover;
  /** What the reader has to know of how far this goes. */
  readonly remarks: readonly Words[];
}

/** Tells how far a long piece of work has come. */
export type Progress = (of: 'tree' | 'entries', done: number, total: number | undefined) => void;

/**
 * Holds entries, tree and checkpoints against each other without trusting any of them more than the auditor's keys and checkpoints allow.
 *
 * Changes nothing. About 41 bytes of memory a leaf, and nothing an entry. Throws `UnreadableLog` where files cannot be had.
 */
export async function auditLog(question: AuditQuestion, progress: Progress): Promise<AuditReport> {
  const { log, table, entries } = question;
  const findings = new Findings();
  const keys = question.keys.length > 0 ? question.keys : await ownKeys(log, findings);
  const newest = await newestOf(log, keys, findings);
  const own = question.own.flatMap(({ name, note }) => named(readCheckpoint(note, name, keys, findings), name));
  for (const it of own) {
    if (newest && it.origin !== newest.origin) findings.add('other-log', { where: it.name });
  }
  const judge = new CheckpointJudge({ own, newest, kept: log.checkpoints() }, keys, findings);
  const signedSize = newest?.size ?? 0;
  const tree = await auditTree({ log, table, signedSize }, judge, findings, (done, total) => progress('tree', done, total));
  judge.finish();

  const audit = new EntryAudit(tree, findings.list.flatMap(placesOf), findings);
  for await (const batch of entries.entries(({ kind, where, entry }) => findings.add(kind, { where, ...(entry ? { entry } : {}) }))) {
    for (const it of batch) audit.take(it);
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
  const told: Finding[] = [];
  for (const it of findings.list) told.push(await withNames(it, audit, table));
  return {
    findings: told,
    count: findings.count,
    cover,
    remarks: [...remarksOn(question, cover), ...audit.prunings.map(remarkOnPruning)],
  };
}

/** The keys that the log says are its own. */
async function ownKeys(log: LogSource, findings: Findings): Promise<readonly VerifierKey[]> {
  const keys: VerifierKey[] = [];
  for (const vkey of await log.keys()) {
    const key = parseVerifierKey(vkey);
    if (key) keys.push(key);
    else findings.add('unreadable', { where: `key ${vkey.slice(0, 80)}` });
  }
  return keys;
}

async function newestOf(log: LogSource, keys: readonly VerifierKey[], findings: Findings): Promise<NamedCheckpoint | undefined> {
  const note = await log.newest();
  const name = `newest checkpoint (${log.name})`;
  if (note === undefined) findings.add('checkpoint-missing', { where: log.name });
  return note === undefined ? undefined : named(readCheckpoint(note, name, keys, findings), name)[0];
}

function named(checkpoint: ReturnType<typeof readCheckpoint>, name: string): readonly NamedCheckpoint[] {
  return checkpoint ? [{ ...checkpoint, name }] : [];
}

/** Where tiles and database differ and the entry does not tell which of the two is right, the signature does. */
function tellDisagreements(tree: AuditedTree, findings: Findings): void {
  for (const [leaf, { kept }] of tree.disagreements) {
    const { entry, recordedAt } = kept;
    findings.add(tree.signed === 'tiles' ? 'hash-altered' : 'tile-altered', { leaf, entry, recordedAt });
  }
}

/** The first and the last place that a finding is about. */
function placesOf({ leaf, until }: Finding): readonly number[] {
  return leaf === undefined ? [] : [leaf, (until ?? leaf + 1) - 1];
}

/** The finding with the names of the entries it is about, as far as anybody has them. */
async function withNames(found: Finding, audit: EntryAudit, table: LeafTable | undefined): Promise<Finding> {
  const { leaf, until } = found;
  if (leaf === undefined) return found;
  const first = found.entry ? {} : await nameOf(leaf, audit, table);
  if (until === undefined || until - leaf < 2 || found.lastEntry) return { ...found, ...first };
  const { entry, recordedAt } = await nameOf(until - 1, audit, table);
  return { ...found, ...first, ...(entry ? { lastEntry: entry } : {}), ...(recordedAt ? { lastRecordedAt: recordedAt } : {}) };
}

async function nameOf(leaf: number, audit: EntryAudit, table: LeafTable | undefined): Promise<Pick<Subject, 'entry' | 'recordedAt'>> {
  const seen = audit.nameOf(leaf);
  if (seen.entry) return seen;
  const kept = await table?.leaf(leaf);
  return kept ? { entry: kept.entry, recordedAt: kept.recordedAt } : {};
}

function remarkOnPruning({ entry, month, at }: Pruning): Words {
  const when = new Date(at).toISOString();
  return {
    en: `The month ${month} was pruned at ${when}, as entry ${entry} has on record.`,
    zh: `${month} 月的记录已于 ${when} 清理，登记于记录 ${entry}。`,
  };
}

function remarksOn({ log, keys, own, isPart }: AuditQuestion, cover: AuditCover): readonly Words[] {
  const remarks: Words[] = [];
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
  } else if (cover.notLookedAt > 0) {
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
