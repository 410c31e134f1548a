import { expect, test } from 'vitest';
import { type RecordFacts, writeRecordText } from '../../src/recognition/record-text.rules.ts';

const bloodCount: RecordFacts = {
  item: { kind: 'laboratory', nameZh: '白细胞计数(WBC)', nameEn: 'Leukocytes' },
  result: { value: '6.10', unit: '10*9/L', referenceRange: '3.50-9.50', interpretation: 'N' },
  institution: '渝北区人民医院',
  mark: '渝HR',
  performedAt: '2026-03-01 08:30',
  reportedAt: '2026-03-01 09:10',
  report: 'DiagnosticReport/7/_history/2',
};

test('a laboratory result is cited with value, range, times, issuer and report version', () => {
  expect(writeRecordText(bloodCount)).toEqual({
    zh: '互认检验结果：白细胞计数(WBC) 6.10 10*9/L，参考范围 3.50-9.50，提示 N，采样时间 2026-03-01 08:30，报告时间 2026-03-01 09:10，出具机构 渝北区人民医院，互认标识 渝HR，报告 DiagnosticReport/7/_history/2。',
    en: 'Recognised result: Leukocytes 6.10 10*9/L, reference range 3.50-9.50, flag N, sampled 2026-03-01 08:30, reported 2026-03-01 09:10, issued by 渝北区人民医院, mark 渝HR, report DiagnosticReport/7/_history/2.',
  });
});

test('an examination is cited without value and conclusion, and what is not known is left out', () => {
  const item = { kind: 'imaging', nameZh: '胸部CT平扫', nameEn: 'CT chest without contrast' } as const;
  expect(writeRecordText({ ...bloodCount, item, result: {}, mark: undefined, reportedAt: undefined })).toEqual({
    zh: '互认检查结果：胸部CT平扫，检查时间 2026-03-01 08:30，出具机构 渝北区人民医院，报告 DiagnosticReport/7/_history/2。',
    en: 'Recognised result: CT chest without contrast, examined 2026-03-01 08:30, issued by 渝北区人民医院, report DiagnosticReport/7/_history/2.',
  });
});
