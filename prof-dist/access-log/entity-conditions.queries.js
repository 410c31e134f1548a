import { DECIDE_CONSENT } from './access.rules.js';
import { AUTHENTICATIONS, EXPORTS, HISTORIES } from './access-filter.rules.js';
import { shownColumns } from './shown-columns.queries.js';
const among = (interactions) => `interaction in (${[...interactions].map((it) => `'${it}'`).join(', ')})`;
const AUTHENTICATION = among(AUTHENTICATIONS);
const DECISION = among([DECIDE_CONSENT]);
/** Everything else has what was shown, whose it is, and the request. */
const WITHOUT_RECORDS = among([DECIDE_CONSENT, ...AUTHENTICATIONS]);
/** Accesses to a single resource; of them the request is told only where it was not served. */
const TO_ONE = `(action in ('C', 'R', 'U', 'D') and not ${among([...AUTHENTICATIONS, ...EXPORTS, ...HISTORIES.keys()])})`;
/**
 * What `entitiesOf` comes to in SQL: conditions that an entry's AuditEvent has an entity of every one of the traits, as this reader is shown it, so
 * that nobody finds by what is kept from him. A person is found by primary key; for the rest the entries are gone through in their order.
 */
export function entityConditions(filter, values) {
    if (!filter.traits || filter.traits.length === 0)
        return [];
    const shown = shownColumns(filter, 'access_log');
    const isQueryTold = `(not ${DECISION} and ${shown.query} is not null and (outcome <> 0 or not ${TO_ONE}))`;
    const isFirstData = `(not ${WITHOUT_RECORDS} and cardinality(${shown.entities}) > 0 and not ${isQueryTold})`;
    const conditionOf = (trait) => {
        switch (trait.is) {
            case 'patient':
                return `(${shown.person} <> 0 and not ${AUTHENTICATION})`;
            case 'query':
                return isQueryTold;
            case 'data':
                return isFirstData;
            case 'object':
                return `(${isQueryTold} or ${isFirstData})`;
            case 'request':
                return `not ${WITHOUT_RECORDS}`;
            case 'record':
                return isOfType(trait.type, shown, isFirstData, values);
            case 'named':
                return isNamed(trait, shown, values);
        }
    };
    return filter.traits.map(conditionOf);
}
/** An entity beside the first, or a consent or policy the entry rests on. */
function isOfType(type, { entities, consents }, isFirstData, values) {
    const asked = `$${values.push(type)}`;
    const further = `case when ${isFirstData} then (${entities})[2:] else ${entities} end`;
    const isRecord = `(not ${WITHOUT_RECORDS} and exists (
    select from unnest(${further}) as e (name) where coalesce(substring(name from '^[A-Za-z]+'), 'record') = ${asked}))`;
    if (type !== 'Consent')
        return isRecord;
    const isConsent = `exists (select from unnest(${consents}) as c (name) where ${DECISION} or starts_with(name, 'Consent/'))`;
    return `(${isRecord} or (not ${AUTHENTICATION} and ${isConsent}))`;
}
function isNamed({ person, request, record, policy }, { entities, consents, person: shown }, values) {
    const alternatives = [];
    const either = (value, condition) => {
        if (value !== undefined)
            alternatives.push(condition(`$${values.push(value)}`));
    };
    // The column itself, for the index, and what is shown of it.
    either(person === undefined ? undefined : String(person), (it) => `(person = ${it}::bigint and ${shown} = ${it}::bigint and ${shown} <> 0 and not ${AUTHENTICATION})`);
    either(request, (it) => `(request_id = ${it} and not ${WITHOUT_RECORDS})`);
    either(record, (it) => `(${it} = any (${entities}) and not ${WITHOUT_RECORDS})`);
    either(policy, (it) => `(${it} = any (${consents}) and ${DECISION})`);
    return alternatives.length === 0 ? 'false' : `(${alternatives.join(' or ')})`;
}
