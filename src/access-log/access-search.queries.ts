import type { Reader } from '../database/client.ts';
import type { Place } from '../faces/page-cursor.ts';
import { DECIDE_CONSENT } from './access.rules.ts';
import { type AccessFilter, type AccessKind, AUTHENTICATIONS, HISTORIES, SEARCHES } from './access-filter.rules.ts';
import type { AccessRow } from './access-log.queries.ts';
import { discreet, personText } from './discretion.rules.ts';
import { type EmergencyReview, findReviews } from './emergency-review.queries.ts';

/** The columns of an entry, named as its row. */
export const ACCESS_COLUMNS_SQL = `
  person, recorded_at as "recordedAt", id, action, interaction, outcome, failure, institution, client,
  practitioner_system as "practitionerSystem", practitioner_value as "practitionerValue", practitioner_name as "practitionerName",
  purpose, reason, review_due as "reviewDue", entities, consents, query, request_id as "requestId", address`;

const among = (interactions: Iterable<string>): string => `interaction in (${[...interactions].map((it) => `'${it}'`).join(', ')})`;
const AUTHENTICATION = among(AUTHENTICATIONS);
const DECISION = among([DECIDE_CONSENT]);
const HISTORY = among(HISTORIES.keys());
const historyOf = (kind: AccessKind): string => among([...HISTORIES].flatMap(([interaction, its]) => (its === kind ? [interaction] : [])));

const KINDS: Readonly<Record<AccessKind, string>> = {
  authentication: AUTHENTICATION,
  decision: DECISION,
  rest: `not ${AUTHENTICATION} and not ${DECISION}`,
  create: `action = 'C'`,
  read: `action = 'R' and interaction <> 'readVersion' and not ${HISTORY}`,
  vread: `action = 'R' and interaction = 'readVersion'`,
  update: `action = 'U'`,
  delete: `action = 'D'`,
  'search-type': `action = 'E' and interaction ~ '${SEARCHES}'`,
  operation: `action = 'E' and interaction !~ '${SEARCHES}' and not ${AUTHENTICATION} and not ${DECISION} and not ${HISTORY}`,
  'history-instance': historyOf('history-instance'),
  'history-type': historyOf('history-type'),
  'history-system': historyOf('history-system'),
};

/** An entry, how it was reviewed where it is an emergency access that was, and its leaf where that was asked for and it has one. */
export type FoundAccess = AccessRow & { readonly review: EmergencyReview | undefined; readonly leaf?: FoundLeaf | undefined };

/** The place of an entry in the transparency log, and what its commitment there is salted with. */
export interface FoundLeaf {
  readonly index: bigint;
  readonly salt: string;
}

const REVIEWED = `exists (
  select from emergency_reviews as r where r.person = access_log.person and r.accessed_at = access_log.recorded_at and r.access = access_log.id)`;

/**
 * A page of the log, the latest entry first unless said otherwise; by primary key where a person is named, else by the index of the
 * institution, of the time, or of what is due for review. Reviews, where any may be, are a second statement. `leaves` adds each entry's leaf.
 */
export async function findAccesses(
  reader: Reader,
  filter: AccessFilter,
  page: { readonly after: Place | undefined; readonly limit: number; readonly order?: 'oldest-first'; readonly leaves?: boolean },
): Promise<readonly FoundAccess[]> {
  const { conditions, values } = conditionsOf(filter);
  const [direction, beyond] = page.order === 'oldest-first' ? ['asc', '>'] : ['desc', '<'];
  if (page.after) conditions.push(`(recorded_at, id) ${beyond} ($${values.push(page.after.at)}, $${values.push(String(page.after.id))})`);
  const entries = `
      select ${ACCESS_COLUMNS_SQL} ${page.leaves ? ', salt' : ''}
      from access_log
      ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
      order by recorded_at ${direction}, id ${direction}
      limit ${page.limit}`;
  const { rows } = await reader.$client.query<AccessRow & { person: string; id: string; leaf?: string | null; salt?: string }>({
    text: page.leaves ? withLeaves(entries, direction) : entries,
    values,
  });
  const named = rows.map(({ leaf, salt = '', ...row }) => ({ ...withKeys(row), leaf: leaf ? { index: BigInt(leaf), salt } : undefined }));
  const reviewed = await findReviews(
    reader,
    named.filter((it) => it.reviewDue),
  );
  // Looked for by the person, before discretion takes the person away.
  const found = named.map((it) => ({ ...it, review: reviewed.get(it.id) }));
  return filter.discreet ? found.map(discreet) : found;
}

/** The entries with the numbers of their leaves; an entry that has no place in the tree yet has none. */
function withLeaves(entries: string, direction: string): string {
  return `
    select e.*, l.index::text as leaf
      from (${entries}) as e left join audit_log_leaves as l on l.recorded_at = e."recordedAt" and l.entry = e.id
     order by e."recordedAt" ${direction}, e.id ${direction}`;
}

function conditionsOf(filter: AccessFilter): { conditions: string[]; values: unknown[] } {
  const conditions: string[] = [];
  const values: unknown[] = [];
  const where = (condition: (parameter: string) => string, value: unknown): void => {
    if (value !== undefined) conditions.push(condition(`$${values.push(value)}`));
  };
  const [person, ...others] = filter.persons ?? [];
  if (filter.keys) {
    const times = `$${values.push(filter.keys.map((it) => it.recordedAt.toISOString()))}`;
    const ids = `$${values.push(filter.keys.map((it) => String(it.id)))}`;
    conditions.push(`(recorded_at, id) in (select * from unnest(${times}::timestamptz[], ${ids}::bigint[]))`);
  }
  // With a single key the order of the primary key is the order asked for.
  if (person !== undefined && others.length === 0) where((it) => `person = ${it}`, String(person));
  else where((it) => `person = any (${it}::bigint[])`, filter.persons?.map(String));
  if (filter.discreet) {
    where(
      (it) => `array_to_string(entities || consents, ' ') like any (${it}) and not (${DECISION} and outcome <> 0)`,
      filter.persons?.map((person) => `%/${personText(person)}%`),
    );
  }
  where((it) => `institution = ${it}`, filter.institution);
  where((it) => `practitioner_system = ${it}`, filter.practitioner?.system);
  where((it) => `practitioner_value = ${it}`, filter.practitioner?.value);
  where((it) => `client = ${it}`, filter.client);
  where((it) => `recorded_at >= ${it}`, filter.from);
  where((it) => `recorded_at < ${it}`, filter.until);
  where((it) => `action = ${it}`, filter.action);
  where((it) => `interaction = ${it}`, filter.interaction);
  where((it) => `outcome = ${it}`, filter.outcome);
  where((it) => `purpose = ${it}`, filter.purpose);
  where((it) => `review_due = ${it}`, filter.reviewDue);
  where((it) => `starts_with(address, ${it})`, filter.address);
  if (filter.review) conditions.push(filter.review === 'open' ? `not ${REVIEWED}` : REVIEWED);
  if (filter.requestsOnly) conditions.push(`not ${DECISION}`);
  if (filter.kind) conditions.push(`(${KINDS[filter.kind]})`);
  if (filter.entity !== undefined) {
    where(
      (it) => `exists (select from unnest(entities || consents) as e (name) where name = ${it} or starts_with(name, ${it} || '/'))`,
      filter.entity,
    );
  }
  return { conditions, values };
}

/** The row with its keys as numbers, which PostgreSQL hands over as texts. */
export function withKeys(row: AccessRow & { person: string; id: string }): AccessRow {
  return { ...row, person: BigInt(row.person), id: BigInt(row.id) };
}
