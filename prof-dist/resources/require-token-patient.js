import { Failure } from '../failure.js';
import { decodeId } from './resource-id.js';
/**
 * Holds a request to the one patient that its token is for (IHE PCF), if it is for one: throws `scope-insufficient` unless the keys, all of
 * the human being the request is about, are that patient's. None stand for nobody, who is refused as anybody else is, so that the answer
 * does not tell whether somebody is known.
 */
export function requireTokenPatient(caller, persons) {
    if (caller.patient === undefined)
        return;
    const own = decodeId(caller.patient);
    if (own && persons.includes(own.person))
        return;
    throw new Failure('scope-insufficient', {
        en: 'The access token is for one patient (extensions.ihe_pcf), and this request is not about that patient alone. Ask for a token for this patient, or for one that names none.',
        zh: '该访问令牌仅用于一名患者（extensions.ihe_pcf），本次请求不限于该患者。请为所涉患者申请令牌，或申请不指明患者的令牌。',
    });
}
