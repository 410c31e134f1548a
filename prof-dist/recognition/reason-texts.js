import { beijingMinute } from '../beijing-time.js';
import { LAW_OF_HANDING_ON, LAW_OF_SENSITIVE_DATA, NATIONAL_DEFINITION, ofEdition, ofRules, ofWindow, REPORT_STATUS, } from './reason-sources.js';
const EXPLANATIONS = {
    'unknown-item': {
        text: { zh: '现行互认目录中没有该项目。', en: 'The list of recognisable items in force does not have this item.' },
        source: ofEdition(),
        remedy: {
            zh: '使用目录中的项目代码，或将本院代码与目录项目对照。',
            en: 'A code of the list, or a mapping of the local code to an item of the list.',
        },
    },
    'consent-required': {
        text: { zh: '尚无患者同意调阅此类结果的有效授权。', en: 'No consent of the patient to look at results of this kind is in force.' },
        source: () => LAW_OF_HANDING_ON,
        remedy: {
            zh: '取得患者（或监护人）同意后再次查询。',
            en: 'A consent of the patient, or of the guardian, that covers this kind of result.',
        },
    },
    'sensitive-not-consented': {
        text: {
            zh: '该项目属于敏感信息，现有授权未单独列明此类信息。',
            en: 'The item is sensitive information, which no consent in force names.',
        },
        source: (it) => `${LAW_OF_SENSITIVE_DATA}; ${ofEdition('sensitivity')(it)}`,
        remedy: (it) => ({
            zh: `取得列明该类敏感信息（${it.item?.sensitivity ?? ''}）的单独同意后再次查询。`,
            en: `A consent that names this kind of sensitive information (${it.item?.sensitivity ?? ''}).`,
        }),
    },
    'identity-doubt': {
        text: {
            zh: '所报姓名或出生日期与该患者证件登记信息不一致，身份存疑。',
            en: 'The name or birth date given differs from what the identity documents of the patient say: it is in doubt who is meant.',
        },
        source: ofRules('refuseOnIdentityDoubt'),
        remedy: { zh: '核对证件后以一致的姓名和出生日期再次查询。', en: 'Name and birth date that agree with the identity document.' },
    },
    'no-result': {
        text: { zh: '未查到该项目的既往结果。', en: 'No earlier result of this item was found.' },
        source: () => NATIONAL_DEFINITION,
        remedy: { zh: '有医疗机构发布该项目的结果。', en: 'A result of the item, published by an institution.' },
    },
    'own-hospital': {
        text: {
            zh: '该结果由本机构出具，不属于机构间互认。',
            en: 'The result is of this institution itself; recognition is between institutions.',
        },
        source: ofRules('ownHospital'),
        remedy: ({ rules: { ownHospital } }) => ownHospital.recognised
            ? {
                zh: `距采样或检查超过 ${ownHospital.exclusionHours} 小时的结果，或其他机构的结果。`,
                en: `A result that is more than ${ownHospital.exclusionHours} hours old, or one of another institution.`,
            }
            : { zh: '其他机构出具的结果。', en: 'A result of another institution.' },
    },
    withdrawn: {
        text: { zh: '该结果已被出具机构撤回。', en: 'The result has been withdrawn by the institution that issued it.' },
        source: () => REPORT_STATUS,
        remedy: { zh: '出具机构重新发布的有效报告。', en: 'A new report of that institution.' },
    },
    'no-value': {
        text: { zh: '该次检查检验没有得出结果。', en: 'The examination came to no result.' },
        source: () => NATIONAL_DEFINITION,
        remedy: { zh: '含有结果数据的报告。', en: 'A report with data in it.' },
    },
    'not-final': {
        text: { zh: '报告尚未定稿，仅供参考。', en: 'The report is not final yet; it may be read, not recognised.' },
        source: () => REPORT_STATUS,
        remedy: { zh: '该报告的正式版本。', en: 'The final version of the report.' },
    },
    'time-unknown': {
        text: (it) => ({
            zh: `结果未注明互认时限的起算时间（${basisOf(it).zh}时间）。`,
            en: `The result does not say when it was ${basisOf(it).en}, which its window is counted from.`,
        }),
        source: ofWindow('basis'),
        remedy: (it) => ({ zh: `注明${basisOf(it).zh}时间的报告。`, en: `A report that says when it was ${basisOf(it).en}.` }),
    },
    stale: {
        text: {
            zh: '已超过该项目的互认时限，仅供参考。',
            en: 'The window in which the item may be recognised has passed; the result may be read.',
        },
        source: ofWindow('minutes'),
        remedy: (it) => {
            const earliest = beijingMinute(new Date(it.now.getTime() - (it.window?.minutes ?? 0) * 60_000));
            return {
                zh: `${earliest}（北京时间）及以后${basisOf(it).zh}的结果。`,
                en: `A result ${basisOf(it).en} at ${earliest} (Beijing) or later.`,
            };
        },
    },
    'intervention-since': {
        text: {
            zh: '该项目的互认时限以期间未接受治疗为前提，而患者此后已接受治疗。',
            en: 'The window holds only without treatment in between, and the patient has been treated since.',
        },
        source: ofWindow('withoutTreatment'),
        remedy: (it) => ({ zh: `治疗之后${basisOf(it).zh}的结果。`, en: `A result ${basisOf(it).en} after the treatment.` }),
    },
    'no-hr-mark': {
        text: { zh: '出具机构的该项目没有互认标识（HR）。', en: 'The institution has no HR mark for this item.' },
        source: ofRules('hrMarkRequired'),
        remedy: (it) => ({
            zh: `该机构该项目通过质量评价，证书覆盖${dayOf(it).zh}。`,
            en: `A quality certificate of that institution for this item that covers ${dayOf(it).en}.`,
        }),
    },
    'scope-mismatch': {
        text: {
            zh: '该结果互认标识的适用范围不包括本机构，或不属于本地区接受的范围。',
            en: 'The HR mark of the result does not reach this institution, or its scope does not count here.',
        },
        source: ofRules('acceptedScopes'),
        remedy: ({ rules }) => ({
            zh: `适用范围包括本机构的证书（本地区接受：${rules.acceptedScopes.map((it) => SCOPES[it].zh).join('、')}）。`,
            en: `A certificate whose scope contains this institution (accepted here: ${rules.acceptedScopes.map((it) => SCOPES[it].en).join(', ')}).`,
        }),
    },
    'certificate-lapsed': {
        text: {
            zh: '采样或检查时，该项目的质量评价证书尚未生效、已过期或已撤销。',
            en: 'When the sample was taken or the examination made, the certificate for this item was not valid yet, no longer, or withdrawn.',
        },
        source: ofRules('hrMarkRequired'),
        remedy: (it) => ({ zh: `覆盖${dayOf(it).zh}的证书。`, en: `A certificate that covers ${dayOf(it).en}.` }),
    },
    'level-rule': {
        text: {
            zh: '出具机构级别低于本机构，且不在同一医联体内。',
            en: 'The institution is of a lower level than this one, and of no common alliance.',
        },
        source: ofRules('levelRule'),
        remedy: ({ receiverLevel }) => ({
            zh: `${receiverLevel ?? '同'}级或以上机构，或同一医联体内机构的结果。`,
            en: `A result of an institution of ${receiverLevel === null ? 'the same level' : `level ${receiverLevel}`} or higher, or of a common alliance.`,
        }),
    },
    'negative-list': {
        text: ({ item }) => ({
            zh: `该项目列入不予互认清单：${item?.negative?.zh ?? ''}`,
            en: `The item is on the list of what must not be recognised: ${item?.negative?.en ?? ''}`,
        }),
        source: ofEdition('negative'),
        remedy: { zh: '新版目录将该项目移出不予互认清单。', en: 'An edition of the list that takes the item off the negative list.' },
    },
    'unit-not-comparable': {
        text: ({ item }) => ({
            zh: `结果单位无法换算为目录单位 ${item?.unit ?? ''}，仅供参考。`,
            en: `The unit of the result cannot be converted to ${item?.unit ?? ''}; the result may be read.`,
        }),
        source: ofEdition('unit'),
        remedy: ({ item }) => ({
            zh: `以 ${item?.unit ?? ''} 或可换算单位（UCUM）报告的结果。`,
            en: `A result in ${item?.unit ?? ''}, or in a unit that UCUM converts to it.`,
        }),
    },
    'originals-missing': {
        text: {
            zh: '该项目互认需调阅原始影像或图形，目前无法调取。',
            en: 'The item needs its images or curves, and they cannot be retrieved.',
        },
        source: ofEdition('originalsRequired'),
        remedy: {
            zh: '出具机构提供可调阅的原始资料（状态为可用且带访问地址的影像检查）。',
            en: 'A study of that institution that is available and says where its images are.',
        },
    },
    'panel-incomplete': {
        text: ({ missing }) => ({
            zh: `组合中以下项目没有可互认的结果：${missing.map((it) => it.nameZh).join('、')}。`,
            en: `These members of the panel have nothing that can be recognised: ${missing.map((it) => it.nameEn).join(', ')}.`,
        }),
        source: ofEdition('panels'),
        remedy: ({ missing }) => ({
            zh: `补做：${missing.map((it) => it.nameZh).join('、')}；其余项目可单独查询互认。`,
            en: `Order only ${missing.map((it) => it.nameEn).join(', ')}; ask about the other members by themselves.`,
        }),
    },
};
/** A reason with its texts, its source and its remedy. */
export function explainReason(code, context) {
    const { text, source, remedy } = EXPLANATIONS[code];
    const [said, wanted] = [text, remedy].map((it) => (typeof it === 'function' ? it(context) : it));
    return { code, textZh: said.zh, textEn: said.en, source: source(context), remedyZh: wanted.zh, remedyEn: wanted.en };
}
/** Who may say how far a mark reaches (国卫医发〔2022〕6号: the body whose assessment was passed). */
const SCOPES = {
    nation: { zh: '全国', en: 'nation' },
    region: { zh: '跨省区域', en: 'region of several provinces' },
    province: { zh: '省级', en: 'province' },
    city: { zh: '市级', en: 'city' },
    district: { zh: '区县级', en: 'district' },
    alliance: { zh: '医联体', en: 'alliance' },
};
function basisOf({ window }) {
    const texts = {
        sampled: { zh: '采样', en: 'sampled' },
        examined: { zh: '检查', en: 'examined' },
        reported: { zh: '报告', en: 'reported' },
    };
    return texts[window?.basis ?? 'sampled'];
}
function dayOf({ performedAt }) {
    if (!performedAt)
        return { zh: '采样或检查时间', en: 'the time of sampling or examination' };
    const at = beijingMinute(performedAt);
    return { zh: `${at}（北京时间）`, en: `${at} (Beijing)` };
}
