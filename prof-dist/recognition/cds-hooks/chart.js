import { Failure } from '../../failure.js';
import { practitionerIdOf, practitionerOf, settingOf } from './chart.rules.js';
import { EhrUnreadable } from './ehr-reader.js';
import { readPrefetch } from './prefetch.rules.js';
/**
 * Patient, clinician and visit of a call: as they were sent along, else read from the FHIR server of the calling system, where it opened that
 * (`read`). Outside of any transaction: that server may take its time.
 *
 * Throws `precondition-failed` (412) where the patient is neither sent along nor can be read, `malformed` for a patient that is not the one
 * of the context. A clinician who cannot be read is named as the calling system names its users: the card does not wait for a name.
 */
export async function gatherChart(call, prefetch, read, issuer) {
    const [patient, user] = await Promise.all([findPatient(call, prefetch, read), findUser(call, prefetch, read)]);
    const encounter = readPrefetch(prefetch, 'encounter', ['Encounter']);
    return {
        patient,
        practitioner: practitionerOf(user, call.userId, issuer),
        setting: settingOf(resourceOf(encounter)),
    };
}
async function findPatient({ patientId }, prefetch, read) {
    const sent = readPrefetch(prefetch, 'patient', ['Patient']);
    if (sent !== 'missing') {
        const patient = resourceOf(sent);
        if (patient?.['id'] !== undefined && patient['id'] !== patientId) {
            throw new Failure('malformed', {
                path: 'prefetch.patient.id',
                en: 'is not the patient of the context',
                zh: '与 context.patientId 不一致',
            });
        }
        return patient;
    }
    if (!read)
        throw unobtainable('it is not in the prefetch, and there is no access to your FHIR server', '预取数据中没有，也无法访问贵方 FHIR 服务');
    try {
        return await read('Patient', patientId);
    }
    catch (error) {
        if (!(error instanceof EhrUnreadable))
            throw error;
        throw unobtainable(`it is not in the prefetch, and ${error.message}`, '预取数据中没有，且未能从贵方 FHIR 服务读取');
    }
}
/** Practitioner or PractitionerRole; of a role that refers to a Practitioner that one, where it can be read. */
async function findUser({ userId }, prefetch, read) {
    const sent = readPrefetch(prefetch, 'user', ['Practitioner', 'PractitionerRole']);
    const [type = '', id = ''] = userId.split('/');
    try {
        const user = sent === 'missing' ? await read?.(type, id) : resourceOf(sent);
        const practitioner = user?.['resourceType'] === 'PractitionerRole' ? practitionerIdOf(user) : undefined;
        return practitioner === undefined ? user : ((await read?.('Practitioner', practitioner).catch(() => undefined)) ?? user);
    }
    catch (error) {
        if (error instanceof EhrUnreadable)
            return undefined;
        throw error;
    }
}
function resourceOf(prefetched) {
    return typeof prefetched === 'object' ? prefetched.resource : undefined;
}
function unobtainable(en, zh) {
    return new Failure('precondition-failed', {
        path: 'prefetch.patient',
        en: `The patient cannot be had: ${en}. Send it along, or name your registered fhirServer with a fhirAuthorization.`,
        zh: `无法取得患者信息：${zh}。请预取 patient，或提供已登记的 fhirServer 及 fhirAuthorization。`,
        kind: 'incomplete',
    });
}
