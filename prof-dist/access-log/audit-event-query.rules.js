import { Failure } from '../failure.js';
import { readDate } from '../fhir/date.js';
import { readToken } from '../fhir/search-token.js';
import { USCC_SYSTEM } from '../institutions/uscc.rules.js';
import { decodeAccessId } from './access-entry-id.js';
import { DECISION_SUBTYPE, DISCLOSURE_SUBTYPE, EMERGENCY_SUBTYPE } from './audit-event.rules.js';
import { CLIENT_SYSTEM, INTERACTION_SYSTEM } from './audit-shapes.rules.js';
import { readEntityIdentifier, readEntityRole, readEntityType } from './entity-query.rules.js';
import { readPatientName } from './patient-query.rules.js';
const COUNT_DEFAULT = 50;
const COUNT_MAX = 500;
const TYPES = {
    rest: 'rest',
    '110114': 'authentication',
    '110113': 'decision',
    '110106': 'disclosure',
};
const READERS = {
    date: (query, value) => readBound('date', query, value),
    _lastUpdated: (query, value) => readBound('_lastUpdated', query, value),
    _id: (query, value) => {
        const keys = value.split(',').flatMap((it) => decodeAccessId(it) ?? []);
        setOnce('_id', query.filter, 'keys', keys);
    },
    _count: (query, value) => {
        if (!/^\d{1,9}$/.test(value) || Number(value) < 1)
            throw invalid('_count', 'takes a whole number from 1 on', '应为大于等于 1 的整数');
        setOnce('_count', query, 'count', Math.min(Number(value), COUNT_MAX));
    },
    _sort: (_query, value) => {
        if (value !== '-date')
            throw invalid('_sort', 'takes -date only: the latest first', '仅支持 -date（最新在前）');
    },
    _after: (query, value) => {
        setOnce('_after', query, 'after', value);
    },
    patient: (query, value) => {
        setOnce('patient', query, 'id', value.replace(/^.*\/(?=Patient\/)/, ''));
    },
    'patient.identifier': (query, value) => {
        setOnce('patient.identifier', query, 'identifier', value);
    },
    'agent.identifier': readAgent,
    entity: (query, value) => {
        if (!/^[A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64}(\/_history\/\d+)?$/.test(value)) {
            throw invalid('entity', 'takes a relative reference, as in DiagnosticReport/…', '应为相对引用，例如 DiagnosticReport/…');
        }
        setOnce('entity', query.filter, 'entity', value);
    },
    'entity.identifier': (query, value) => {
        query.traits.push(readEntityIdentifier(value));
    },
    'entity-type': (query, value) => {
        query.traits.push(readEntityType(value));
    },
    'entity-role': (query, value) => {
        query.traits.push(readEntityRole(value));
    },
    'source.identifier': (query, value) => {
        setOnce('source.identifier', query, 'source', readToken('source.identifier', value));
    },
    action: (query, value) => {
        setOnce('action', query.filter, 'action', code('action', value, ['C', 'R', 'U', 'D', 'E']));
    },
    outcome: (query, value) => {
        const outcomes = value.split(',').map((it) => Number(code('outcome', it, ['0', '4', '8', '12'])));
        setOnce('outcome', query.filter, 'outcomes', outcomes);
    },
    type: (query, value) => {
        const kind = TYPES[code('type', value, Object.keys(TYPES))];
        if (kind)
            query.kinds.add(kind);
    },
    subtype: readSubtype,
    address: (query, value) => {
        setOnce('address', query.filter, 'address', value);
    },
};
/**
 * Reads the parameters of Retrieve ATNA Audit Event [ITI-81] and those of FHIR R4 that the log can answer. Every parameter is used or
 * refused: `not-supported` for unknown ones, `parameter-invalid` for values of the wrong form, and for a parameter that is given again where
 * an entry has one such value. What is given several times must all be met: `date` and `_lastUpdated`, `type`, `subtype` of different sorts,
 * `agent.identifier` of different agents, `entity.identifier`, `entity-type` and `entity-role`, each by some entity. Without a `date` all of the log is searched, the latest entries first.
 */
