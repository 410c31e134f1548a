import { isObject, objectOf, textOf } from './element.js';
import { indexPlanOf } from './index-plan.js';
import { KEPT_CHARACTERS_MAX, ownText } from './own-text.js';
import { localReferenceAt, presenceAt, tokenAt } from './search-hash.js';
import { normaliseText } from './search-text.js';
import { numberRange, ofTypeForms, rangeOfTime, textsOf, timeOf, tokenForms } from './search-values.js';
/** Characters of a text that are searched; what stands behind them is found by other words. */
const TEXT_MAX = 10_000;
/**
 * Everything a resource is found by: the values of all elements that a search parameter of its type looks at, each kept once however many
 * parameters share it. References must already be those of this server.
 *
 * What is no value of its data type counts as being there and is found by nothing.
 */
export function indexResource(resource) {
    const entry = new Entry();
    walk(indexPlanOf(String(resource['resourceType'])), resource, entry);
    return {
        tokens: [...new Set(entry.tokens)],
        ranges: entry.ranges,
        texts: [...new Set(entry.texts)],
        time: entry.time,
        status: textOf(resource['status']) ?? null,
    };
}
class Entry {
    tokens = [];
    ranges = [];
    texts = [];
    time = {};
}
function walk({ members }, object, entry) {
    for (const member in object) {
        const node = members.get(member);
        const value = object[member];
        if (!node || value === undefined || value === null)
            continue;
        if (Array.isArray(value)) {
            for (const it of value)
                if (it !== null)
                    visit(node, it, entry);
        }
        else
            visit(node, value, entry);
    }
}
function visit(node, value, entry) {
    for (const use of node.uses)
        addValue(use, value, entry);
    for (const group of node.groups)
        addGroup(group, value, entry);
    if (!isObject(value))
        return;
    if (node.members.size > 0)
        walk(node, value, entry);
    for (const it of node.where)
        if (value[it.member] === it.value)
            visit(it.node, value, entry);
}
function addValue(use, value, entry) {
    if (!addSearchable(use, value, entry))
        entry.tokens.push(presence(use.number));
}
/** Whether there was anything to search for. */
function addSearchable(use, value, entry) {
    const { number, type } = use;
    switch (use.kind) {
        case 'token': {
            const forms = tokenForms(type, value);
            for (const form of forms)
                entry.tokens.push(type === 'Identifier' ? tokenAt(number, form) : token(number, form));
            if (type === 'Identifier')
                for (const form of ofTypeForms(value))
                    entry.tokens.push(tokenAt(use.ofType, form));
            // What is false is not there for who asks about existence.
            return forms.length > 0 || type === 'existence';
        }
        case 'reference':
            return type === 'Reference' ? addReference(use, value, entry) : addAddress(number, value, entry);
        case 'string': {
            const found = textsOf(type, value);
            for (const it of found) {
                entry.texts.push(`${number}:${normaliseText(it.slice(0, TEXT_MAX))}`);
                entry.tokens.push(tokenAt(use.exact, it));
            }
            return found.length > 0;
        }
        case 'uri':
            if (typeof value !== 'string')
                return false;
            entry.texts.push(`${number}:${value.slice(0, TEXT_MAX)}`);
            return addAddress(number, value, entry);
        case 'range': {
            const range = numberRange(type, value);
            if (range)
                entry.ranges.push([String(number), ...range]);
            return range !== undefined;
        }
        case 'date': {
            const time = timeOf(type, value);
            if (time)
                entry.ranges.push([String(number), ...rangeOfTime(time)]);
            return time !== undefined;
        }
        case 'clinical':
            entry.time = timeOf(type, value) ?? entry.time;
            return true;
    }
}
/** Literal references by type and id, with and without their version; others by their text; identifiers beside them. */
function addReference({ number, identifier, target }, value, { tokens }) {
    if (!isObject(value))
        return false;
    const text = textOf(value['reference']);
    let type = textOf(value['type']);
    let isFound = false;
    if (text !== undefined && !text.startsWith('#')) {
        isFound = true;
        const version = text.indexOf('/_history/');
        const plain = version < 0 ? text : text.slice(0, version);
        const slash = plain.lastIndexOf('/');
        const before = slash < 0 ? '' : plain.slice(plain.lastIndexOf('/', slash - 1) + 1, slash);
        if (before !== '')
            type = before;
        tokens.push((before.length === slash ? localReferenceAt(number, before, plain.slice(slash + 1)) : undefined) ?? tokenAt(number, plain));
        if (version >= 0)
            tokens.push(tokenAt(number, text));
    }
    const forms = tokenForms('Identifier', objectOf(value['identifier']) ?? null);
    for (const form of forms)
        tokens.push(tokenAt(identifier, form));
    if (target !== undefined && type !== undefined)
        tokens.push(token(target, type));
    return isFound;
}
/** A canonical is found with and without its version. */
function addAddress(number, value, { tokens }) {
    if (typeof value !== 'string')
        return false;
    tokens.push(token(number, value));
    const bar = value.indexOf('|');
    if (bar > 0)
        tokens.push(token(number, value.slice(0, bar)));
    return true;
}
function addGroup({ number, first, second, kind, isPair }, element, { tokens, ranges }) {
    if (!isObject(element))
        return;
    if (isPair) {
        for (const [low] of rangesAt(first, element, 'number'))
            for (const [, high] of rangesAt(second, element, 'number'))
                ranges.push([String(number), low, high, '0', '0', '0']);
        return;
    }
    const codes = first.flatMap((part) => valuesAt(element, part.steps).flatMap((it) => tokenForms(part.type, it)));
    if (kind === 'token' || kind === 'reference') {
        const others = second.flatMap((part) => valuesAt(element, part.steps).flatMap((it) => joinedForms(part.type, it)));
        for (const code of codes)
            for (const other of others)
                tokens.push(token(number, `${code}$${other}`));
    }
    else {
        const found = rangesAt(second, element, kind);
        for (const code of codes)
            for (const range of found)
                ranges.push([token(number, code), ...range]);
    }
}
function joinedForms(type, value) {
    if (type !== 'Reference')
        return tokenForms(type, value);
    const text = isObject(value) ? textOf(value['reference']) : undefined;
    return text === undefined ? [] : [text.replace(/\/_history\/.*$/, '')];
}
function rangesAt(parts, element, kind) {
    return parts.flatMap((part) => valuesAt(element, part.steps).flatMap((it) => {
        const time = kind === 'date' ? timeOf(part.type, it) : undefined;
        const range = kind === 'date' ? time && rangeOfTime(time) : numberRange(part.type, it);
        return range ? [range] : [];
    }));
}
function valuesAt(element, steps) {
    return steps.reduce((holders, { member, where }) => holders
        .filter(isObject)
        .flatMap((it) => listOf(it[member]))
        .filter((it) => !where || (isObject(it) && it[where.member] === where.value)), [element]);
}
function listOf(value) {
    if (value === undefined || value === null)
        return [];
    return Array.isArray(value) ? value : [value];
}
/** Tokens that nearly every resource repeats: codes, categories, states. */
const known = new Map();
const KNOWN_MAX = 4_000;
let kept = 0;
function token(path, text) {
    let ofPath = known.get(path);
    const found = ofPath?.get(text);
    if (found !== undefined)
        return found;
    const made = tokenAt(path, text);
    if (text.length > KEPT_CHARACTERS_MAX)
        return made;
    if (kept >= KNOWN_MAX) {
        known.clear();
        ofPath = undefined;
        kept = 0;
    }
    if (!ofPath) {
        ofPath = new Map();
        known.set(path, ofPath);
    }
    ofPath.set(ownText(text), made);
    kept++;
    return made;
}
const presences = new Map();
function presence(path) {
    const found = presences.get(path) ?? presenceAt(path);
    presences.set(path, found);
    return found;
}
