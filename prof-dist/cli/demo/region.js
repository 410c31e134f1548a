import { SYSTEMS } from './code-systems.js';
import { jsonText } from './json-text.js';
const YUBEI = { code: '500112', name: '渝北区' };
const YUZHONG = { code: '500103', name: '渝中区' };
const FULING = { code: '500102', name: '涪陵区' };
const CHONGQING = { code: '500000', name: '重庆市' };
export const HEALTH_CENTRE = {
    key: 'health-centre',
    nameZh: '渝北云雀镇卫生院',
    nameEn: 'Skylark Township Health Centre',
    uscc: creditCode('12500112', 'DM000101'),
    division: YUBEI,
    level: 1,
    grade: { code: '8', name: '一级甲等' },
    laboratory: staff('health-centre', 'L01', '文知秋'),
    radiology: staff('health-centre', 'R01', '简明远'),
    doctor: staff('health-centre', 'D01', '桑语'),
};
export const DISTRICT_HOSPITAL = {
    key: 'district-hospital',
    nameZh: '渝中白鹭医院',
    nameEn: 'White Egret District Hospital',
    uscc: creditCode('12500103', 'DM000202'),
    division: YUZHONG,
    level: 2,
    grade: { code: '5', name: '二级甲等' },
    laboratory: staff('district-hospital', 'L07', '沐晓岚'),
    radiology: staff('district-hospital', 'R03', '端木清'),
    doctor: staff('district-hospital', 'D12', '顾长亭'),
};
export const CENTRAL_HOSPITAL = {
    key: 'central-hospital',
    nameZh: '涪陵江枫中心医院',
    nameEn: 'River Maple Central Hospital',
    uscc: creditCode('12500102', 'DM000303'),
    division: FULING,
    level: 3,
    grade: { code: '2', name: '三级甲等' },
    laboratory: staff('central-hospital', 'L21', '鹿鸣'),
    radiology: staff('central-hospital', 'R09', '谈笑川'),
    doctor: staff('central-hospital', 'D88', '慕容望舒'),
};
export const HOSPITALS = [HEALTH_CENTRE, DISTRICT_HOSPITAL, CENTRAL_HOSPITAL];
/** The health commission, whose auditor pulls the logs and the savings. */
export const COMMISSION = {
    key: 'commission',
    nameZh: '演示区域卫生健康委员会',
    nameEn: 'Health Commission of the Demo Region',
    uscc: creditCode('11500000', 'DM000404'),
    division: CHONGQING,
    auditor: staff('commission', 'A01', '司空鉴'),
};
/** A medical alliance (医共体): the township examines, the district hospital stands behind it. */
export const ALLIANCE = {
    code: 'DEMO-EGRET',
    name: '白鹭医共体',
    members: [HEALTH_CENTRE.uscc, DISTRICT_HOSPITAL.uscc],
};
/** 川渝: Sichuan and Chongqing, whose marks hold in both. */
export const NAMED_REGION = { code: 'DEMO-CHUANYU', name: '川渝', divisions: ['50', '51'] };
/** Catalogue items of a blood count and of a chemistry panel; what one of them costs depends on the level of the hospital. */
export const BLOOD_COUNT_ITEMS = ['WBC', 'RBC', 'HGB', 'PLT', 'HCT', 'MCV', 'MCH', 'MCHC'];
export const CHEMISTRY_ITEMS = ['TP', 'ALB', 'ALT', 'AST', 'TBIL', 'GLU', 'UREA', 'CREA', 'K', 'NA', 'CL', 'CA'];
/** An item nobody has set a price for: recognised all the same, and shown as unpriced. */
export const UNPRICED_ITEM = 'CL';
/**
 * The price lists of the region, in fen: each hospital its own for laboratory and CT, the whole city one for MRI, so that both ways of
 * finding a price are seen. CT about CNY 200 and MRI about CNY 500, as the insurance administration remarked in 2025.
 */
export function priceLists() {
    const own = HOSPITALS.map((hospital) => ({
        holder: { uscc: hospital.uscc },
        prices: [
            ...BLOOD_COUNT_ITEMS.map((item) => ({ item, amountFen: 150 + 50 * hospital.level })),
            ...CHEMISTRY_ITEMS.filter((item) => item !== UNPRICED_ITEM).map((item) => ({ item, amountFen: 300 + 100 * hospital.level })),
            ...['CT-HEAD-PLAIN', 'CT-CHEST-PLAIN'].map((item) => ({ item, amountFen: 20_000 })),
        ],
    }));
    const city = {
        holder: { district: '50' },
        prices: ['MR-HEAD-PLAIN', 'MR-LSPINE-PLAIN'].map((item) => ({ item, amountFen: 50_000 })),
    };
    return [...own, city];
}
/** The institution as a FHIR Organization after the published guide for organisations of Chongqing (`http://fhir.cq.hc`). */
export function organizationText(institution) {
    const extension = [
        coded('hc-mdm-administrativedivision', SYSTEMS.chongqingDivision, institution.division.code, institution.division.name),
    ];
    if ('grade' in institution) {
        extension.push(coded('hc-mdm-hospitallevel', SYSTEMS.chongqingHospitalLevel, institution.grade.code, institution.grade.name));
    }
    return jsonText({
        resourceType: 'Organization',
        extension,
        identifier: [
            {
                use: 'official',
                type: { coding: [{ system: SYSTEMS.chongqingIdentifierType, code: 'USCC', display: '统一社会信用代码' }] },
                system: SYSTEMS.organization,
                value: institution.uscc,
            },
        ],
        active: true,
        name: institution.nameZh,
        alias: [institution.nameEn],
    });
}
/**
 * A unified social credit code for a department and division (8 characters) and the first 8 characters of an organisation code, with the
 * check characters of both (GB 11714-1997; GB 32100-2015, 4.6).
 */
export function creditCode(head, organization) {
    const value = (character) => (/\d/.test(character) ? Number(character) : character.charCodeAt(0) - 55);
    const inner = [3, 7, 9, 10, 5, 8, 4, 2].reduce((sum, weight, place) => sum + weight * value(organization.charAt(place)), 0);
    const body = head + organization + '0123456789X0'.charAt(11 - (inner % 11));
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    const sum = Array.from(body).reduce((total, character, place) => total + alphabet.indexOf(character) * (3 ** place % 31), 0);
    return body + alphabet.charAt((31 - (sum % 31)) % 31);
}
function coded(name, system, code, display) {
    return { url: `http://fhir.cq.hc/StructureDefinition/${name}`, valueCoding: { system, code, display } };
}
function staff(institution, value, name) {
    return { system: `https://${institution}.demo.example/staff`, value, name };
}
