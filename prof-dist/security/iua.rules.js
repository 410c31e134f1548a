import { PURPOSES, parseIdentifier, parsePersonName, parsePurpose } from './caller-headers.rules.js';
/** Where the codes of `purpose_of_use` come from. */
const PURPOSE_SYSTEMS = ['http://terminology.hl7.org/CodeSystem/v3-ActReason', 'urn:oid:2.16.840.1.113883.5.8'];
const PROBLEMS = {
    form: { en: 'extensions.ihe_iua is not an object', zh: 'extensions.ihe_iua 应为对象' },
    identifier: {
        en: "extensions.ihe_iua.person_id is not of the form '<identifier system>|<value>'",
        zh: 'extensions.ihe_iua.person_id 的格式应为“<标识体系>|<标识值>”',
    },
    name: { en: 'extensions.ihe_iua.subject_name is not a name', zh: 'extensions.ihe_iua.subject_name 不是有效的姓名' },
    severalPurposes: {
        en: 'extensions.ihe_iua.purpose_of_use names several purposes; ask for one token for each',
        zh: 'extensions.ihe_iua.purpose_of_use 列有多个目的；请按目的分别申请令牌',
    },
    purpose: {
        en: `extensions.ihe_iua.purpose_of_use is not a Coding of v3-ActReason with one of the codes ${PURPOSES.join(', ')}`,
        zh: `extensions.ihe_iua.purpose_of_use 应为 v3-ActReason 的 Coding，代码取 ${PURPOSES.join('、')} 之一`,
    },
};
/**
 * What the claim `extensions.ihe_iua` of a JWT says (IHE IUA, "JWT IUA extension"): `subject_name` with `person_id` or
 * `national_provider_identifier`, written `<system>|<value>`, name the clinician; `purpose_of_use` is one Coding or a list of one.
 *
 * The answer for a wrong form is its problem: a clinician understood by half would be a wrong name in the log. Other members of the
 * extension are not read; the institution, above all, is the client's own.
 */
export function readIua(extensions) {
    const iua = isObject(extensions) ? extensions['ihe_iua'] : undefined;
    if (iua === undefined)
        return { practitioner: null, purpose: null };
    if (!isObject(iua))
        return { problem: PROBLEMS.form };
    const identifier = iua['person_id'] ?? iua['national_provider_identifier'];
    const name = iua['subject_name'];
    let practitioner = null;
    if (identifier !== undefined || name !== undefined) {
        const identity = typeof identifier === 'string' ? parseIdentifier(identifier) : undefined;
        const personName = typeof name === 'string' ? parsePersonName(name) : undefined;
        if (!identity)
            return { problem: PROBLEMS.identifier };
        if (!personName)
            return { problem: PROBLEMS.name };
        practitioner = { ...identity, name: personName };
    }
    const stated = iua['purpose_of_use'];
    const codings = Array.isArray(stated) ? stated : stated === undefined ? [] : [stated];
    if (codings.length > 1)
        return { problem: PROBLEMS.severalPurposes };
    if (codings.length === 0)
        return { practitioner, purpose: null };
    const purpose = readPurposeCoding(codings[0]);
    return purpose ? { practitioner, purpose } : { problem: PROBLEMS.purpose };
}
/** The inverse of `readIua`, for the claims of an access token; `undefined` where there is nothing to say. */
export function writeIua({ practitioner, purpose }) {
    if (!practitioner && !purpose)
        return undefined;
    return {
        ihe_iua: {
            ...(practitioner && { subject_name: practitioner.name, person_id: `${practitioner.system}|${practitioner.value}` }),
            ...(purpose && { purpose_of_use: [{ system: PURPOSE_SYSTEMS[0], code: purpose }] }),
        },
    };
}
function readPurposeCoding(coding) {
    if (!isObject(coding) || typeof coding['code'] !== 'string')
        return undefined;
    const system = coding['system'];
    if (system !== undefined && (typeof system !== 'string' || !PURPOSE_SYSTEMS.includes(system)))
        return undefined;
    return parsePurpose(coding['code']);
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
