import { DECIDE_CONSENT } from './access.rules.js';
import { AUTHENTICATIONS, EXPORTS, HISTORIES, PATCHES, SEARCHES } from './access-filter.rules.js';
import { personText } from './discretion.rules.js';
import { entityConditions } from './entity-conditions.queries.js';
const among = (interactions) => `interaction in (${[...interactions].map((it) => `'${it}'`).join(', ')})`;
const AUTHENTICATION = among(AUTHENTICATIONS);
const DECISION = among([DECIDE_CONSENT]);
const DISCLOSURE = among(EXPORTS);
const PATCH = among(PATCHES);
const HISTORY = among(HISTORIES.keys());
const historyOf = (kind) => among([...HISTORIES].flatMap(([interaction, its]) => (its === kind ? [interaction] : [])));
const KINDS = {
    authentication: AUTHENTICATION,
    decision: DECISION,
    disclosure: DISCLOSURE,
    rest: `not ${AUTHENTICATION} and not ${DECISION} and not ${DISCLOSURE}`,
    create: `action = 'C'`,
    read: `action = 'R' and interaction <> 'readVersion' and not ${HISTORY} and not ${DISCLOSURE}`,
    vread: `action = 'R' and interaction = 'readVersion'`,
    update: `action = 'U' and not ${PATCH} and not ${AUTHENTICATION}`,
    patch: `action = 'U' and ${PATCH}`,
    delete: `action = 'D'`,
    'search-type': `action = 'E' and interaction ~ '${SEARCHES}'`,
    operation: `action = 'E' and interaction !~ '${SEARCHES}' and not ${AUTHENTICATION} and not ${DECISION} and not ${HISTORY}`,
    'history-instance': historyOf('history-instance'),
    'history-type': historyOf('history-type'),
    'history-system': historyOf('history-system'),
};
const REVIEWED = `exists (
  select from emergency_reviews as r where r.person = access_log.person and r.accessed_at = access_log.recorded_at and r.access = access_log.id)`;
/** What a filter comes to in SQL: conditions on `access_log`, and the values of their parameters, from `$1` on. */
export function conditionsOf(filter) {
    const conditions = [];
    const values = [];
    const where = (condition, value) => {
        if (value !== undefined)
            conditions.push(condition(`$${values.push(value)}`));
    };
    const [person, ...others] = filter.persons ?? [];
    if (filter.keys) {
        const times = `$${values.push(filter.keys.map((it) => it.recordedAt.toISOString()))}`;
        const ids = `$${values.push(filter.keys.map((it) => String(it.id)))}`;
        conditions.push(`(recorded_at, id) in (select * from unnest(${times}::timestamptz[], ${ids}::bigint[]))`);
    }
    // With a single key the order of the primary key is the order asked for.
    if (person !== undefined && others.length === 0)
        where((it) => `person = ${it}`, String(person));
    else
        where((it) => `person = any (${it}::bigint[])`, filter.persons?.map(String));
    if (filter.discreet) {
        where((it) => `array_to_string(entities || consents, ' ') like any (${it}) and not (${DECISION} and outcome <> 0)`, filter.persons?.map((person) => `%/${personText(person)}%`));
    }
    where((it) => `institution = ${it}`, filter.institution);
    where((it) => `practitioner_system = ${it}`, filter.practitioner?.system);
    where((it) => `practitioner_value = ${it}`, filter.practitioner?.value);
    // A client is one institution's for ever: its entries are found by the index of the institution.
    if (filter.client !== undefined) {
        const client = `$${values.push(filter.client)}`;
        conditions.push(`client = ${client} and institution = (select c.institution from clients as c where c.id = ${client})`);
    }
    where((it) => `recorded_at >= ${it}`, filter.from);
    where((it) => `recorded_at < ${it}`, filter.until);
    where((it) => `action = ${it}`, filter.action);
    where((it) => `interaction = ${it}`, filter.interaction);
    where((it) => `outcome = any (${it}::smallint[])`, filter.outcomes);
    where((it) => `purpose = ${it}`, filter.purpose);
    where((it) => `review_due = ${it}`, filter.reviewDue);
    where((it) => `starts_with(address, ${it})`, filter.address);
    if (filter.review)
        conditions.push(filter.review === 'open' ? `not ${REVIEWED}` : REVIEWED);
    if (filter.requestsOnly)
        conditions.push(`not ${DECISION}`);
    for (const kind of filter.kinds ?? [])
        conditions.push(`(${KINDS[kind]})`);
    if (filter.entity !== undefined) {
        where((it) => `exists (select from unnest(entities || consents) as e (name) where name = ${it} or starts_with(name, ${it} || '/'))`, filter.entity);
    }
    conditions.push(...entityConditions(filter, values));
    return { conditions, values };
}
