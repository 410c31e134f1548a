import { isFormula } from '../../faces/csv-cells.rules.js';
import { firstIssues } from '../../failure.js';
import { CATEGORIES } from '../../resources/category.js';
import { SENSITIVITIES } from '../../resources/sensitivity.js';
import { PANELS_SEPARATOR } from './edition-columns.rules.js';
import { isLoinc } from './loinc.rules.js';
import { cellReader } from './read-cell.rules.js';
import { readWindow } from './window.rules.js';
/** The code of an item: up to 40 capital letters and digits, parted by hyphens. */
export const ITEM_CODE = /^(?=.{1,40}$)[A-Z0-9]+(-[A-Z0-9]+)*$/;
/** What a window is counted from. */
const WINDOW_BASES = ['sampled', 'examined', 'reported'];
/** Items that one edition may have; the longest published list has some four hundred. */
export const ITEMS_MAX = 5_000;
const NAME_MAX = 200;
const PLACE_MAX = 100;
const REASON_MAX = 400;
const PANELS_MAX = 20;
/**
 * The items of an edition, in the order of their codes, or everything that is wrong with them, each with its place.
 *
 * Codes are capital letters and digits, parted by hyphens, each once. A window is above zero, and what it is counted from is said. An entry
 * of the negative list gives its reason in both languages. A panel is an item of the same edition and itself in no panel, so that there are
 * no circles. Whether a unit is one of UCUM is not asked here, only whether it could be.
 */
export function readItems(drafts) {
    if (drafts.length === 0)
        return { issues: [{ en: 'the edition has no items', zh: '目录版本中没有项目' }] };
    if (drafts.length > ITEMS_MAX)
        return { issues: [tooMany(drafts.length)] };
    const issues = [];
    const items = drafts.map((it) => itemOf(cellReader(it, issues)));
    issues.push(...repeatedCodes(drafts), ...wrongPanels(drafts));
    if (issues.length > 0)
        return { issues: firstIssues(issues) };
    return { items: items.toSorted((a, b) => (a.code < b.code ? -1 : 1)) };
}
function itemOf(cell) {
    cell.needed('code', 'kind', 'name_zh', 'name_en', 'window_basis');
    cell.together('negative_zh', 'negative_en');
    const [zh, en] = [cell.text('negative_zh', REASON_MAX), cell.text('negative_en', REASON_MAX)];
    return {
        code: cell.read('code', codeOf, ...NO_CODE) ?? '',
        kind: cell.oneOf('kind', CATEGORIES) ?? CATEGORIES[0],
        nameZh: cell.text('name_zh', NAME_MAX) ?? '',
        nameEn: cell.text('name_en', NAME_MAX) ?? '',
        loinc: cell.read('loinc', loincOf, ...NO_LOINC),
        unit: cell.read('unit', unitOf, ...NO_UNIT),
        specimenOrBodyPart: cell.text('specimen_or_body_part', PLACE_MAX),
        modality: cell.read('modality', modalityOf, ...NO_MODALITY),
        windowMinutes: cell.read('window', readWindow, ...NO_WINDOW),
        windowBasis: cell.oneOf('window_basis', WINDOW_BASES) ?? WINDOW_BASES[0],
        windowWithoutTreatment: cell.oneOf('window_without_treatment', ['true', 'false']) === 'true',
        negative: zh === null || en === null ? null : { zh, en },
        originalsRequired: cell.oneOf('originals_required', ['true', 'false']) === 'true',
        sensitivity: cell.oneOf('sensitivity', SENSITIVITIES),
        panels: cell.read('panels', panelsOf, ...NO_PANELS) ?? [],
    };
}
const NO_CODE = [
    'no code: up to 40 capital letters and digits, parted by hyphens',
    '不是有效编码：应为不超过 40 位的大写字母和数字，可用连字符分隔',
];
const NO_LOINC = ['no LOINC code: digits, a hyphen and the right check digit', '不是有效的 LOINC 编码（格式或校验位不正确）'];
const NO_UNIT = [
    'no unit as UCUM writes them: up to 40 printable ASCII characters',
    '不是 UCUM 形式的单位：应为不超过 40 位的可见 ASCII 字符',
];
const NO_MODALITY = ['no DICOM modality, such as CT', '不是有效的 DICOM 设备类型（例如 CT）'];
const NO_WINDOW = [
    'no duration above zero, such as PT6H, P7D or 360 (minutes)',
    '不是大于零的时限，应为 PT6H、P7D 形式或整数分钟（如 360）',
];
const NO_PANELS = [
    `no list of panels: up to ${PANELS_MAX} codes, each once, with ${PANELS_SEPARATOR} between them`,
    `不是有效的组合列表：应为不超过 ${PANELS_MAX} 个不重复的编码，以 ${PANELS_SEPARATOR} 分隔`,
];
function codeOf(cell) {
    return ITEM_CODE.test(cell) ? cell : undefined;
}
function loincOf(cell) {
    return isLoinc(cell) ? cell : undefined;
}
/** No UCUM code begins as a formula of a spreadsheet does. */
function unitOf(cell) {
    return /^[!-~]{1,40}$/.test(cell) && !isFormula(cell) ? cell : undefined;
}
function modalityOf(cell) {
    return /^[A-Z0-9]{2,16}$/.test(cell) ? cell : undefined;
}
function panelsOf(cell) {
    const codes = splitPanels(cell);
    const isRight = codes.length <= PANELS_MAX && new Set(codes).size === codes.length && codes.every((it) => codeOf(it) !== undefined);
    return isRight ? codes.toSorted() : undefined;
}
function splitPanels(cell) {
    return cell === '' ? [] : cell.split(PANELS_SEPARATOR).map((it) => it.trim());
}
/** Every code that an item before has already. */
function repeatedCodes(drafts) {
    const seen = new Set();
    return drafts.flatMap(({ cells: { code }, placeOf }) => {
        const isRepeated = code !== '' && seen.has(code);
        seen.add(code);
        return isRepeated ? [{ path: placeOf('code'), en: `"${code}" stands twice`, zh: `编码“${code}”重复` }] : [];
    });
}
/** Every panel that is no item of the edition, or is a member of a panel itself. */
function wrongPanels(drafts) {
    const panelsByCode = new Map(drafts.map(({ cells }) => [cells.code, splitPanels(cells.panels)]));
    return drafts.flatMap(({ cells, placeOf }) => splitPanels(cells.panels)
        .filter((panel) => codeOf(panel) !== undefined)
        .flatMap((panel) => {
        const itsOwn = panelsByCode.get(panel);
        if (itsOwn?.length === 0)
            return [];
        const [en, zh] = itsOwn
            ? [`"${panel}" is a member of a panel and cannot be one`, `“${panel}”已属于其他组合，不能再作为组合`]
            : [`"${panel}" is no item of this edition`, `“${panel}”不是本版目录中的项目`];
        return [{ path: placeOf('panels'), en, zh }];
    }));
}
function tooMany(count) {
    return {
        kind: 'too-long',
        en: `the edition has ${count} items, and ${ITEMS_MAX} are the most there may be`,
        zh: `目录版本共有 ${count} 个项目，最多允许 ${ITEMS_MAX} 个`,
    };
}
