import { isConfidentiality } from '../resources/label.rules.js';
/** Whether the time in which a consent holds has begun and is not over. What is over is as if it had never been: expired is absent. */
function isInItsTime({ validFrom, validUntil }, at) {
    return (validFrom === null || new Date(validFrom) <= at) && (validUntil === null || at <= new Date(validUntil));
}
/** The consents that are on file at that moment, whatever they are about and whomever they name. */
export function onFile(consents, at) {
    return consents.filter((it) => it.active && isInItsTime(it.rules.root, at));
}
/**
 * A nested rule with what it takes over from the rule it is an exception to: whom it is about and what for, where it names neither itself. A
 * permit takes over what it says of the data as well, so that an exception opens no more than it must; a denial does not.
 */
export function withInherited(nested, root) {
    const namesNobody = isEmpty(nested.recipients);
    return {
        ...nested,
        isEvaluable: nested.isEvaluable && root.isEvaluable && !(nested.type === 'permit' && turnsMark(nested, root)),
        recipients: namesNobody ? root.recipients : nested.recipients,
        purposes: nested.purposes.length > 0 ? nested.purposes : root.purposes,
        ...(nested.type === 'permit'
            ? {
                categories: nested.categories.length > 0 ? nested.categories : root.categories,
                dataPeriod: nested.dataPeriod ?? root.dataPeriod,
                labels: nested.labels.length > 0 ? nested.labels : root.labels,
                data: nested.data ?? root.data,
            }
            : {}),
    };
}
/** A denial of a mark is about what lies above it, a permit about what lies below: the one cannot be taken over as the other. */
function turnsMark(nested, root) {
    return root.type === 'deny' && nested.labels.length === 0 && root.labels.some(isConfidentiality);
}
/**
 * Whether a rule is about this question: its time, the purpose, who asks. Where it cannot be told whether the clinician is one of those named, a
 * permit is not and a denial is; a permit that narrows what cannot be evaluated is about nothing.
 */
export function applies(rule, { asker, purpose, at }) {
    if (rule.type === 'permit' && !rule.isEvaluable)
        return false;
    return isInItsTime(rule, at) && (rule.purposes.length === 0 || rule.purposes.includes(purpose)) && isMeant(rule, asker);
}
function isMeant({ type, recipients }, asker) {
    return (isEmpty(recipients) ||
        recipients.institutions.some((it) => asker.institutions.includes(it)) ||
        recipients.organizations.some((it) => asker.organizations.includes(it)) ||
        recipients.people.some((it) => asker.people.get(it) ?? type === 'deny'));
}
function isEmpty({ institutions, organizations, people }) {
    return institutions.length + organizations.length + people.length === 0;
}