export function readAuditEventQuery(parameters) {
    const used = [];
    const query = { filter: {}, kinds: new Set(), traits: [] };
    for (const [name, value] of parameters) {
        if (name === '_format' || name === '_pretty')
            continue;
        const read = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
        if (!read) {
            throw new Failure('not-supported', {
                path: name,
                en: `"${name}" is not a search parameter of AuditEvent here; these are: ${Object.keys(READERS).join(', ')}`,
                zh: `AuditEvent 不支持检索参数“${name}”；可用参数：${Object.keys(READERS).join('、')}`,
            });
        }
        if (value === '')
            throw invalid(name, 'has no value', '缺少取值');
        read(query, value);
        if (name !== '_after')
            used.push([name, value]);
    }
    const { id, identifier, kinds, traits, uscc, source, count = COUNT_DEFAULT, after } = query;
    const patient = readPatientName(id, identifier);
    const filter = { ...query.filter, ...(kinds.size > 0 ? { kinds: [...kinds] } : {}), ...(traits.length > 0 ? { traits } : {}) };
    return { filter, patient, uscc, source, count, after, used };
}
/** `ge2026-03-01`, `lt2026-04-01T00:00:00+08:00` …: several of them must all be met. */
function readBound(name, { filter }, value) {
    const [, prefix = 'eq', text = ''] = /^(eq|lt|gt|le|ge|sa|eb)?(\d.*)$/.exec(value) ?? [];
    const range = readDate(text);
    if (!range)
        throw invalid(name, 'takes a date with one of the prefixes eq, lt, gt, le, ge, sa, eb', '应为带 eq、lt、gt、le、ge、sa、eb 前缀的日期');
    const from = prefix === 'ge' || prefix === 'eq' ? range.from : prefix === 'gt' || prefix === 'sa' ? range.until : undefined;
    const until = prefix === 'le' || prefix === 'eq' ? range.until : prefix === 'lt' || prefix === 'eb' ? range.from : undefined;
    if (from && (!filter.from || filter.from < from))
        filter.from = from;
    if (until && (!filter.until || until < filter.until))
        filter.until = until;
}
function readAgent(query, value) {
    const bar = value.indexOf('|');
    const system = value.slice(0, Math.max(bar, 0));
    const identifier = value.slice(bar + 1);
    if (identifier === '')
        throw invalid('agent.identifier', 'takes system|value', '格式应为 system|value');
    const name = 'agent.identifier';
    if (system === USCC_SYSTEM)
        setOnce(name, query, 'uscc', identifier);
    else if (system === CLIENT_SYSTEM)
        setOnce(name, query.filter, 'client', identifier);
    else
        setOnce(name, query.filter, 'practitioner', bar > 0 ? { system, value: identifier } : { value: identifier });
}
const SUBTYPES = new Map([
    ['create', 'create'],
    ['read', 'read'],
    ['vread', 'vread'],
    ['update', 'update'],
    ['patch', 'patch'],
    ['delete', 'delete'],
    ['search', 'search-type'],
    ['search-type', 'search-type'],
    ['operation', 'operation'],
    ['history-instance', 'history-instance'],
    ['history-type', 'history-type'],
    ['history-system', 'history-system'],
    ['ITI-71', 'authentication'],
    [DECISION_SUBTYPE.code, 'decision'],
    [DISCLOSURE_SUBTYPE.code, 'disclosure'],
]);
function readSubtype({ filter, kinds }, value) {
    const subtype = value.slice(value.indexOf('|') + 1);
    const kind = SUBTYPES.get(subtype);
    if (subtype === EMERGENCY_SUBTYPE.code)
        filter.reviewDue = true;
    else if (value.startsWith(`${INTERACTION_SYSTEM}|`) || !kind)
        setOnce('subtype', filter, 'interaction', subtype);
    else
        kinds.add(kind);
}
/** Takes the value of a parameter; throws `parameter-invalid` where an earlier one would be lost by it. */
function setOnce(parameter, target, name, value) {
    if (target[name] !== undefined)
        throw invalid(parameter, 'is given more than once', '只能出现一次');
    target[name] = value;
}
/** The code of a token `code` or `system|code`, if it is one of those known. */
function code(name, value, known) {
    const found = known.find((it) => it === value.slice(value.indexOf('|') + 1));
    if (found !== undefined)
        return found;
    throw invalid(name, `takes one of ${known.join(', ')}`, `应为 ${known.join('、')} 之一`);
}
function invalid(name, en, zh) {
    return new Failure('parameter-invalid', { path: name, en: `${name} ${en}`, zh: `${name} ${zh}` });
}
