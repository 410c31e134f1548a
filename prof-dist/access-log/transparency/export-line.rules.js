import { decodeAccessId } from '../access-entry-id.js';
const MEMBERS = {
    // Of the entry itself.
    '': [
        'id',
        'recordedAt',
        'action',
        'interaction',
        'outcome',
        'failure',
        'person',
        'institution',
        'client',
        'practitioner',
        'purpose',
        'reason',
        'reviewDue',
        'review',
        'entities',
        'consents',
        'query',
        'requestId',
        'address',
        'leaf',
    ],
    institution: ['uscc', 'name'],
    practitioner: ['system', 'value', 'name'],
    leaf: ['index', 'salt'],
};
const SALT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/**
 * Reads a line with its end; `undefined` where it is not one that the exchange writes. A member beside those of an entry would be covered by no
 * hash, and so would one written twice; both are refused.
 */
export function readExportLine(text) {
    const json = parsed(text.endsWith('\n') ? text.slice(0, -1) : '');
    if (!isObject(json))
        return undefined;
    const end = readEnd(json);
    if (end)
        return { kind: 'end', end };
    return isEntry(json) ? { kind: 'entry', entry: json } : undefined;
}
function readEnd(json) {
    if (!isObject(json['end']))
        return undefined;
    const { entries, sha256, until } = json['end'];
    const isEnd = isPlace(entries) && typeof sha256 === 'string' && typeof until === 'string' && !Number.isNaN(Date.parse(until));
    return isEnd ? { entries, sha256, until } : undefined;
}
function isEntry(json) {
    const { id, leaf, recordedAt, entities } = json;
    const hasStrangers = Object.entries(MEMBERS).some(([name, members]) => {
        const part = name === '' ? json : json[name];
        return part !== undefined && (!isObject(part) || Object.keys(part).some((it) => !members.includes(it)));
    });
    if (hasStrangers || typeof id !== 'string' || !decodeAccessId(id) || typeof recordedAt !== 'string' || !Array.isArray(entities))
        return false;
    return leaf === undefined || (isObject(leaf) && isPlace(leaf['index']) && typeof leaf['salt'] === 'string' && SALT.test(leaf['salt']));
}
function parsed(text) {
    try {
        const json = JSON.parse(text);
        return JSON.stringify(json) === text ? json : undefined;
    }
    catch {
        return undefined;
    }
}
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isPlace = (value) => Number.isSafeInteger(value) && value >= 0;
