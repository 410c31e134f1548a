const PROBLEM = {
    problem: {
        en: 'extensions.ihe_pcf.patient_id is not the address of a Patient of this server: Patient/<id>, alone or below its FHIR address',
        zh: 'extensions.ihe_pcf.patient_id 应为本平台 Patient 的地址：Patient/<id>，可带本平台 FHIR 地址前缀',
    },
};
/**
 * The logical id of the Patient that the claim `extensions.ihe_pcf` of a client's assertion asks a token for; `null` where it asks for
 * none. `base` is this server's FHIR address. Other members are not read: what the consent says is for this server to decide.
 */
export function readWantedPatient(extensions, base) {
    const pcf = isObject(extensions) ? extensions['ihe_pcf'] : undefined;
    if (pcf === undefined)
        return null;
    const address = isObject(pcf) ? pcf['patient_id'] : undefined;
    if (typeof address !== 'string')
        return PROBLEM;
    return idOf(address, base) ?? PROBLEM;
}
/** What a decision for a patient leaves in the token: Consents by their addresses without version, everything else as policies. */
export function carriedConsent(patient, { consents, residual }, base) {
    const isConsent = (it) => it.startsWith('Consent/');
    return {
        patient,
        consents: [...new Set(consents.filter(isConsent).map((it) => `${base}/${it.replace(/\/_history\/.*$/, '')}`))],
        policies: [...new Set(consents.filter((it) => !isConsent(it)))],
        residual,
    };
}
/** The member `ihe_pcf` of a token's extensions; what is empty is left out, as the standard's examples have it. */
export function writePcf({ patient, consents, policies, residual }, base) {
    return {
        ihe_pcf: {
            patient_id: `${base}/Patient/${patient}`,
            ...(consents.length > 0 && { doc_id: consents }),
            ...(policies.length > 0 && { acp: policies }),
            ...(residual.length > 0 && { residual }),
        },
    };
}
/** The inverse of `writePcf`, for a token of our own; `null` where it carries no consent, `undefined` where the form is not ours. */
export function readPcf(extensions, base) {
    const pcf = isObject(extensions) ? extensions['ihe_pcf'] : undefined;
    if (pcf === undefined)
        return null;
    if (!isObject(pcf) || typeof pcf['patient_id'] !== 'string')
        return undefined;
    const patient = idOf(pcf['patient_id'], base);
    const { doc_id: consents = [], acp: policies = [], residual = [] } = pcf;
    if (patient === undefined || !isTexts(consents) || !isTexts(policies) || !isRules(residual))
        return undefined;
    return { patient, consents, policies, residual };
}
function idOf(address, base) {
    const local = address.startsWith(`${base}/`) ? address.slice(base.length + 1) : address;
    return /^Patient\/([A-Za-z0-9.-]{1,64})$/.exec(local)?.[1];
}
function isTexts(value) {
    return Array.isArray(value) && value.every((it) => typeof it === 'string');
}
function isRules(value) {
    return Array.isArray(value) && value.every((it) => isObject(it) && (it['type'] === 'forbid' || it['type'] === 'permit'));
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
