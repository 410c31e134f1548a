import { codingsOf, objectOf, objectsOf, referenceOf, textOf } from '../fhir/element.js';
import { isUscc, normaliseUscc, USCC_SYSTEM } from './uscc.rules.js';
/** Where the published guide of Chongqing (ChongqingCore 0.1.6) has the credit code as a type of identifier, the level and the division. */
const IDENTIFIER_TYPES = 'http://fhir.cq.hc/CodeSystem/identifierType-code-system';
const LEVEL_EXTENSION = 'http://fhir.cq.hc/StructureDefinition/hc-mdm-hospitallevel';
const DIVISION_EXTENSION = 'http://fhir.cq.hc/StructureDefinition/hc-mdm-administrativedivision';
/** Hospital level by grade code of the guide: 1 三级特等, 2–4 三级甲乙丙等, 5–7 二级, 8–10 一级, 11–13 未评 of level 1, 2, 3, 14 未定级. */
const LEVELS = new Map([
    ...['1', '2', '3', '4', '13'].map((grade) => [grade, 3]),
    ...['5', '6', '7', '12'].map((grade) => [grade, 2]),
    ...['8', '9', '10', '11'].map((grade) => [grade, 1]),
    ['14', null],
]);
/**
 * The institution an Organization stands for, or everything that is wrong with it. `undefined` for a part of an institution
 * (`partOf`) without a credit code of its own: a department or campus, which is a directory entry only.
 *
 * Credit code, name and administrative division are needed; the hospital level is not, since a health commission has none.
 */
export function readOrganization(content) {
    const issues = [];
    const usccs = [...new Set(usccValues(content))];
    const [uscc] = usccs;
    if (uscc === undefined && content['partOf'] !== undefined)
        return undefined;
    if (uscc === undefined) {
        issues.push({
            path: 'identifier',
            en: `an institution needs its 统一社会信用代码: an identifier with the type code USCC of ${IDENTIFIER_TYPES}`,
            zh: `机构须有统一社会信用代码：标识的类型代码为 USCC（${IDENTIFIER_TYPES}）`,
        });
    }
    else if (usccs.length > 1) {
        issues.push({
            path: 'identifier',
            en: `An institution has one 统一社会信用代码; here are ${usccs.length}: ${usccs.join(', ')}. Mark a former one with use "old".`,
            zh: `一个机构只有一个统一社会信用代码，此处有 ${usccs.length} 个：${usccs.join('、')}。曾用代码请以 use“old”标明。`,
        });
    }
    else if (!isUscc(uscc)) {
        issues.push({
            path: 'identifier',
            en: `"${uscc}" is not a 统一社会信用代码 (GB 32100): 18 signs, the last of which is a check sign`,
            zh: `“${uscc}”不是有效的统一社会信用代码（GB 32100：18 位，末位为校验码）`,
        });
    }
    const name = textOf(content['name'])?.trim();
    if (!name || /[\p{Cc}\p{Cs}]/u.test(name)) {
        issues.push({ path: 'name', en: 'an institution needs a name of printable characters', zh: '机构须有名称（可打印字符）' });
    }
    const district = extensionCode(content, DIVISION_EXTENSION);
    if (!district || !/^\d{6}$/.test(district)) {
        issues.push({
            path: 'extension',
            en: `an institution needs its administrative division: the extension ${DIVISION_EXTENSION} with a valueCoding whose code has six figures (GB/T 2260)`,
            zh: `机构须有行政区划：扩展 ${DIVISION_EXTENSION}，其 valueCoding 代码为六位数字（GB/T 2260）`,
        });
    }
    const hasLevel = objectsOf(content['extension']).some((it) => it['url'] === LEVEL_EXTENSION);
    const grade = extensionCode(content, LEVEL_EXTENSION) ?? null;
    const level = grade === null ? null : LEVELS.get(grade);
    if ((hasLevel && grade === null) || level === undefined) {
        issues.push({
            path: 'extension',
            en: `The hospital level is a valueCoding with a code from 1 (三级特等) to 14 (未定级)${grade === null ? '' : `, not "${grade}"`}.`,
            zh: `医院等级应为 valueCoding，代码从 1（三级特等）到 14（未定级）${grade === null ? '' : `，而不是“${grade}”`}。`,
        });
    }
    if (issues.length > 0 || !uscc || !name || !district || level === undefined)
        return { issues };
    return { registration: { uscc, name, level, grade, district, active: content['active'] !== false, partOf: partOf(content) } };
}
function partOf(content) {
    return /(?:^|\/)Organization\/([A-Za-z0-9.-]{1,64})$/.exec(referenceOf(content['partOf']) ?? '')?.[1] ?? null;
}
/**
 * Values that claim to be a credit code. The system alone also holds organisation codes of the old kind (nine signs), which are passed
 * over; what is typed USCC, or is as long as one, must be one.
 */
function usccValues(content) {
    return objectsOf(content['identifier'])
        .filter((it) => it['use'] !== 'old')
        .flatMap((it) => {
        const value = normaliseUscc(textOf(it['value']) ?? '');
        const isTyped = codingsOf(it['type']).some((coding) => coding['system'] === IDENTIFIER_TYPES && coding['code'] === 'USCC');
        return isTyped || (it['system'] === USCC_SYSTEM && value.length === 18) ? [value] : [];
    });
}
function extensionCode(content, url) {
    const extension = objectsOf(content['extension']).find((it) => it['url'] === url);
    return textOf(objectOf(extension?.['valueCoding'])?.['code']);
}
