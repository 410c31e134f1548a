import { writeWindow } from './window.rules.js';
/** What an edition says of an item, by the names that it has as a column of CSV and as a property of a CodeSystem alike. */
export const COLUMNS = [
    'code',
    'kind',
    'name_zh',
    'name_en',
    'loinc',
    'unit',
    'specimen_or_body_part',
    'modality',
    'window',
    'window_basis',
    'window_without_treatment',
    'negative_zh',
    'negative_en',
    'originals_required',
    'sensitivity',
    'panels',
];
/** What parts the codes of panels in one cell. */
export const PANELS_SEPARATOR = '|';
/** The item as text. Each item has one text only, so that two editions are the same exactly where their cells are. */
export function cellsOf(item) {
    return {
        code: item.code,
        kind: item.kind,
        name_zh: item.nameZh,
        name_en: item.nameEn,
        loinc: item.loinc ?? '',
        unit: item.unit ?? '',
        specimen_or_body_part: item.specimenOrBodyPart ?? '',
        modality: item.modality ?? '',
        window: item.windowMinutes === null ? '' : writeWindow(item.windowMinutes),
        window_basis: item.windowBasis,
        window_without_treatment: String(item.windowWithoutTreatment),
        negative_zh: item.negative?.zh ?? '',
        negative_en: item.negative?.en ?? '',
        originals_required: String(item.originalsRequired),
        sensitivity: item.sensitivity ?? '',
        panels: item.panels.join(PANELS_SEPARATOR),
    };
}
