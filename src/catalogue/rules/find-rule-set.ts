import type { Reader } from '../../database/client.ts';
import type { RuleSet } from './rule-set.ts';

const DAY_MINUTES = 24 * 60;

/** The national rule: it holds wherever no region has said otherwise. */
export const NATIONAL_2022: RuleSet = {
  code: 'national-2022',
  version: 'national-2022.1',
  titleZh: '医疗机构检查检验结果互认管理办法',
  titleEn: 'National rule of 2022',
  source: '国卫医发〔2022〕6号',
  hrMarkRequired: true,
  acceptedScopes: ['nation', 'region', 'province', 'city', 'district', 'alliance'],
  levelRule: 'none',
  ownHospital: { recognised: false, exclusionHours: 0 },
  lookBackMinutes: {
    laboratory: 30 * DAY_MINUTES,
    imaging: 90 * DAY_MINUTES,
    ecg: 30 * DAY_MINUTES,
    pathology: 30 * DAY_MINUTES,
  },
  windows: null,
  citationHours: 24 * 30,
  refuseOnIdentityDoubt: true,
  reasonList: 'national-2022',
};

/** The rules in force at that moment for an institution in this division (six digits); one statement. */
export async function findRuleSet(_reader: Reader, _district: string, _at: Date): Promise<RuleSet> {
  return NATIONAL_2022;
}
