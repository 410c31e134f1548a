import { readDate } from '../fhir/date.js';
import { codingsOf, isObject, objectsOf, referenceOf, textOf } from '../fhir/element.js';
/** Hospital clocks drift, and some systems write local time without an offset: so far ahead a date may be. */
const GRACE_MS = 24 * 60 * 60 * 1000;
/** DiagnosticReport.status (required binding, R4). */
const REPORT_STATES = [
    'registered',
    'partial',
    'preliminary',
    'final',
    'amended',
    'corrected',
    'appended',
    'cancelled',
    'entered-in-error',
    'unknown',
];
/** Observation.status (required binding, R4). */
const OBSERVATION_STATES = ['registered', 'preliminary', 'final', 'amended', 'corrected', 'cancelled', 'entered-in-error', 'unknown'];
/** ImagingStudy.status (required binding, R4). */
const STUDY_STATES = ['registered', 'available', 'cancelled', 'entered-in-error', 'unknown'];
/**
 * What makes a result unfit to be published; nothing where it is fit. Paths begin at the resource.
 *
 * A report names its patient, its code and its status; no result comes from the future, since a wrong date would move it to the top of
 * every list.
 */
export function reportIssues(resource, now) {
    switch (resource['resourceType']) {
        case 'DiagnosticReport':
            return [
                ...statusIssues(resource, REPORT_STATES),
                ...codeIssues(resource),
                ...subjectIssues(resource),
                ...timeIssues(resource, ['effectiveDateTime', 'effectivePeriod', 'issued'], now),
                ...identifierIssues(resource),
            ];
        case 'Observation':
            return [
                ...statusIssues(resource, OBSERVATION_STATES),
                ...codeIssues(resource),
                ...timeIssues(resource, ['effectiveDateTime', 'effectivePeriod', 'effectiveInstant', 'issued'], now),
            ];
        case 'ImagingStudy':
            return [...statusIssues(resource, STUDY_STATES), ...subjectIssues(resource), ...timeIssues(resource, ['started'], now)];
        case 'Specimen':
            return isObject(resource['collection'])
                ? timeIssues(resource['collection'], ['collectedDateTime', 'collectedPeriod'], now).map((it) => ({
                    ...it,
                    path: `collection.${it.path}`,
                }))
                : [];
        default:
            return [];
    }
}
function statusIssues(resource, states) {
    const status = resource['status'];
    if (status === undefined)
        return [{ path: 'status', en: 'is missing', zh: '缺失' }];
    if (typeof status === 'string' && states.includes(status))
        return [];
    return [
        {
            path: 'status',
            en: `"${String(status)}" is none of ${states.join(', ')}`,
            zh: `“${String(status)}”不在允许的取值 ${states.join('、')} 之内`,
        },
    ];
}
function codeIssues(resource) {
    const code = resource['code'];
    const said = isObject(code) && (textOf(code['text']) !== undefined || codingsOf(code).some((it) => textOf(it['code']) !== undefined));
    return said ? [] : [{ path: 'code', en: 'is missing; it says what was examined', zh: '缺失；应说明检查检验项目' }];
}
function subjectIssues(resource) {
    if (referenceOf(resource['subject']) !== undefined)
        return [];
    return [{ path: 'subject', en: 'is missing; it refers to the Patient', zh: '缺失；应引用患者' }];
}
function identifierIssues(resource) {
    return objectsOf(resource['identifier']).flatMap((it, index) => textOf(it['value']) === undefined
        ? [{ path: `identifier[${index}].value`, en: 'is missing; it is the number of the report', zh: '缺失；应为报告编号' }]
        : []);
}
function timeIssues(resource, names, now) {
    return names.flatMap((name) => {
        const value = resource[name];
        if (value === undefined)
            return [];
        if (isObject(value))
            return timeIssues(value, ['start', 'end'], now).map((it) => ({ ...it, path: `${name}.${it.path}` }));
        const range = typeof value === 'string' ? readDate(value) : undefined;
        if (!range)
            return [{ path: name, en: `"${String(value)}" is not a date`, zh: `“${String(value)}”不是有效日期` }];
        if (range.from.getTime() <= now.getTime() + GRACE_MS)
            return [];
        return [{ path: name, en: 'lies more than a day in the future', zh: '晚于当前时间一天以上' }];
    });
}
