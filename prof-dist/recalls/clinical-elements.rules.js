import { codingsOf, objectsOf, referenceOf, textOf } from '../fhir/element.js';
import { showResult } from '../recognition/show-result.js';
import { meaningOf, meaningOfCodings, meaningOfConcepts, meaningOfForms, meaningOfReferences, meaningOfSeries, meaningOfTime, meaningOfValue, } from './element-meaning.rules.js';
/** Of a text that is told; a conclusion is longer than a value. */
const TEXT_MAX = 2_000;
/** The member of a choice of types: `effectiveDateTime`, `valueQuantity`. */
function choiceOf(resource, stem) {
    return Object.keys(resource).find((it) => it.startsWith(stem) && /^[A-Z]/.test(it.slice(stem.length)));
}
function chosen(resource, stem) {
    const name = choiceOf(resource, stem);
    return name === undefined ? undefined : resource[name];
}
function namesOfConcepts(value) {
    const names = objectsOf(value).flatMap((it) => {
        const [coding] = codingsOf(it);
        return textOf(it['text']) ?? (coding && (textOf(coding['display']) ?? textOf(coding['code']))) ?? [];
    });
    return names.join('; ') || undefined;
}
function namesOfCodings(value) {
    return (objectsOf(value)
        .flatMap((it) => textOf(it['display']) ?? textOf(it['code']) ?? [])
        .join('; ') || undefined);
}
function targetsOf(value) {
    return (objectsOf(value)
        .flatMap((it) => referenceOf(it) ?? textOf(it['display']) ?? [])
        .join('; ') || undefined);
}
function timeText(value) {
    if (typeof value === 'string')
        return value;
    const [period] = objectsOf(value);
    return period && (['start', 'end'].map((it) => textOf(period[it]) ?? '').join('/') || undefined);
}
/** Value and unit of an Observation itself; its components are an element of their own. */
function valueText({ text, value: resource }) {
    if (choiceOf(resource, 'value') === undefined)
        return undefined;
    const { value, unit } = showResult(text);
    return [value, unit].filter((it) => it !== undefined).join(' ') || undefined;
}
function componentText({ text, value: resource }) {
    return choiceOf(resource, 'value') === undefined ? showResult(text).value : undefined;
}
function formsText(value) {
    return (objectsOf(value)
        .map((it) => [it['title'], it['contentType'], it['creation']].flatMap((word) => textOf(word) ?? []).join(' '))
        .join('; ') || undefined);
}
function seriesText(value) {
    const series = objectsOf(value).map((it) => {
        const images = objectsOf(it['instance']).length || Number(it['numberOfInstances'] ?? 0);
        return `${textOf(it['uid']) ?? ''} (${namesOfCodings(it['modality']) ?? ''}, ${images})`;
    });
    return series.join('; ') || undefined;
}
/** An element that is one member of the resource. */
function member(name, zh, en, meaning, show) {
    return { name, zh, en, meaning: (it) => meaning(it[name]), text: (it) => show(it.value[name]) };
}
const concept = (name, zh, en) => member(name, zh, en, meaningOfConcepts, namesOfConcepts);
const reference = (name, zh, en) => member(name, zh, en, meaningOfReferences, targetsOf);
const words = (name, zh, en) => member(name, zh, en, meaningOf, textOf);
const CODE = concept('code', '项目', 'code');
const SUBJECT = reference('subject', '患者', 'patient');
const SPECIMEN = reference('specimen', '标本', 'specimen');
const EFFECTIVE = {
    name: 'effective',
    zh: '采样或检查时间',
    en: 'time of sampling or examination',
    meaning: (it) => meaningOfTime(chosen(it, 'effective')),
    text: (it) => timeText(chosen(it.value, 'effective')),
};
const NOTE = member('note', '备注', 'note', meaningOf, (it) => objectsOf(it)
    .flatMap((one) => textOf(one['text']) ?? [])
    .join('; ') || undefined);
/** An extension that turns the meaning of what it hangs on (R4, 2.4.0.1). */
const MODIFIER = member('modifierExtension', '修饰扩展', 'modifier extension', meaningOf, () => undefined);
/**
 * What counts of each type: whatever a clinician may have acted on. Not among them, so that a change of theirs alone recalls nothing: meta,
 * identifiers, narrative, category, who performed, interpreted or ordered it, the encounter, the device, when it was issued, where images are
 * kept, plain extensions, and the status as long as the result stands.
 */
export const CLINICAL_ELEMENTS = {
    Observation: [
        CODE,
        SUBJECT,
        EFFECTIVE,
        {
            name: 'value',
            zh: '结果',
            en: 'value',
            meaning: (it) => {
                const name = choiceOf(it, 'value');
                const said = name === undefined ? undefined : meaningOfValue(it[name]);
                return said === undefined ? undefined : [name ?? '', said];
            },
            text: valueText,
        },
        concept('dataAbsentReason', '无结果原因', 'reason for no value'),
        concept('interpretation', '结果提示', 'interpretation'),
        member('referenceRange', '参考范围', 'reference range', meaningOf, () => undefined),
        { name: 'component', zh: '分项结果', en: 'components', meaning: (it) => meaningOf(it['component']), text: componentText },
        concept('bodySite', '部位', 'body site'),
        concept('method', '方法', 'method'),
        SPECIMEN,
        NOTE,
        MODIFIER,
    ],
    DiagnosticReport: [
        CODE,
        SUBJECT,
        EFFECTIVE,
        SPECIMEN,
        words('conclusion', '结论', 'conclusion'),
        concept('conclusionCode', '结论编码', 'coded conclusion'),
        member('presentedForm', '报告文书', 'document', meaningOfForms, formsText),
        MODIFIER,
    ],
    ImagingStudy: [
        SUBJECT,
        member('started', '检查时间', 'time of examination', meaningOfTime, timeText),
        member('modality', '检查类型', 'modality', meaningOfCodings, namesOfCodings),
        concept('procedureCode', '检查项目', 'procedure'),
        member('series', '影像序列', 'series of images', meaningOfSeries, seriesText),
        NOTE,
        MODIFIER,
    ],
};
/** What an element says, for a reader: in words, else as the source has it; `undefined` where it says nothing. */
export function elementText(element, document) {
    if (element.meaning(document.value) === undefined)
        return undefined;
    const text = element.text(document) ?? sourceOf(element, document);
    return text === undefined || text.length <= TEXT_MAX ? text : `${text.slice(0, TEXT_MAX)}…`;
}
/** The element as it stands in the source; a document is never shown as a whole. */
export function sourceOf({ name }, document) {
    if (name === 'presentedForm')
        return undefined;
    const at = document.value[name] === undefined ? choiceOf(document.value, name) : name;
    const span = at === undefined ? undefined : document.spans.get(document.value)?.members.get(at);
    const source = span && document.text.slice(span.start, span.end);
    return source === undefined || source.length <= TEXT_MAX ? source : `${source.slice(0, TEXT_MAX)}…`;
}
