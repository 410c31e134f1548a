import { Failure } from '../failure.js';
import { disagreements, readIdentity } from '../persons/patient.rules.js';
import { createResource } from '../resources/create-resource.js';
import { hashIdentifier } from '../resources/hash.js';
import { findResource } from '../resources/resource.queries.js';
import { decodeId, encodeId } from '../resources/resource-id.js';
import { findOwnPatients } from './consent.queries.js';
/**
 * The caller's Patient resource (`Patient/…`) for the patient of a consent.
 *
 * An institution that never published anything about the patient gets a Patient of its own, made of identifier, name and birth date; it
 * is treated alike whether or not others know the person. A name or birth date that is given must agree with what is known
 * (`identity-mismatch`), so that nobody's decision is written to somebody else.
 */
export async function resolveConsentPatient(tx, custody, caller, patient, write, now) {
    if ('id' in patient)
        return findOwnPatient(tx, caller, patient.id);
    const content = patientResource(patient);
    const own = await findOwnPatients(tx, caller.institution, hashIdentifier('Patient', patient.identifier));
    const [known] = own;
    if (own.length > 1) {
        throw new Failure('precondition-failed', {
            path: 'patient.identifier',
            en: 'stands for several Patients of this institution; give the id of one',
            zh: '对应本机构的多个患者，请改用患者 id',
        });
    }
    if (known) {
        refuseDisagreement(known, patient, content);
        return `Patient/${encodeId(known)}`;
    }
    refuseIncomplete(patient, content);
    const { system, value } = patient.identifier;
    const ifNoneExist = `identifier=${encodeURIComponent(system)}|${encodeURIComponent(value)}`;
    const { key } = await createResource(tx, custody, caller, 'Patient', JSON.stringify(content), { ...write, ifNoneExist }, now);
    return `Patient/${encodeId(key)}`;
}
function patientResource({ identifier, name, birthDate, gender }) {
    return {
        resourceType: 'Patient',
        identifier: [{ ...identifier }],
        ...(name === undefined ? {} : { name: [{ text: name }] }),
        ...(gender === undefined ? {} : { gender }),
        ...(birthDate === undefined ? {} : { birthDate }),
    };
}
async function findOwnPatient(tx, caller, id) {
    const key = decodeId(id);
    const row = key && (await findResource(tx, key));
    if (row && row.type === 'Patient' && !row.deleted && row.institution === caller.institution)
        return `Patient/${id}`;
    throw new Failure('reference-unresolved', {
        path: 'patient.id',
        en: 'is no Patient of this institution; name the patient by identifier, name and birth date',
        zh: '不是本机构的患者；请改用证件标识、姓名和出生日期',
    });
}
function refuseDisagreement(known, patient, content) {
    if (patient.name === undefined && patient.birthDate === undefined)
        return;
    const { identity } = readIdentity(JSON.parse(known.content));
    const claimed = readIdentity(content).identity;
    const elements = disagreements({ names: identity.names, birthDate: identity.birthDate ?? claimed.birthDate ?? '' }, {
        ...claimed,
        names: patient.name === undefined ? identity.names : claimed.names,
        birthDate: patient.birthDate === undefined ? identity.birthDate : claimed.birthDate,
    });
    if (elements.length === 0)
        return;
    throw new Failure('identity-mismatch', elements.map((element) => ({
        path: `patient.${element}`,
        en: 'differs from the Patient this institution has under that identifier',
        zh: '与本机构该标识下已登记的患者信息不一致',
    })), { person: known.person });
}
function refuseIncomplete(patient, content) {
    const missing = ['name', 'birthDate'].filter((it) => patient[it] === undefined);
    if (missing.length > 0) {
        throw new Failure('rule-violated', missing.map((it) => ({
            path: `patient.${it}`,
            en: 'is missing; a patient new to this institution needs name and birth date',
            zh: '缺失；本机构首次登记的患者须同时提供姓名和出生日期',
        })));
    }
    const { issues } = readIdentity(content);
    if (issues.length === 0)
        return;
    throw new Failure('rule-violated', issues.map((it) => ({ ...it, path: `patient.${(it.path ?? '').replace('identifier[0]', 'identifier')}` })));
}
