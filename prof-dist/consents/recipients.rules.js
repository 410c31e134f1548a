import { hasCode, isObject, objectOf, objectsOf, referenceOf, textOf } from '../fhir/element.js';
import { PARTICIPATION_SYSTEM } from './consent-vocabulary.js';
/** Types of actor that stand for people; whether the acting clinician is one of them is asked when the rule is. */
const PEOPLE = ['Practitioner', 'PractitionerRole', 'Group', 'CareTeam'];
/**
 * The recipients a rule names (`provision.actor` with the role IRCP): Organizations by reference or credit code, and people. `isForeign` where
 * it names anybody in another role, or a recipient of a kind that this exchange cannot tell (a device, a relative, a mere name).
 */
export function readRecipients(rule, path) {
    const actors = objectsOf(rule['actor']);
    const recipients = actors.flatMap((actor, index) => hasCode(actor['role'], PARTICIPATION_SYSTEM, ['IRCP']) ? readRecipient(actor, `${path}.actor[${index}].reference`) : []);
    return { recipients, isForeign: recipients.length < actors.length };
}
function readRecipient(actor, path) {
    const reference = referenceOf(actor['reference']);
    const [, type = '', id = ''] = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]+)?$/.exec(reference ?? '') ?? [];
    if (type === 'Organization')
        return [{ organization: id, path }];
    if (PEOPLE.includes(type))
        return [{ people: `${type}/${id}`, path }];
    const identifier = isObject(actor['reference']) ? textOf(objectOf(actor['reference']['identifier'])?.['value']) : undefined;
    return identifier && !reference && !namesPeople(actor['reference']) ? [{ identifier, path }] : [];
}
/** A credit code is an institution's; the number of a clinician is something else. */
function namesPeople(reference) {
    const type = textOf(reference['type']);
    return type !== undefined && type !== 'Organization';
}
