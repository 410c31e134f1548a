import { elementsOf } from './definitions/structures.js';
import { isObject } from './element.js';
import { parseExactJson } from './exact-json.js';
/** Marks a resource that is not whole, so that nobody takes it for the whole one and sends it back (R4, 3.1.1.5.8). */
const SUBSETTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };
/**
 * The part of a resource that is wanted, marked SUBSETTED. What is kept stands as it was written, byte for byte and in the same order;
 * `id`, `meta`, the mandatory elements and the modifiers are always kept. The text is one that this server has stored or made.
 *
 * Under `_summary=true` an element of an element is kept only where it is a summary element too. `contained` is none, so that a reference
 * to a contained resource may lead nowhere; the mark warns of it.
 */
export function subsetText(text, wish) {
    const document = parseExactJson(text);
    const resource = document.value;
    const elements = elementsOf(String(resource['resourceType']));
    const isDeep = wish.elements === undefined && wish.summary === 'true';
    const members = membersOf(document, resource).flatMap(([name, span]) => {
        const element = elements.get(plain(name));
        if (name === 'meta')
            return [document.text.slice(span.key, span.start) + markedMeta(document, resource)];
        if (!isWanted(plain(name), element, wish))
            return [];
        if (name === 'identifier' && wish.identifierSystems)
            return identifiersOfSystems(document, span, resource[name], wish.identifierSystems);
        return [isDeep ? summaryOf(document, span, resource[name], element) : document.text.slice(span.key, span.end)];
    });
    if (resource['meta'] === undefined)
        members.push(`"meta":{"tag":[${JSON.stringify(SUBSETTED)}]}`);
    return `{${members.join(',')}}`;
}
/** Whether a resource is marked as not whole. */
export function isSubsetted(resource) {
    const tags = isObject(resource['meta']) ? resource['meta']['tag'] : undefined;
    return Array.isArray(tags) && tags.some((it) => isObject(it) && it['code'] === SUBSETTED.code);
}
/** Whether a member at the root is kept. */
function isWanted(name, element, { summary, elements }) {
    if (name === 'resourceType' || name === 'id')
        return true;
    if (!elements && summary === 'data')
        return name !== 'text';
    if (element && isIndispensable(element))
        return true;
    if (!elements && !summary)
        return true;
    if (elements)
        return elements.includes(name) || (element?.choice !== undefined && elements.includes(element.choice.replace('[x]', '')));
    return summary === 'text' ? name === 'text' : element?.isSummary === true;
}
/** What must be there, and what changes the meaning of the rest, is never left out. */
const isIndispensable = ({ min, isModifier }) => min > 0 || isModifier === true;
/** The member `identifier` with those of some systems alone; not at all where there are none. */
function identifiersOfSystems(document, { key, start, end }, value, systems) {
    if (!Array.isArray(value))
        return [document.text.slice(key, end)];
    const kept = value.filter(isObject).filter((it) => systems.includes(String(it['system'])));
    if (kept.length === 0)
        return [];
    const texts = kept.map((it) => {
        const span = spanOf(document, it);
        return document.text.slice(span.start, span.end);
    });
    return [`${document.text.slice(key, start)}[${texts.join(',')}]`];
}
/** What is kept whole or not at all: of an extension no element is a summary, and a resource inside of another has its own. */
const UNDIVIDED = new Set(['Extension', 'Resource']);
/** A member of an object with as much of its value as belongs to the summary. */
function summaryOf(document, { key, start, end }, value, element) {
    const head = document.text.slice(key, start);
    const type = element?.types.length === 1 ? element.types[0] : undefined;
    if (type === undefined || UNDIVIDED.has(type))
        return document.text.slice(key, end);
    if (isObject(value))
        return head + summaryOfObject(document, value, type);
    if (!Array.isArray(value) || !value.every(isObject))
        return document.text.slice(key, end);
    return `${head}[${value.map((it) => summaryOfObject(document, it, type)).join(',')}]`;
}
/** An object in which nothing belongs to the summary is left as it is, since it may not be empty. */
function summaryOfObject(document, object, type) {
    const elements = elementsOf(type);
    const kept = membersOf(document, object).flatMap(([name, span]) => {
        const element = elements.get(plain(name));
        const isKept = name === 'id' || element?.isSummary === true || (element !== undefined && isIndispensable(element));
        return isKept ? [summaryOf(document, span, object[name], element)] : [];
    });
    if (kept.length > 0)
        return `{${kept.join(',')}}`;
    const { start, end } = spanOf(document, object);
    return document.text.slice(start, end);
}
/** `meta` as it is written, with the mark among its tags. */
function markedMeta(document, resource) {
    const meta = resource['meta'];
    const { start, end, members } = spanOf(document, meta);
    if (isSubsetted(resource))
        return document.text.slice(start, end);
    const tag = members.get('tag');
    if (tag && Array.isArray(meta['tag'])) {
        const last = tag.end - 1;
        return `${document.text.slice(start, last)},${JSON.stringify(SUBSETTED)}${document.text.slice(last, end)}`;
    }
    return `${document.text.slice(start, end - 1)},"tag":[${JSON.stringify(SUBSETTED)}]}`;
}
/** `birthDate` of `_birthDate`: id and extensions of a primitive come and go with its value. */
const plain = (name) => (name.startsWith('_') ? name.slice(1) : name);
const membersOf = (document, object) => [
    ...spanOf(document, object).members,
];
function spanOf(document, holder) {
    const span = document.spans.get(holder);
    if (!span)
        throw new Error('not a part of this document');
    return span;
}
