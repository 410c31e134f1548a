import { codingsOf, objectOf, textOf } from '../fhir/element.js';
import { parseExactJson } from '../fhir/exact-json.js';
import { CLINICAL_ELEMENTS, elementText, sourceOf } from './clinical-elements.rules.js';
/** A result with these does not stand (R4: DiagnosticReport.status, Observation.status, ImagingStudy.status). */
const WITHDRAWN = ['entered-in-error', 'cancelled'];
/**
 * What clinicians who relied on the version before have to know: each result that was changed, withdrawn or added; empty where nothing
 * clinical was. Which elements count stands in `CLINICAL_ELEMENTS`; a deletion is a withdrawal, and of what did not stand before nothing more
 * is withdrawn. A report that had no version before is new, and recalls nothing. The report itself comes first.
 */
export function differenceOf(report, parts) {
    const own = parts.find((it) => it.reference === report);
    if (own?.change?.former === 0)
        return [];
    const [reports, results] = [parts.filter((it) => it === own), parts.filter((it) => it !== own)];
    return [...reports, ...results].flatMap((it) => changeOf(it) ?? []);
}
function changeOf({ reference, change }) {
    if (!change)
        return undefined;
    const [before, after] = [standing(change.formerText), standing(change.text)];
    const named = before ?? after;
    if (!named)
        return undefined;
    const elements = (CLINICAL_ELEMENTS[reference.replace(/\/.*/, '')] ?? []).flatMap((element) => {
        const [old, next] = [before, after].map((it) => it && JSON.stringify(element.meaning(it.value)));
        if (old === next)
            return [];
        let [oldText, newText] = [before, after].map((it) => it && elementText(element, it));
        // Where the words are the same, the source says in what they differ.
        if (before && after && oldText === newText)
            [oldText, newText] = [sourceOf(element, before), sourceOf(element, after)];
        return [
            {
                element: element.name,
                zh: element.zh,
                en: element.en,
                ...(oldText === undefined ? {} : { old: oldText }),
                ...(newText === undefined ? {} : { new: newText }),
            },
        ];
    });
    if (before && after && elements.length === 0)
        return undefined;
    return {
        reference,
        from: change.former,
        to: change.version,
        change: !after ? 'withdrawn' : before ? 'changed' : 'added',
        name: nameOf(named),
        elements,
    };
}
/** A version that stands; `undefined` for a deletion, for what was withdrawn, and where there is none. */
function standing(text) {
    if (text === null)
        return undefined;
    const document = parseExactJson(text);
    return WITHDRAWN.includes(String(document.value['status'])) ? undefined : document;
}
function nameOf({ value }) {
    const code = objectOf(value['code']);
    const [coding] = codingsOf(code);
    const text = (code && textOf(code['text'])) ?? (coding && textOf(coding['display'])) ?? textOf(value['description']);
    const system = coding && textOf(coding['system']);
    const of = coding && textOf(coding['code']);
    return {
        ...(system === undefined ? {} : { system }),
        ...(of === undefined ? {} : { code: of }),
        ...(text === undefined ? {} : { text }),
    };
}
