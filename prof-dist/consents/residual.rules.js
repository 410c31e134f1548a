import { CONFIDENTIALITY_SYSTEM, isConfidentiality } from '../resources/label.rules.js';
import { SENSITIVITY_SYSTEM } from '../resources/sensitivity.js';
import { decidePermission, rulesAbout } from './consent.rules.js';
import { CATEGORY_SYSTEM } from './consent-vocabulary.js';
const FORBID_ALL = { type: 'forbid' };
const NORMAL_ONLY = { type: 'permit', securityLabel: [{ system: CONFIDENTIALITY_SYSTEM, code: 'N' }] };
/**
 * The decision on a question about the patient as a whole, in the words of IHE PCF: whether a token may be given, and what it must restrict.
 *
 * `deny` wherever `decidePermission` finds nothing that may be seen, and where several denials with exceptions of their own would have to hold
 * together, which no order of entries says. References of data become absolute with `base`, this server's FHIR address.
 */
export function residualOf(consents, question, base) {
    const permission = decidePermission(consents, question);
    switch (permission.basis) {
        case 'none':
            return { decision: 'deny' };
        case 'policy':
            return { decision: 'permit', consents: permission.consents, residual: [FORBID_ALL, NORMAL_ONLY] };
        case 'emergency':
        case 'consent': {
            const residual = residualBy(rulesAbout(consents, question), permission.basis === 'emergency', base);
            return residual ? { decision: 'permit', consents: permission.consents, residual } : { decision: 'deny' };
        }
    }
}
/** First what is open, then denials that have exceptions, then those that have none: an exception never takes back another's denial. */
function residualBy(about, opensAll, base) {
    const permits = about.flatMap(({ root, permits: nested }) => [...(root?.type === 'permit' ? [root] : []), ...nested]);
    const isOpen = opensAll || permits.some(isUnrestricted);
    const opened = isOpen ? [] : [FORBID_ALL, ...permits.map((it) => entryOf('permit', it, base))];
    const roots = about.flatMap(({ root, permits: except }) => (root?.type === 'deny' ? [{ root, except }] : []));
    const excepted = roots.filter(({ except }) => except.length > 0 && !except.some(isUnrestricted));
    if (excepted.length > 1)
        return undefined;
    const [only] = excepted;
    const closed = only ? [entryOf('forbid', only.root, base), ...only.except.map((it) => entryOf('permit', it, base))] : [];
    const denials = [...roots.filter(({ except }) => except.length === 0).map((it) => it.root), ...about.flatMap((it) => it.denials)];
    // What is forbidden as a whole makes what was opened before needless.
    const kept = only && isUnrestricted(only.root) ? [] : opened;
    return [...kept, ...closed, ...denials.map((it) => entryOf('forbid', it, base))];
}
/** Says nothing of the data. */
function isUnrestricted({ categories, dataPeriod, labels, data }) {
    return categories.length === 0 && dataPeriod === null && labels.length === 0 && data === null;
}
function entryOf(type, { categories, dataPeriod, labels, data }, base) {
    return {
        type,
        ...(labels.length > 0 ? { securityLabel: labels.map(labelCoding) } : {}),
        ...(dataPeriod ? { dataPeriod: [dataPeriod] } : {}),
        ...(data ? { data: data.map((it) => dataOf(it, base)) } : {}),
        ...(categories.length > 0 ? { class: categories.map(classCoding) } : {}),
    };
}
function labelCoding(code) {
    return { system: isConfidentiality(code) ? CONFIDENTIALITY_SYSTEM : SENSITIVITY_SYSTEM, code };
}
function classCoding(code) {
    return { system: CATEGORY_SYSTEM, code };
}
function dataOf({ kind, reference, identifier }, base) {
    if (reference === null)
        return { meaning: kind, reference: { identifier: { value: identifier ?? '' } } };
    return { meaning: kind, reference: { reference: /^https?:/.test(reference) ? reference : `${base}/${reference}` } };
}
