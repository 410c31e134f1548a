import { Failure } from '../failure.js';
/**
 * Throws `scope-insufficient` where a token for one patient (IHE PCF) knocks at a door that is not marked `onePatient`: such a door holds
 * nobody to a patient. Doors where nothing about persons is shown (`unlogged`) are open to it.
 */
export function requireDoorOfToken(caller, door) {
    if (caller.patient === undefined || door.onePatient === true || door.unlogged === true)
        return;
    throw new Failure('scope-insufficient', {
        en: 'The access token is for one patient (extensions.ihe_pcf): it opens reading, searching, looking up and checking of that patient’s results. Ask for a token that names no patient.',
        zh: '该访问令牌仅用于一名患者（extensions.ihe_pcf），只可读取、检索、调阅和查询该患者的结果。请申请不指明患者的令牌。',
    });
}
