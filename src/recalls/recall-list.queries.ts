import type { Reader, Transaction } from '../database/client.ts';
import type { Place } from '../faces/page-cursor.ts';
import type { ResourceKey } from '../resources/resource-id.ts';
import type { Practitioner } from '../security/caller.ts';
import type { Reliance } from './correction.queries.ts';
import type { ResultChange } from './difference.rules.ts';
import { recallAcknowledgements } from './recalls.tables.ts';

/** A recall with what it is about, whether it was acknowledged, and its neighbours of the same report and institution. */
export interface Recall extends ResourceKey {
  readonly institution: number;
  readonly publisher: number;
  readonly toldAt: Date;
  readonly dueAt: Date;
  readonly rulesVersion: string;
  readonly report: bigint;
  readonly reportVersion: number | null;
  readonly kind: 'corrected' | 'withdrawn';
  readonly correctedAt: Date;
  readonly difference: readonly ResultChange[];
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: Practitioner | null;
  readonly note: string | null;
  /** The recall of the correction before, and of the one after, if this institution was told of one. */
  readonly former: bigint | null;
  readonly next: bigint | null;
}

/** Which recalls somebody wants to see. */
export interface RecallFilter {
  /** Who was told, or who published; neither: everybody's. */
  readonly institution?: number | undefined;
  readonly publisher?: number | undefined;
  readonly key?: ResourceKey | undefined;
  readonly state?: 'open' | 'acknowledged' | undefined;
  readonly overdue?: boolean | undefined;
  readonly report?: ResourceKey | undefined;
  /** Told at or after. */
  readonly from?: Date | undefined;
  /** Told before. */
  readonly until?: Date | undefined;
}

/**
 * A page of recalls, the one that was told first comes first; by the index of who was told, of who published, or of the time, and one recall by
 * primary key.
 */
export async function findRecalls(
  reader: Reader,
  filter: RecallFilter,
  page: { readonly after: Place | undefined; readonly limit: number },
  now: Date,
): Promise<readonly Recall[]> {
  const values: unknown[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const conditions = conditionsOf(filter, bind, now);
  if (page.after) conditions.push(`(r.told_at, r.id) > (${bind(page.after.at)}::timestamptz, ${bind(String(page.after.id))}::bigint)`);
  const neighbour = (beyond: '<' | '>', order: 'asc' | 'desc'): string => `(
    select o.id from report_corrections oc join recalls o on o.person = oc.person and o.correction = oc.id and o.institution = r.institution
     where oc.person = c.person and oc.report = c.report and (oc.leaf, oc.id) ${beyond} (c.leaf, c.id)
     order by oc.leaf ${order}, oc.id ${order} limit 1)`;
  const { rows } = await reader.$client.query<RecallRow>({
    text: `
      select r.person, r.id, r.institution, r.publisher, r.told_at as "toldAt", r.due_at as "dueAt", r.rules_version as "rulesVersion",
             c.report, c.report_version as "reportVersion", c.kind, c.corrected_at as "correctedAt", c.difference,
             a.acknowledged_at as "acknowledgedAt", a.practitioner as "acknowledgedBy", a.note,
             ${neighbour('<', 'desc')} as former, ${neighbour('>', 'asc')} as next
        from recalls r
        join report_corrections c on c.person = r.person and c.id = r.correction
        left join recall_acknowledgements a on a.person = r.person and a.recall = r.id
       ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
       order by r.told_at, r.id
       limit ${page.limit}`,
    values,
  });
  return rows.map(recallOf);
}

function conditionsOf(filter: RecallFilter, bind: (value: unknown) => string, now: Date): string[] {
  const conditions: string[] = [];
  const { institution, publisher, key, report, state, overdue, from, until } = filter;
  if (institution !== undefined) conditions.push(`r.institution = ${bind(institution)}`);
  if (publisher !== undefined) conditions.push(`r.publisher = ${bind(publisher)}`);
  if (key) conditions.push(`r.person = ${bind(key.person)} and r.id = ${bind(key.id)}`);
  if (report) conditions.push(`c.person = ${bind(report.person)} and c.report = ${bind(report.id)}`);
  if (state) conditions.push(`a.recall is ${state === 'open' ? '' : 'not '}null`);
  if (overdue !== undefined) conditions.push(`${overdue ? '' : 'not '}(a.recall is null and r.due_at < ${bind(now)}::timestamptz)`);
  if (from) conditions.push(`r.told_at >= ${bind(from)}::timestamptz`);
  if (until) conditions.push(`r.told_at < ${bind(until)}::timestamptz`);
  return conditions;
}

type Numbers = 'person' | 'id' | 'report';
type RecallRow = Omit<Recall, Numbers | 'former' | 'next'> &
  Readonly<Record<Numbers, string>> & { former: string | null; next: string | null };

function recallOf({ person, id, report, former, next, ...row }: RecallRow): Recall {
  return {
    ...row,
    person: BigInt(person),
    id: BigInt(id),
    report: BigInt(report),
    former: former === null ? null : BigInt(former),
    next: next === null ? null : BigInt(next),
  };
}

/** Of each recall what its institution did with the version before, the latest first, at most `max`. One statement, by primary key. */
export async function findReliancesOf(
  reader: Reader,
  recalls: readonly ResourceKey[],
  max: number,
): Promise<ReadonlyMap<bigint, readonly Reliance[]>> {
  const { rows } = await reader.$client.query<Omit<Reliance, 'person' | 'recall'> & { person: string; recall: string }>({
    name: 'find-reliances-of',
    text: `select l.person, l.recall, l.source, l.basis, l.practitioner, l.encounter, l.item, l.is_concerned as "isConcerned", l.results,
                  l.relied_at as "reliedAt"
             from unnest($1::bigint[], $2::bigint[]) as k(person, recall)
            cross join lateral (
              select * from recall_reliances where person = k.person and recall = k.recall
               order by basis desc, relied_at desc, source limit $3) l`,
    values: [recalls.map((it) => it.person), recalls.map((it) => it.id), max],
  });
  const found = new Map<bigint, Reliance[]>();
  for (const row of rows) {
    const reliance = { ...row, person: BigInt(row.person), recall: BigInt(row.recall) };
    const list = found.get(reliance.recall);
    if (list) list.push(reliance);
    else found.set(reliance.recall, [reliance]);
  }
  return found;
}

/** `true` when this is the first acknowledgement of the recall. */
export async function insertAcknowledgement(tx: Transaction, row: typeof recallAcknowledgements.$inferInsert): Promise<boolean> {
  const added = await tx
    .insert(recallAcknowledgements)
    .values(row)
    .onConflictDoNothing()
    .returning({ recall: recallAcknowledgements.recall });
  return added.length === 1;
}
