import { objectsOf, textOf } from '../../fhir/element.js';
import { COLUMNS, cellsOf, PANELS_SEPARATOR } from './edition-columns.rules.js';
import { ALL_ITEMS } from './edition-value-sets.rules.js';
import { ITEM_SYSTEM } from './find-items.js';
/** From which day on a code system holds (https://hl7.org/fhir/R4/extension-codesystem-effectivedate.html). */
const EFFECTIVE_DATE = 'http://hl7.org/fhir/StructureDefinition/codesystem-effectiveDate';
/** Columns that are no property but an element of the concept, and where that stands. */
const ELEMENTS = { code: 'code', name_zh: 'display', name_en: 'designation' };
const PROPERTIES = {
    kind: { type: 'code', description: 'Kind of examination: laboratory, imaging, ecg, pathology.' },
    loinc: { type: 'code', description: 'LOINC code.' },
    unit: { type: 'code', description: 'Unit of the result, UCUM.' },
    specimen_or_body_part: { type: 'string', description: 'Specimen of a laboratory item, body part of an imaging item.' },
    modality: { type: 'code', description: 'DICOM modality.' },
    window: {
        type: 'string',
        description: 'How long a result may be recognised, an ISO 8601 duration; without it the edition names no limit.',
    },
    window_basis: { type: 'code', description: 'What the window is counted from: sampled, examined, reported.' },
    window_without_treatment: { type: 'boolean', description: 'The window holds only where the patient was not treated in between.' },
    negative_zh: { type: 'string', description: 'Negative list: why a result must not be recognised, in Chinese.' },
    negative_en: { type: 'string', description: 'Negative list: why a result must not be recognised, in English.' },
    originals_required: { type: 'boolean', description: 'The originals (images, curves) must be retrievable.' },
    sensitivity: { type: 'code', description: 'Sensitive information (v3-ActCode): a permit has to name it.' },
    panels: { type: 'code', description: 'A panel it is a member of; once for each.' },
};
const PROPERTY_COLUMNS = COLUMNS.filter((it) => !(it in ELEMENTS));
/**
 * An edition as a CodeSystem: what CSV has as a column is a property of the concept by the same name, but for the code, the Chinese name
 * (the display) and the English one (a designation).
 */
export function codeSystemOf({ edition, title, effectiveFrom }, items) {
    return {
        resourceType: 'CodeSystem',
        id: 'item-edition',
        language: 'zh-CN',
        extension: [{ url: EFFECTIVE_DATE, valueDate: effectiveFrom }],
        url: ITEM_SYSTEM,
        version: edition,
        name: 'RecognisableItems',
        title,
        status: 'active',
        experimental: false,
        caseSensitive: true,
        valueSet: ALL_ITEMS,
        content: 'complete',
        count: items.length,
        property: PROPERTY_COLUMNS.map((code) => ({ code, ...PROPERTIES[code] })),
        concept: items.map(conceptOf),
    };
}
function conceptOf(item) {
    const cells = cellsOf(item);
    return {
        code: item.code,
        display: item.nameZh,
        designation: [{ language: 'en', value: item.nameEn }],
        property: PROPERTY_COLUMNS.flatMap((code) => {
            if (code === 'panels')
                return item.panels.map((panel) => ({ code, valueCode: panel }));
            const cell = cells[code];
            if (cell === '')
                return [];
            const { type } = PROPERTIES[code];
            if (type === 'boolean')
                return [{ code, valueBoolean: cell === 'true' }];
            return [type === 'code' ? { code, valueCode: cell } : { code, valueString: cell }];
        }),
    };
}
/** The edition that a CodeSystem claims to be; parts that are not there are empty. What is wrong with them is for others to say. */
export function headOfCodeSystem(resource) {
    const effective = objectsOf(resource['extension']).find((it) => it['url'] === EFFECTIVE_DATE);
    return {
        edition: textOf(resource['version']) ?? '',
        title: trimmed(textOf(resource['title'])),
        effectiveFrom: textOf(effective?.['valueDate']) ?? '',
    };
}
/** Where a CodeSystem has the parts of the head. */
export function placeOfHead(part) {
    return { edition: 'version', title: 'title', effectiveFrom: `extension('${EFFECTIVE_DATE}')` }[part];
}
/**
 * The concepts of a CodeSystem as cells, or everything in them that has no cell: it is incomplete, or no active one, concepts stand inside
 * of others or bring definitions, properties are not those of an edition, or stand there twice.
 */
