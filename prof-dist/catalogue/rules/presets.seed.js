import { NATIONAL_2022 } from './find-rule-set.js';
const HOUR = 60;
const DAY = 24 * HOUR;
/** Windows that count from sampling. */
function windowsOf(classes, withoutTreatment) {
    return classes.map(([minutes, items]) => ({ items: items.split(' '), minutes, basis: 'sampled', withoutTreatment }));
}
const { code: _code, version: _version, ...national } = NATIONAL_2022;
/** Three months for every kind, as Sichuan and Chongqing have it. */
const THREE_MONTHS = { laboratory: 90 * DAY, imaging: 90 * DAY, ecg: 90 * DAY, pathology: 90 * DAY };
const CHONGQING = {
    ...national,
    titleZh: '重庆市医学检查检验结果互认规则',
    titleEn: 'Chongqing',
    source: '重庆市医检互认（一次检查、终身查询，一地检查、全市互认）',
    acceptedScopes: ['nation', 'region', 'province', 'alliance'],
    reasonList: 'chongqing-2018',
    sources: {
        ...national.sources,
        acceptedScopes: 'default of this project: a municipality assesses as a whole (渝HR), so marks of 川渝HR and 全国HR count beside it and those of single districts do not',
        refuseOnIdentityDoubt: 'Chongqing keeps one record a person by the ID card; what a doubt leads to is a default of this project',
        reasonList: '西部新闻网 2018-03-27: the seven situations of Chongqing',
    },
};
/** No windows of its own and none of the edition: "recent, generally 3 months" for every item. */
const SICHUAN_CHONGQING = {
    ...national,
    titleZh: '川渝地区医学检查检验结果互认规则',
    titleEn: 'Sichuan and Chongqing',
    source: '川渝两地医疗机构检查检验结果互认',
    acceptedScopes: ['nation', 'region', 'province', 'alliance'],
    lookBackMinutes: THREE_MONTHS,
    windows: [],
    sources: {
        ...national.sources,
        acceptedScopes: 'default of this project: marks of the nation, of 川渝 and of the two provinces count',
        lookBackMinutes: 'Sichuan and Chongqing: "recent", generally 3 months, taken as 90 days',
        windows: 'Sichuan and Chongqing name no time limit by item',
    },
};
const HUBEI_CLASSES = [
    [7 * DAY, 'K NA CL CA MG PHOS FE TIBC LI'],
    [30 * DAY, 'TP ALB FER GLU TC TG HDL-C LDL-C APOA1 APOB TBIL DBIL'],
    [60 * DAY, 'HBA1C'],
];
const HUBEI = {
    ...national,
    titleZh: '湖北省医疗机构检查检验结果互认规则',
    titleEn: 'Hubei',
    source: '湖北省级互认目录及参考时限',
    windows: windowsOf(HUBEI_CLASSES, false),
    sources: {
        ...national.sources,
        windows: '湖北省级互认目录及参考时限: 7, 30 and 60 days; that they count from sampling is a default of this project',
    },
};
/** Classes and limits are published; which items of the catalogue a class has is this project's reading. */
const XPCC_CLASSES = [
    [12 * HOUR, 'U-SG U-PH U-PRO U-GLU U-BIL U-KET U-BLD U-NIT U-URO U-LEU'],
    [6 * HOUR, 'WBC RBC HGB PLT HCT MCV MCH MCHC NEUT-ABS NEUT-PCT LYMPH-ABS LYMPH-PCT MONO-PCT EO-PCT BASO-PCT RDW-CV'],
    [3 * DAY, 'CULTURE-BACT'],
    [7 * DAY, 'HBSAG HBSAB HBEAG HBEAB HBCAB HCV-AB HAV-IGM HEV-IGM TP-AB HIV-AB AFP CEA TPSA CA125 CA153 CA199 BETA-HCG'],
    [7 * DAY, 'TSH T3 FT3 T4 FT4 IGG IGA IGM C3 C4 RF SARS-COV-2-RNA TB-DNA HBV-DNA HCV-RNA'],
];
const XPCC = {
    ...national,
    titleZh: '新疆生产建设兵团检验结果互认规则',
    titleEn: 'Xinjiang Production and Construction Corps',
    source: '兵团检验结果互认项目（兵团日报）',
    windows: windowsOf(XPCC_CLASSES, true),
    sources: {
        ...national.sources,
        windows: '兵团互认项目: urine chemistry 12 h, blood count 6 h, microbiology 3 d, immunology and molecular tests 7 d, from sampling, only without treatment in between',
    },
};
/**
 * The rules the project brings along, by code: facts gathered from published rules and notices. Every field says where it comes from; what nobody
 * has published is a default of this project and says so. None of them is assigned: the national rule holds until the operator assigns others.
 */
export const PRESETS = {
    [NATIONAL_2022.code]: national,
    chongqing: CHONGQING,
    'sichuan-chongqing': SICHUAN_CHONGQING,
    hubei: HUBEI,
    xpcc: XPCC,
};
