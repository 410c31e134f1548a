import type { ReasonCode, RuleSet } from './verdict.rules.ts';

const DAY_MINUTES = 24 * 60;

/**
 * The national rule with the windows of the edition; where a list names none, two published look-backs stand in: 30 days, as a provincial
 * interface has it for every item, and 3 months for imaging, as Sichuan and Chongqing have it ("recent, generally within 3 months").
 */
export const NATIONAL_2022: RuleSet & { readonly reasons: string } = {
  version: 'national-2022.1',
  lookBackMinutes: {
    laboratory: 30 * DAY_MINUTES,
    imaging: 90 * DAY_MINUTES,
    ecg: 30 * DAY_MINUTES,
    pathology: 30 * DAY_MINUTES,
  },
  /** The list of reasons for not recognising. */
  reasons: 'national-2022',
};

/** What each reason of a verdict says to a clinician. */
export const REASON_TEXTS: Readonly<Record<ReasonCode, { readonly zh: string; readonly en: string }>> = {
  'unknown-item': {
    zh: '现行互认目录中没有该项目。',
    en: 'The list of recognisable items in force does not have this item.',
  },
  'consent-required': {
    zh: '尚无患者同意调阅此类结果的有效授权；取得同意后可再次查询。',
    en: 'No consent of the patient to look at results of this kind is in force. Ask again once it has been given.',
  },
  'no-result': { zh: '未查到该项目的既往结果。', en: 'No earlier result of this item was found.' },
  'own-hospital': {
    zh: '该结果由本机构出具，不属于机构间互认。',
    en: 'The result is of this institution itself; recognition is between institutions.',
  },
  withdrawn: { zh: '该结果已被出具机构撤回。', en: 'The result has been withdrawn by the institution that issued it.' },
  'no-value': { zh: '该次检查检验没有得出结果。', en: 'The examination came to no result.' },
  'not-final': { zh: '报告尚未定稿，仅供参考。', en: 'The report is not final yet; it may be read, not recognised.' },
  'time-unknown': {
    zh: '结果未注明互认时限的起算时间（采样、检查或报告时间），无法判断是否在时限内。',
    en: 'The result does not say the time (sampling, examination or report) that its window is counted from.',
  },
  stale: {
    zh: '已超过该项目的互认时限，仅供参考。',
    en: 'The window in which the item may be recognised has passed; the result may be read, not recognised.',
  },
};
