import { codingsOf, hasCode, objectOf, objectsOf, textOf } from '../fhir/element.js';
import { parseExactJson } from '../fhir/exact-json.js';
/** Value, unit, range and flag of an Observation, from its published text; empty for what it does not have. */
export function showResult(text) {
    const document = parseExactJson(text);
    const { value, unit } = showValue(document, document.value);
    const components = objectsOf(document.value['component']).map((it) => {
        const part = showValue(document, it);
        return [nameOf(it['code']), part.value, part.unit].filter((word) => word !== undefined).join(' ');
    });
    return present({
        value: value ?? (components.join('; ') || undefined),
        unit,
        referenceRange: showRanges(document, document.value),
        interpretation: showInterpretation(document.value),
    });
}
function showValue(document, holder) {
    const name = Object.keys(holder).find((it) => /^value[A-Z]/.test(it));
    const value = name === undefined ? undefined : holder[name];
    const object = objectOf(value);
    if (name === undefined)
        return { value: undefined, unit: undefined };
    if (!object)
        return { value: typeof value === 'string' ? value : exactMember(document, holder, name), unit: undefined };
    if (name === 'valueQuantity')
        return { value: showQuantity(document, object), unit: unitOf(object) };
    if (name === 'valueRange')
        return { value: showRange(document, object), unit: unitOf(objectOf(object['low']) ?? objectOf(object['high'])) };
    if (name === 'valueRatio') {
        const parts = [objectOf(object['numerator']), objectOf(object['denominator'])].map((it) => it ? showQuantity(document, it) : undefined);
        return { value: parts.join(':'), unit: undefined };
    }
    if (name === 'valuePeriod')
        return { value: [textOf(object['start']), textOf(object['end'])].join('/'), unit: undefined };
    return { value: nameOf(object), unit: undefined };
}
/** `<0.50`: comparator and digits. */
function showQuantity(document, quantity) {
    const number = exactMember(document, quantity, 'value');
    return number === undefined ? undefined : `${textOf(quantity['comparator']) ?? ''}${number}`;
}
/** `3.50-9.50`, `>=3.50`, `<=9.50`. */
function showRange(document, range) {
    const [low, high] = ['low', 'high'].map((side) => {
        const quantity = objectOf(range[side]);
        return quantity && showQuantity(document, quantity);
    });
    if (low !== undefined && high !== undefined)
        return `${low}-${high}`;
    if (low !== undefined)
        return `>=${low}`;
    return high === undefined ? undefined : `<=${high}`;
}
/** Observation.referenceRange: the normal ones, in the words of the source where it has words. */
function showRanges(document, observation) {
    const ranges = objectsOf(observation['referenceRange']).filter((it) => !it['type'] || hasCode(it['type'], 'http://terminology.hl7.org/CodeSystem/referencerange-meaning', ['normal']));
    return ranges.flatMap((it) => textOf(it['text']) ?? showRange(document, it) ?? []).join('; ') || undefined;
}
/** Observation.interpretation: the codes (H, L, N …), else the words. */
function showInterpretation(observation) {
    const flags = objectsOf(observation['interpretation']).map((it) => textOf(codingsOf(it)[0]?.['code']) ?? textOf(it['text']));
    return flags.filter((it) => it !== undefined).join(', ') || undefined;
}
function unitOf(quantity) {
    return quantity && (textOf(quantity['unit']) ?? textOf(quantity['code']));
}
/** What a CodeableConcept is called. */
function nameOf(concept) {
    const object = objectOf(concept);
    const coding = codingsOf(object)[0];
    return (object && textOf(object['text'])) ?? (coding && (textOf(coding['display']) ?? textOf(coding['code'])));
}
/** A number or boolean as it stands in the source. */
export function exactMember(document, holder, member) {
    const span = document.spans.get(holder)?.members.get(member);
    return span && document.text.slice(span.start, span.end);
}
/** Leaves out what there is not. */
function present(shown) {
    return Object.fromEntries(Object.entries(shown).filter(([, text]) => text !== undefined));
}
