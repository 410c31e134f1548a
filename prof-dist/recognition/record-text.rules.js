/**
 * The citation (引用) ready to be pasted into the medical record: result, issuing institution, date and report version.
 *
 * The source's diagnostic conclusion is no part of it: what is recognised are data and images (国卫医发〔2022〕6号, definition of 检查).
 */
export function writeRecordText({ item, result, institution, mark, performedAt, reportedAt, report }) {
    const measured = [result.value, result.unit].filter((it) => it !== undefined).join(' ');
    const sampled = item.kind === 'laboratory' || item.kind === 'pathology';
    const zh = [
        `${sampled ? '互认检验结果' : '互认检查结果'}：${item.nameZh}${measured && ` ${measured}`}`,
        result.referenceRange && `参考范围 ${result.referenceRange}`,
        result.interpretation && `提示 ${result.interpretation}`,
        performedAt && `${sampled ? '采样' : '检查'}时间 ${performedAt}`,
        reportedAt && `报告时间 ${reportedAt}`,
        `出具机构 ${institution}`,
        mark && `互认标识 ${mark}`,
        `报告 ${report}`,
    ];
    const en = [
        `Recognised result: ${item.nameEn}${measured && ` ${measured}`}`,
        result.referenceRange && `reference range ${result.referenceRange}`,
        result.interpretation && `flag ${result.interpretation}`,
        performedAt && `${sampled ? 'sampled' : 'examined'} ${performedAt}`,
        reportedAt && `reported ${reportedAt}`,
        `issued by ${institution}`,
        mark && `mark ${mark}`,
        `report ${report}`,
    ];
    return { zh: `${zh.filter(Boolean).join('，')}。`, en: `${en.filter(Boolean).join(', ')}.` };
}