export function draftsOfCodeSystem(resource) {
    const issues = [];
    if (resource['content'] !== 'complete') {
        issues.push({ path: 'content', en: 'is not "complete": an edition is loaded as a whole', zh: '应为 complete：目录版本须整体导入' });
    }
    if (resource['status'] !== 'active') {
        issues.push({ path: 'status', en: 'is not "active": keep a draft under another url', zh: '应为 active；草稿请使用其他 url' });
    }
    const drafts = objectsOf(resource['concept']).map((concept, index) => {
        const place = `concept[${index}]`;
        issues.push(...strangeIn(concept, place));
        return {
            cells: cellsOfConcept(concept),
            placeOf: (column) => (isElement(column) ? `${place}.${ELEMENTS[column]}` : `${place}.property.where(code='${column}')`),
        };
    });
    return { drafts, issues };
}
function cellsOfConcept(concept) {
    const properties = objectsOf(concept['property']);
    const cell = (column) => {
        if (column === 'code' || column === 'name_zh')
            return textOf(concept[ELEMENTS[column]]) ?? '';
        if (column === 'name_en')
            return textOf(englishOf(concept)[0]?.['value']) ?? '';
        const values = properties.filter((it) => it['code'] === column).map((it) => textOfValue(it) ?? '');
        return values.join(PANELS_SEPARATOR);
    };
    return Object.fromEntries(COLUMNS.map((column) => [column, trimmed(cell(column))]));
}
/** What a concept says that an edition has no place for. */
function strangeIn(concept, place) {
    const nothing = ['definition', 'concept'].filter((it) => concept[it] !== undefined);
    const seen = new Set();
    return [
        ...nothing.map((it) => ({ path: `${place}.${it}`, en: 'has no place in an edition', zh: '目录版本中没有对应内容' })),
        ...(englishOf(concept).length > 1 ? [{ path: `${place}.designation`, en: 'gives several English names', zh: '有多个英文名称' }] : []),
        ...objectsOf(concept['property']).flatMap((property, index) => {
            const code = property['code'];
            const path = `${place}.property[${index}]`;
            const isRepeated = code !== 'panels' && seen.has(code);
            seen.add(code);
            if (!PROPERTY_COLUMNS.includes(code)) {
                return [
                    {
                        path,
                        en: `is no property of an edition; they are ${PROPERTY_COLUMNS.join(', ')}`,
                        zh: `未知的属性；应为 ${PROPERTY_COLUMNS.join('、')}`,
                    },
                ];
            }
            if (isRepeated)
                return [{ path, en: `"${String(code)}" stands twice`, zh: `属性“${String(code)}”重复` }];
            return textOfValue(property) === undefined ? [{ path, en: 'has no value that can be used here', zh: '没有可用的取值' }] : [];
        }),
    ];
}
const englishOf = (concept) => objectsOf(concept['designation']).filter((it) => /^en\b/.test(String(it['language'])));
/** The value of a property: a code, a text, a number or yes and no. */
function textOfValue(property) {
    const value = ['valueCode', 'valueString', 'valueBoolean', 'valueInteger'].map((it) => property[it]).find((it) => it !== undefined);
    return value === undefined || typeof value === 'object' ? undefined : String(value);
}
const isElement = (column) => column in ELEMENTS;
const trimmed = (text) => text?.trim() ?? '';
