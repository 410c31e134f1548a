import { recordAccess } from '../access-log/record-access.ts';
import type { Transaction } from '../database/client.ts';
import { encodePlace } from '../faces/page-cursor.ts';
import { findInstitutions } from '../institutions/find-institution.ts';
import type { Access } from '../resources/custody.ts';
import { encodeId, type ResourceKey } from '../resources/resource-id.ts';
import type { Caller } from '../security/caller.ts';
import { findCheck } from './check.queries.ts';
import { type Decision, type DecisionFilter, findDecisionsOfCheck, listDecisionRows } from './decision.queries.ts';
import { unansweredItems } from './decision.rules.ts';
import type { DecisionShown, UseShown } from './decision.schema.ts';
import { evidenceOf } from './decision-evidence.ts';
import type { SavingsBook } from './savings-book.ts';
import { idOfDecision, showDecision } from './show-decision.ts';

/** A page of decisions, and where the next one begins. */
export interface Page<Row> {
  readonly decisions: readonly Row[];
  readonly next: string | undefined;
}

/** A page of own decisions; of one check also what is left to answer of it. */
export interface DecisionPage extends Page<DecisionShown> {
  readonly unanswered: readonly string[] | undefined;
}

type Filter = Omit<DecisionFilter, 'role' | 'institution'>;

/**
 * Decisions the caller's institution made, the newest first, with what became of each. Of one check it also says which items are unanswered,
 * whatever else the list is narrowed to. `asked` is the request as it came, for the log. Three statements a page, five of one check.
 */
export async function listDecisions(
  tx: Transaction,
  savings: SavingsBook,
  caller: Caller,
  filter: Filter,
  asked: string,
  now: Date,
): Promise<DecisionPage> {
  const { rows, next } = await pageOf(tx, { ...filter, role: 'receiver', institution: caller.institution });
  const postings = await savings.find(
    tx,
    [...new Set(rows.map((it) => it.person))],
    rows.map((it) => it.id),
  );
  const unanswered = filter.check && (await unansweredOf(tx, caller, filter.check));
  await recordAccess(
    tx,
    caller,
    accessesOf(rows, asked, (it) => `RecognitionDecision/${idOfDecision(it)}`, unanswered?.length ? filter.check : undefined),
    now,
  );
  return { decisions: rows.map((it) => showDecision(it, postings.get(it.id))), next, unanswered };
}

/** Items of a check that are unanswered; `undefined` where the caller's institution has made no such check. */
async function unansweredOf(tx: Transaction, caller: Caller, key: ResourceKey): Promise<readonly string[] | undefined> {
  const check = await findCheck(tx, key, caller.institution);
  if (!check) return undefined;
  const answered = await findDecisionsOfCheck(tx, key);
  return unansweredItems(evidenceOf(check).items, new Set(answered.keys()));
}

/**
 * Recognitions of results of the caller's institution by others, the newest first. Of the patient it says no more than the own report
 * does: neither the visit, nor the clinician, nor the receiving institution's names for them. Three statements a page.
 */
export async function listUses(tx: Transaction, caller: Caller, filter: Filter, asked: string, now: Date): Promise<Page<UseShown>> {
  const { rows, next } = await pageOf(tx, { ...filter, role: 'source', decision: 'recognised', institution: caller.institution });
  const institutions = await findInstitutions(tx, [...new Set(rows.map((it) => it.institution))]);
  await recordAccess(
    tx,
    caller,
    accessesOf(rows, asked, (it) => `${it.report}/_history/${it.reportVersion}`),
    now,
  );
  return {
    decisions: rows.map((it) => ({
      item: it.item,
      decision: 'recognised',
      report: it.report,
      reportVersion: it.reportVersion,
      receiver: { uscc: institutions.get(it.institution)?.uscc ?? '', name: institutions.get(it.institution)?.name ?? '' },
      decidedAt: it.decidedAt.toISOString(),
      ...(it.citedAt ? { citedAt: it.citedAt.toISOString() } : {}),
      ...(it.revokedAt ? { revokedAt: it.revokedAt.toISOString() } : {}),
    })),
    next,
  };
}

async function pageOf(tx: Transaction, filter: DecisionFilter): Promise<{ rows: readonly Decision[]; next: string | undefined }> {
  const found = await listDecisionRows(tx, { ...filter, limit: filter.limit + 1 });
  const rows = found.slice(0, filter.limit);
  const last = found.length > filter.limit ? rows.at(-1) : undefined;
  return { rows, next: encodePlace(last && { at: last.decidedAt, id: last.id }) };
}

/** One access a person, or one that names nobody for an empty page. `check`: one whose unanswered items were told. */
function accessesOf(rows: readonly Decision[], asked: string, entityOf: (row: Decision) => string, check?: ResourceKey): readonly Access[] {
  const entities = new Map<bigint, Set<string>>();
  if (check) entities.set(check.person, new Set([`RecognitionCheck/${encodeId(check)}`]));
  for (const row of rows) {
    const ofPerson = entities.get(row.person) ?? new Set();
    entities.set(row.person, ofPerson.add(entityOf(row)));
  }
  if (entities.size === 0) entities.set(0n, new Set());
  return [...entities].map(([person, shown]) => ({
    person,
    action: 'E',
    interaction: 'listDecisions',
    entities: [...shown],
    query: asked,
  }));
}
