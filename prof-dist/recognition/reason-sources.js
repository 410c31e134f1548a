/** 医疗机构检查检验结果互认管理办法. Articles are named where their number is certain. */
const NATIONAL_RULE = '国卫医发〔2022〕6号';
/** What a result is: the images and data of an examination, the data of a laboratory test. */
export const NATIONAL_DEFINITION = `${NATIONAL_RULE} art. 2`;
const PRIVACY_LAW = '中华人民共和国个人信息保护法';
/** A separate consent for handing data to another handler. */
export const LAW_OF_HANDING_ON = `${PRIVACY_LAW} art. 23`;
/** A separate consent for sensitive data. */
export const LAW_OF_SENSITIVE_DATA = `${PRIVACY_LAW} art. 29`;
/** What its institution says of a report. */
export const REPORT_STATUS = 'HL7 FHIR R4 DiagnosticReport.status, Observation.status';
/** A field of the region's rules, with their version and where that field comes from. */
export function ofRules(field) {
    return ({ rules }) => `rules:${rules.version} ${field} (${rules.sources?.[field] ?? rules.source})`;
}
/** A field of the item in the edition in force; the edition alone where no field is named. */
export function ofEdition(field) {
    return ({ edition, item }) => [`edition:${edition ?? 'none'}`, field && (item ? `${item.code}.${field}` : field)].filter((it) => it !== undefined).join(' ');
}
/** The rule that names the window: the region's list, the edition or the region's look-back. */
export function ofWindow(part) {
    const fields = { minutes: 'windowMinutes', basis: 'windowBasis', withoutTreatment: 'windowWithoutTreatment' };
    return (context) => {
        if (context.window?.source === 'region')
            return ofRules('windows')(context);
        if (context.window?.source === 'look-back' && part === 'minutes')
            return ofRules('lookBackMinutes')(context);
        return ofEdition(fields[part])(context);
    };
}
