import { ASKING, BLOOD_COUNT, CHEST_CT, daysAgo, HAEMOGLOBIN, hoursAgo, LEUKOCYTES, minutesAgo } from './decision-examples.js';
import { row } from './decision-row.js';
const NATIONAL = '国卫医发〔2022〕6号';
const INNER_MONGOLIA = '内蒙古互认规则（级别）';
const EDITION = '互认目录（版本）';
/** What no published rule says. */
const PROJECT = '本平台约定（无公布规则）';
const BY_LEVEL = { levelRule: 'same-or-higher' };
const ofAlliance = (alliance) => ({ receiver: { institution: ASKING, level: 3, alliances: [alliance] } });
const ownAfter = (exclusionHours) => ({ ownHospital: { recognised: true, exclusionHours } });
const WITH_IMAGES = { ...CHEST_CT, originalsRequired: true };
const UNRELIABLE = { zh: '变化快，须复查', en: 'changes fast, to be repeated' };
/** Quality, the region, the list, and what several results give. */
export const ROWS_OF_RULES = [
    {
        zh: '质量与互认标识',
        en: 'Quality and HR mark',
        rows: [
            row(['没有互认标识（HR）的结果仅供参考。', 'A result without an HR mark may be read.'], `${NATIONAL} HR`, 'reference-only', ['no-hr-mark'], {
                results: [{ mark: { reason: 'no-hr-mark' } }],
            }),
            row(['采样时证书已失效或被撤销。', 'The certificate did not cover the sampling.'], `${NATIONAL} HR`, 'reference-only', ['certificate-lapsed'], {
                results: [{ mark: { reason: 'certificate-lapsed' } }],
            }),
            row(['标识范围不含接诊机构（如外省 HR）。', 'The scope of the mark does not reach the asking hospital.'], `${NATIONAL} HR`, 'reference-only', ['scope-mismatch'], {
                results: [{ mark: { reason: 'scope-mismatch' } }],
            }),
            row(['地区规则不要求标识时可以互认。', 'Where the region asks for no mark it may be recognised.'], '地区规则 hrMarkRequired', 'recognisable', [], {
                results: [{ mark: { reason: 'no-hr-mark' } }],
                rules: { hrMarkRequired: false },
            }),
        ],
    },
    {
        zh: '机构级别与本院结果',
        en: 'Levels and own results',
        rows: [
            row(['下级机构的结果，不同医联体，仅供参考。', 'A lower level outside of the alliance may be read.'], INNER_MONGOLIA, 'reference-only', ['level-rule'], {
                results: [{ level: 2 }],
                rules: BY_LEVEL,
            }),
            row(['同级之间相互认可。', 'Hospitals of one level recognise each other.'], INNER_MONGOLIA, 'recognisable', [], { rules: BY_LEVEL }),
            row(['下级机构认可上级机构的结果。', 'A lower hospital recognises results of an upper one.'], INNER_MONGOLIA, 'recognisable', [], {
                rules: BY_LEVEL,
                when: { receiver: { institution: ASKING, level: 2, alliances: [] } },
            }),
            row(['医联体内上级认可下级。', 'Within an alliance the upper recognises the lower.'], INNER_MONGOLIA, 'recognisable', [], {
                results: [{ level: 1, alliances: ['A-1'] }],
                rules: BY_LEVEL,
                when: ofAlliance('A-1'),
            }),
            row(['本院结果不属于机构间互认。', 'A result of the hospital itself is none to recognise.'], '地区规则 ownHospital', 'none', ['own-hospital'], {
                results: [{ institution: ASKING }],
            }),
            row(['允许院内互认时，排除最近 2 小时。', 'Where own results count, the last two hours do not.'], '地区规则 ownHospital', 'none', ['own-hospital'], {
                results: [{ institution: ASKING, performedAt: hoursAgo(2) }],
                rules: ownAfter(2),
            }),
            row(['院内互认，超过 2 小时。', 'An own result of more than two hours.'], '地区规则 ownHospital', 'recognisable', [], {
                results: [{ institution: ASKING, performedAt: hoursAgo(2, 1) }],
                rules: ownAfter(2),
            }),
        ],
    },
    {
        zh: '项目',
        en: 'The item',
        rows: [
            row(['列入不予互认清单的项目仅供参考。', 'An item of the negative list may be read.'], '国卫医政发〔2024〕37号', 'reference-only', ['negative-list'], {
                item: { ...LEUKOCYTES, negative: UNRELIABLE },
            }),
            row(['单位无法换算的结果仅供参考。', 'A unit that cannot be converted: it may be read.'], `${EDITION} unit (UCUM)`, 'reference-only', ['unit-not-comparable'], {
                results: [{ unit: 'not-comparable' }],
            }),
            row(['可换算的单位不影响互认，原单位始终显示。', 'A unit that converts does not matter; that of the source is always shown.'], `${EDITION} unit (UCUM)`, 'recognisable', [], {
                results: [{ unit: 'converted' }],
            }),
            row(['须有原始影像而无法调取，仅供参考。', 'Images are needed and cannot be retrieved: it may be read.'], `${EDITION} originalsRequired`, 'reference-only', ['originals-missing'], {
                item: WITH_IMAGES,
                results: [{ originals: 'missing' }],
            }),
        ],
    },
    {
        zh: '组合与多份结果',
        en: 'Panels, several results',
        rows: [
            row(['组合项目可由多份报告补齐。', 'A panel may be answered from several reports.'], `${EDITION} panels`, 'recognisable', [], {
                item: BLOOD_COUNT,
                members: [
                    { item: LEUKOCYTES, results: [{}] },
                    { item: HAEMOGLOBIN, results: [{ reference: 'Observation/2', report: 'DiagnosticReport/2' }] },
                ],
            }),
            row(['组合缺项时仅供参考，并指明缺项。', 'A panel with a member missing may be read, and says which.'], `${EDITION} panels`, 'reference-only', ['panel-incomplete'], {
                item: BLOOD_COUNT,
                members: [
                    { item: LEUKOCYTES, results: [{}] },
                    { item: HAEMOGLOBIN, results: [] },
                ],
            }),
            row(['可互认的结果优先于更新但不可互认的。', 'A recognisable result goes before a newer one that is not.'], PROJECT, 'recognisable', [], {
                results: [{}, { reference: 'Observation/2', performedAt: minutesAgo(5), statuses: ['preliminary'] }],
            }),
            row(['不符合多项规则时，逐项说明。', 'Of several broken rules each one is said.'], PROJECT, 'reference-only', ['not-final', 'stale', 'no-hr-mark'], {
                results: [{ statuses: ['preliminary'], performedAt: daysAgo(1), mark: { reason: 'no-hr-mark' } }],
            }),
        ],
    },
];
