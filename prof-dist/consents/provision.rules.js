import { objectOf, objectsOf, referenceOf, textOf } from '../fhir/element.js';
import { CATEGORIES } from '../resources/category.js';
import { CONFIDENTIALITY_SYSTEM, isConfidentiality } from '../resources/label.rules.js';
import { SENSITIVITY_SYSTEM } from '../resources/sensitivity.js';
import { readConsentPeriod } from './consent-period.rules.js';
import { CATEGORY_SYSTEM, PURPOSE_SYSTEM } from './consent-vocabulary.js';
import { readRecipients } from './recipients.rules.js';
/** Members of a rule that narrow it in ways this exchange cannot evaluate. */
const NOT_EVALUATED = ['action', 'code'];
/** A rule of more than so many is no patient's decision, and would make every look-up slow. */
const DATA_MAX = 200;
/**
 * One rule of a Consent (`provision`, or one nested in it).
 *
 * **What is not evaluated here errs on the side of privacy**: such a rule is marked as not evaluable, which makes a permit permit nothing and
 * lets a denial deny as if it were not narrowed in that respect.
 */
export function readRule(rule, type, path, issues) {
    const { recipients, isForeign } = readRecipients(rule, path);
    const categories = readCategories(rule, path, issues);
    const purposes = readPurposes(rule);
    const labels = readLabels(rule);
    const data = readData(rule, path, issues);
    const period = readConsentPeriod(rule['period'], `${path}.period`, issues);
    readConsentPeriod(rule['dataPeriod'], `${path}.dataPeriod`, issues);
    const foreign = [isForeign, categories.isForeign, purposes.isForeign, labels.isForeign, data.isForeign];
    return {
        type,
        isEvaluable: !foreign.includes(true) && NOT_EVALUATED.every((it) => rule[it] === undefined),
        recipients: isForeign ? [] : recipients,
        validFrom: period.validFrom?.toISOString() ?? null,
        validUntil: period.validUntil?.toISOString() ?? null,
        purposes: purposes.values,
        categories: categories.values,
        dataPeriod: dataPeriodOf(rule),
        labels: labels.values,
        data: rule['data'] === undefined || data.isForeign ? null : data.values,
    };
}
function readCategories(rule, path, issues) {
    const classes = objectsOf(rule['class']);
    classes.forEach((coding, index) => {
        if (coding['system'] === CATEGORY_SYSTEM && !CATEGORIES.some((it) => it === coding['code'])) {
            issues.push({
                path: `${path}.class[${index}].code`,
                en: `must be one of ${CATEGORIES.join(', ')}`,
                zh: `必须为 ${CATEGORIES.join('、')} 之一`,
            });
        }
    });
    const values = CATEGORIES.filter((category) => classes.some((it) => it['system'] === CATEGORY_SYSTEM && it['code'] === category));
    return orForeign(values, classes.some((it) => it['system'] !== CATEGORY_SYSTEM));
}
function readPurposes(rule) {
    const codings = objectsOf(rule['purpose']);
    const values = codings.flatMap((it) => (it['system'] === PURPOSE_SYSTEM ? (textOf(it['code']) ?? []) : []));
    return orForeign(values, values.length < codings.length);
}
function readLabels(rule) {
    const codings = objectsOf(rule['securityLabel']);
    const values = codings.flatMap((it) => {
        const code = textOf(it['code']) ?? '';
        if (it['system'] === CONFIDENTIALITY_SYSTEM)
            return isConfidentiality(code) ? [code] : [];
        return it['system'] === SENSITIVITY_SYSTEM && code.length > 1 ? [code] : [];
    });
    return orForeign([...new Set(values)].sort(), values.length < codings.length);
}
/** `related` and `dependents` are read alike: the resource, and what refers to it. */
const MEANINGS = new Map([
    ['instance', 'instance'],
    ['related', 'related'],
    ['dependents', 'related'],
    ['authoredby', 'authoredby'],
]);
function readData(rule, path, issues) {
    const all = objectsOf(rule['data']);
    if (all.length > DATA_MAX) {
        issues.push({ path: `${path}.data`, en: `has more than ${DATA_MAX} entries`, zh: `超过 ${DATA_MAX} 条` });
    }
    const values = all.flatMap((it) => {
        const kind = MEANINGS.get(textOf(it['meaning']) ?? '');
        const reference = referenceOf(it['reference']);
        const [, type, id] = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]+)?$/.exec(reference ?? '') ?? [];
        if (kind && reference && type && id)
            return [{ kind, reference, target: { type, id } }];
        const identifier = textOf(objectOf(objectOf(it['reference'])?.['identifier'])?.['value']);
        return kind === 'authoredby' && identifier && !reference ? [{ kind, reference: null, target: null, identifier }] : [];
    });
    return orForeign(values, values.length < all.length);
}
function dataPeriodOf(rule) {
    const period = objectOf(rule['dataPeriod']);
    if (!period)
        return null;
    const [start, end] = [textOf(period['start']), textOf(period['end'])];
    return { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
}
function orForeign(values, isForeign) {
    return { values: isForeign ? [] : values, isForeign };
}
