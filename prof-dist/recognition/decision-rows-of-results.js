import { PRESETS } from '../catalogue/rules/presets.seed.js';
import { ALT, CHEST_CT, daysAgo, HIV_ANTIBODY, hoursAgo, POTASSIUM } from './decision-examples.js';
import { row } from './decision-row.js';
const NATIONAL = '国卫医发〔2022〕6号';
/** A separate consent for handing data to another handler, and for sensitive data. */
const HANDING_ON = '个人信息保护法 第二十三条';
const SENSITIVE = '个人信息保护法 第二十九条';
const CORPS = '兵团互认项目（时限自采样起，期间未治疗）';
const HUBEI = '湖北省互认项目及参考时限';
const EDITION = '互认目录（版本）';
const withConsent = (permission) => ({
    permission: { categories: ['laboratory', 'imaging', 'ecg', 'pathology'], sensitivities: [], ...permission },
});
const rulesOf = (preset) => PRESETS[preset] ?? {};
/** Who may be asked about, what a result must be, and for how long it counts. */
export const ROWS_OF_RESULTS = [
    {
        zh: '患者同意',
        en: 'Consent',
        rows: [
            row(['未经患者同意，不告知是否存在结果。', 'Without consent nothing is said, whether or not there is anything.'], HANDING_ON, 'consent-required', ['consent-required'], {
                when: withConsent({ categories: [] }),
            }),
            row(['同意检查类不等于同意检验类。', 'Consent to imaging is no consent to laboratory results.'], HANDING_ON, 'consent-required', ['consent-required'], {
                when: withConsent({ categories: ['imaging'] }),
            }),
            row(['敏感项目须单独列明的同意。', 'A sensitive item needs a consent that names it.'], SENSITIVE, 'consent-required', ['sensitive-not-consented'], {
                item: HIV_ANTIBODY,
                when: withConsent({}),
            }),
            row(['已列明的敏感项目可以互认。', 'A sensitive item that the consent names may be recognised.'], SENSITIVE, 'recognisable', [], {
                item: HIV_ANTIBODY,
                when: withConsent({ sensitivities: ['HIV'] }),
            }),
        ],
    },
    {
        zh: '患者身份',
        en: 'Identity',
        rows: [
            row(['姓名或出生日期与证件不符：拒绝，不作猜测。', 'Name or birth date differ from the document: refused, never guessed.'], '地区规则 refuseOnIdentityDoubt', 'none', ['identity-doubt'], {
                when: { identityDoubt: true },
            }),
            row(['地区规则不拒绝时，仅供参考。', 'Where the region does not refuse, the result may be read.'], '地区规则 refuseOnIdentityDoubt', 'reference-only', ['identity-doubt'], {
                when: { identityDoubt: true },
                rules: { refuseOnIdentityDoubt: false },
            }),
        ],
    },
    {
        zh: '结果本身',
        en: 'The result',
        rows: [
            row(['符合全部规则的他院结果可以互认。', 'A result of another hospital that breaks no rule may be recognised.'], NATIONAL, 'recognisable', []),
            row(['目录之外的项目不作判断。', 'An item that is not on the list is not judged.'], EDITION, 'unknown-item', ['unknown-item'], {
                item: undefined,
            }),
            row(['没有既往结果。', 'There is no prior result.'], NATIONAL, 'none', ['no-result'], { results: [] }),
            row(['已撤回的报告不再提供。', 'A withdrawn report is offered no more.'], 'FHIR R4 DiagnosticReport.status', 'none', ['withdrawn'], {
                results: [{ statuses: ['entered-in-error', 'final'] }],
            }),
            row(['没有结果数据的报告不提供；诊断结论不属于结果。', 'A report without data is not offered; a conclusion is no result.'], `${NATIONAL} 第二条`, 'none', ['no-value'], {
                results: [{ hasValue: false }],
            }),
            row(['未定稿的报告仅供参考。', 'A report that is not final may be read.'], 'FHIR R4 DiagnosticReport.status', 'reference-only', ['not-final'], {
                results: [{ statuses: ['preliminary', 'final'] }],
            }),
            row(['更正后的报告等同正式报告。', 'A corrected report is a final one.'], 'FHIR R4 DiagnosticReport.status', 'recognisable', [], {
                results: [{ statuses: ['corrected', 'corrected'] }],
            }),
        ],
    },
    {
        zh: '互认时限',
        en: 'Windows',
        rows: [
            row(['血常规自采样起 6 小时，最后一刻仍有效。', 'Blood count: six hours from sampling; the last moment still counts.'], CORPS, 'recognisable', [], {
                results: [{ performedAt: hoursAgo(6) }],
                rules: rulesOf('xpcc'),
            }),
            row(['超过 6 小时仅供参考。', 'After six hours it may be read.'], CORPS, 'reference-only', ['stale'], {
                results: [{ performedAt: hoursAgo(6, 1) }],
                rules: rulesOf('xpcc'),
            }),
            row(['时限内但其后已接受治疗，仅供参考。', 'Within the window, but treated since: it may be read.'], CORPS, 'reference-only', ['intervention-since'], {
                results: [{ treatedSince: 'yes' }],
                rules: rulesOf('xpcc'),
            }),
            row(['是否治疗不明时，由接诊医师判断，可以互认。', 'Where nobody knows of a treatment it may be recognised; the doctor judges.'], `${NATIONAL}（接诊医师判断为标准）`, 'recognisable', [], {
                results: [{ treatedSince: 'unknown' }],
                rules: rulesOf('xpcc'),
            }),
            row(['血钾 7 天（本地区时限优先于目录）。', "Potassium: seven days; the region's windows go before the edition's."], HUBEI, 'recognisable', [], {
                item: { ...POTASSIUM, windowMinutes: 60 },
                results: [{ performedAt: daysAgo(7) }],
                rules: rulesOf('hubei'),
            }),
            row(['血钾超过 7 天。', 'Potassium after seven days.'], HUBEI, 'reference-only', ['stale'], {
                item: POTASSIUM,
                results: [{ performedAt: daysAgo(7, 1) }],
                rules: rulesOf('hubei'),
            }),
            row(['目录未定时限的检验项目回溯 30 天。', 'A test without a window is looked back for 30 days.'], '地区规则 lookBackMinutes', 'recognisable', [], {
                item: ALT,
                results: [{ performedAt: daysAgo(30) }],
            }),
            row(['影像检查一般 3 个月内。', 'Imaging: generally within three months.'], '川渝互认（近期一般为3个月）', 'reference-only', ['stale'], {
                item: CHEST_CT,
                results: [{ performedAt: daysAgo(90, 1) }],
                rules: rulesOf('sichuan-chongqing'),
            }),
            row(['目录规定自报告起算的，以报告时间为准。', 'Where the list counts from the report, the time of the report is what counts.'], `${EDITION} window_basis`, 'recognisable', [], {
                item: { ...ALT, windowMinutes: 30 * 24 * 60, windowBasis: 'reported' },
                results: [{ performedAt: daysAgo(31), reportedAt: daysAgo(30) }],
            }),
            row(['采样时间不明，无法计算时限。', 'Without a sampling time there is no window.'], CORPS, 'reference-only', ['time-unknown'], {
                results: [{ performedAt: undefined }],
                rules: rulesOf('xpcc'),
            }),
        ],
    },
];
