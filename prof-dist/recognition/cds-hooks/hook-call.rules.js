import { Failure } from '../../failure.js';
import { codingsOf, objectOf, objectsOf, textOf } from '../../fhir/element.js';
import { HOOKS, SERVICE_OF } from './cds-services.rules.js';
/**
 * Reads a request to the service of that id (CDS Hooks 2.0 and its library, STU 1). Throws `not-found` for no service of ours, `malformed`
 * for a hook that the service does not serve and for a context that lacks what its hook must have, `practitioner-missing` where patients
 * or relatives look themselves: the access log names a clinician.
 */
export function readHookCall(service, { hook, hookInstance, context }) {
    requireService(service);
    const known = HOOKS.find((it) => it === hook && SERVICE_OF[it] === service);
    if (!known) {
        const served = HOOKS.filter((it) => SERVICE_OF[it] === service).join(', ');
        throw new Failure('malformed', { path: 'hook', en: `this service serves ${served}`, zh: `该服务支持的 hook：${served}` });
    }
    if (!/^Practitioner(Role)?\//.test(context.userId)) {
        throw new Failure('practitioner-missing', {
            path: 'context.userId',
            en: 'this exchange answers clinicians; name a Practitioner or a PractitionerRole',
            zh: '本平台只答复医务人员，userId 应为 Practitioner 或 PractitionerRole',
        });
    }
    const { patientId, userId, encounterId, selections, draftOrders } = context;
    if (known !== 'patient-view' && !draftOrders)
        throw missing('context.draftOrders');
    if (known === 'order-select' && !selections)
        throw missing('context.selections');
    const orders = draftOrders && readOrders(draftOrders, known === 'order-select' ? selections : undefined);
    return { hook: known, hookInstance, patientId, userId, encounterId, orders: known === 'patient-view' ? undefined : orders };
}
/** Throws `not-found` unless a service has this id. */
export function requireService(id) {
    if (Object.values(SERVICE_OF).includes(id))
        return;
    throw new Failure('not-found', {
        path: 'id',
        en: `There is no service "${id}". Ask /cds-services which there are.`,
        zh: `没有名为“${id}”的服务，请查询 /cds-services`,
    });
}
/** Orders that are no more to be carried out, or never were. */
const OVER = ['revoked', 'completed', 'entered-in-error'];
/**
 * The examinations among draft orders; of those that are named, where some are. What cannot be a repeat of an examination (other types of
 * order, one that is over, one that says what is *not* to be done) is passed over, and so is an entry of any other form.
 */
function readOrders(bundle, selections) {
    return objectsOf(bundle['entry']).flatMap((entry) => {
        const resource = objectOf(entry['resource']);
        if (resource?.['resourceType'] !== 'ServiceRequest' || resource['doNotPerform'] === true)
            return [];
        if (OVER.includes(String(resource['status'])))
            return [];
        const id = idOf(resource, entry);
        const reference = id && `ServiceRequest/${id}`;
        if (selections && !(reference !== undefined && selections.includes(reference)))
            return [];
        const codes = codingsOf(resource['code']).flatMap((it) => {
            const code = textOf(it['code']);
            return code === undefined || code.length > 64 ? [] : [{ system: textOf(it['system']) ?? '', code }];
        });
        return codes.length === 0 ? [] : [{ reference, codes }];
    });
}
/** The id of an order; drafts may have it in their fullUrl alone. */
function idOf(resource, entry) {
    const id = textOf(resource['id']) ?? /(?:^|\/)ServiceRequest\/([^/]+)$/.exec(textOf(entry['fullUrl']) ?? '')?.[1];
    return id !== undefined && /^[A-Za-z0-9.-]{1,64}$/.test(id) ? id : undefined;
}
function missing(path) {
    return new Failure('malformed', { path, en: 'is missing', zh: '缺失' });
}
