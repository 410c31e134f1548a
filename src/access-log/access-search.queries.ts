import type { Reader } from '../database/client.ts';
import type { Place } from '../faces/page-cursor.ts';
import { type AccessFilter, type AccessKind, AUTHENTICATIONS, HISTORIES, SEARCHES } from './access-filter.rules.ts';
import type { AccessRow } from './access-log.queries.ts';
import { discreet, personText } from './discretion.rules.ts';

const COLUMNS = `
  person, recorded_at as "recordedAt", id, action, interaction, outcome, failure, institution, client,
  practitioner_system as "practitionerSystem", practitioner_value as "practitionerValue", practitioner_name as "practitionerName",
  purpose, reason, review_due as "reviewDue", entities, query, request_id as "requestId", address`;

const among = (interactions: Iterable<string>): string => `interaction in (${[...interactions].map((it) => `'${it}'`).join(', ')})`;
const AUTHENTICATION = among(AUTHENTICATIONS);
const HISTORY = among(HISTORIES.keys());
const historyOf = (kind: AccessKind): string => among([...HISTORIES].flatMap(([interaction, its]) => (its === kind ? [interaction] : [])));

const KINDS: Readonly<Record<AccessKind, string>> = {
  authentication: AUTHENTICATION,
  rest: `not ${AUTHENTICATION}`,
  create: `action = 'C'`,
  read: `action = 'R' and interaction <> 'readVersion' and not ${HISTORY}`,
  vread: `action = 'R' and interaction = 'readVersion'`,
  update: `action = 'U'`,
  delete: `action = 'D'`,
  'search-type': `action = 'E' and interaction ~ '${SEARCHES}'`,
  operation: `action = 'E' and interaction !~ '${SEARCHES}' and not ${AUTHENTICATION} and not ${HISTORY}`,
  'history-instance': historyOf('history-instance'),
  'history-type': historyOf('history-type'),
  'history-system': historyOf('history-system'),
};

/**
 * A page of the log, the latest entry first; by primary key where a person is named, else by the index of the institution or of the time.
 */
export async function findAccesses(
  reader: Reader,
  filter: AccessFilter,
  page: { readonly after: Place | undefined; readonly limit: number },
): Promise<readonly AccessRow[]> {
  const { conditions, values } = conditionsOf(filter);
  if (page.after) conditions.push(`(recorded_at, id) < ($${values.push(page.after.at)}, $${values.push(String(page.after.id))})`);
  const { rows } = await reader.$client.query<AccessRow & { person: string; id: string }>({
    text: `
      select ${COLUMNS}
      from access_log
      ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
      order by recorded_at desc, id desc
      limit ${page.limit}`,
    values,
  });
  const named = rows.map(withKeys);
  return filter.discreet ? named.map(discreet) : named;
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
      (it) => `array_to_string(entities, ' ') like any (${it})`,
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
  if (filter.kind) conditions.push(`(${KINDS[filter.kind]})`);
  if (filter.entity !== undefined) {
    where((it) => `exists (select from unnest(entities) as e (name) where name = ${it} or starts_with(name, ${it} || '/'))`, filter.entity);
  }
  return { conditions, values };
}

function withKeys(row: AccessRow & { person: string; id: string }): AccessRow {
  return { ...row, person: BigInt(row.person), id: BigInt(row.id) };
}
