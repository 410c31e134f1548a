import { hasCode, identifiersOf, objectsOf, textOf } from '../fhir/element.js';
import { namesOf, normalise } from '../fhir/person-name.js';
import { ID_CARD_SYSTEM, isCalendarDay, readIdCard } from './id-card.rules.js';
const V2_IDENTIFIER_TYPES = 'http://terminology.hl7.org/CodeSystem/v2-0203';
/** Passport, national person number, Chinese resident identity card, military number, driving licence. */
const V2_DOCUMENTS = ['PPN', 'NI', 'NNCHN', 'MI', 'DL'];
/** Kinds of document (CV02.01.101) that name one person: all but 99, other. */
const CHINESE_DOCUMENTS = ['01', '02', '03', '04', '05', '06', '07'];
const CHINESE_DOCUMENT_SYSTEM = 'urn:oid:2.16.156.10011.2.3.1.17';
/** Names of one person, former ones and spellings included; a longer list would be a guess at somebody else's. */
const NAMES_MAX = 8;
/** Reads a Patient; the issues are what makes it unfit to be stored. Paths begin at the Patient. */
export function readIdentity(patient) {
    const issues = [];
    const names = namesOf(patient);
    const birthDate = textOf(patient['birthDate']);
    const gender = textOf(patient['gender']);
    if (birthDate !== undefined && !/^\d{4}(-\d{2}(-\d{2})?)?$/.test(birthDate)) {
        issues.push({ path: 'birthDate', en: `"${birthDate}" is not a date`, zh: `“${birthDate}”不是有效日期` });
    }
    else if (birthDate?.length === 10 && !isCalendarDay(birthDate)) {
        issues.push({ path: 'birthDate', en: `"${birthDate}" is not a day of the calendar`, zh: `“${birthDate}”不是有效日期` });
    }
    const documents = [];
    objectsOf(patient['identifier']).forEach((element, index) => {
        const [identifier] = identifiersOf({ identifier: element });
        if (!identifier || textOf(element['use']) === 'old' || !isDocument(element, identifier))
            return;
        const document = { system: identifier.system, value: normalise(identifier.value) };
        // A stroke in the place of a number says that there is none.
        if (document.value === '')
            return;
        documents.push(document);
        if (identifier.system === ID_CARD_SYSTEM)
            issues.push(...idCardIssues(document.value, `identifier[${index}].value`, birthDate, gender));
    });
    if (documents.length > 0) {
        if (objectsOf(patient['name']).length > NAMES_MAX)
            issues.push({
                path: 'name',
                en: `has more than ${NAMES_MAX} names; a list of names proves nobody`,
                zh: `姓名超过 ${NAMES_MAX} 个，无法据以核实身份`,
            });
        if (names.length === 0)
            issues.push({ path: 'name', en: 'is missing; an identity document needs the name on it', zh: '缺失；提供证件时必须同时提供姓名' });
        if (birthDate?.length !== 10)
            issues.push({
                path: 'birthDate',
                en: 'must be a full date; an identity document needs it',
                zh: '必须为完整日期；提供证件时必须同时提供出生日期',
            });
    }
    return { identity: { documents, names, birthDate: birthDate?.length === 10 ? birthDate : undefined, gender }, issues };
}
/** Whether an identifier is an identity document, by its system or its declared type. */
function isDocument(element, identifier) {
    return identifier.system === ID_CARD_SYSTEM || (identifier.system !== '' && declaresDocument(element));
}
/** Whether an identifier says by its type that it is an identity document. */
export function declaresDocument(element) {
    return (hasCode(element['type'], V2_IDENTIFIER_TYPES, V2_DOCUMENTS) || hasCode(element['type'], CHINESE_DOCUMENT_SYSTEM, CHINESE_DOCUMENTS));
}
function idCardIssues(number, path, birthDate, gender) {
    const card = readIdCard(number);
    if (card === 'form')
        return [{ path, en: 'an identity card number has 17 digits and a check character', zh: '身份证号码应为 17 位数字加 1 位校验码' }];
    if (card === 'check-character')
        return [{ path, en: 'the check character of the identity card number is wrong', zh: '身份证号码校验码错误' }];
    if (card === 'birth-date')
        return [{ path, en: 'the identity card number holds no day of the calendar', zh: '身份证号码中的出生日期无效' }];
    const issues = [];
    if (birthDate !== undefined && !card.birthDate.startsWith(birthDate)) {
        issues.push({ path: 'birthDate', en: 'differs from the one in the identity card number', zh: '与身份证号码中的出生日期不一致' });
    }
    if ((gender === 'male' || gender === 'female') && gender !== card.gender) {
        issues.push({ path: 'gender', en: 'differs from the one in the identity card number', zh: '与身份证号码中的性别不一致' });
    }
    return issues;
}
/** Which elements of two identities with a common document disagree; none where they may be one person. */
export function disagreements(known, claimed) {
    const elements = [];
    if (!claimed.names.some((it) => known.names.includes(it)))
        elements.push('name');
    if (claimed.birthDate !== known.birthDate)
        elements.push('birthDate');
    return elements;
}
