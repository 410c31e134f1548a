import { Failure } from '../failure.js';
import { isEmergency } from './caller-headers.rules.js';
import { allows } from './scope.rules.js';
/**
 * Throws `scope-insufficient` for an emergency (BTG, ETREAT) that the token gives no right to, before anything is looked up: breaking the
 * glass takes the right, the purpose, the written reason, and a policy that lets it happen (IHE PCF). Other purposes need no right.
 *
 * The right is the clinician's, not the calling system's: `issueToken` gives the scope to no token that names nobody.
 */
export function requireRightOfPurpose(caller) {
    if (!isEmergency(caller.purpose) || allows(caller.scopes, 'break-glass'))
        return;
    throw new Failure('scope-insufficient', {
        path: 'X-Purpose-Of-Use',
        en: `${caller.purpose} is emergency access and needs a token with the scope "break-glass", issued for the acting clinician (extensions.ihe_iua). If it is refused there, the operator has to register the scope for your client.`,
        zh: `${caller.purpose} 为紧急调阅，访问令牌须含授权范围“break-glass”并为具体医务人员申请（extensions.ihe_iua）。若申请被拒绝，须由平台运营方为贵系统登记该范围。`,
    });
}
