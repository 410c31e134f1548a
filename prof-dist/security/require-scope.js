import { Failure } from '../failure.js';
import { allows } from './scope.rules.js';
/** Throws `scope-insufficient` unless the caller's token covers the scope (SMART App Launch 2.2; shown as 403, not 401). */
export function requireScope(caller, needed) {
    if (allows(caller.scopes, needed))
        return;
    throw new Failure('scope-insufficient', {
        en: `The access token does not cover the scope "${needed}". Ask for it when you fetch a token; if it is refused there, the operator has to register it for your client.`,
        zh: `访问令牌的授权范围不含“${needed}”。请在申请令牌时带上该范围；若被拒绝，须由平台运营方为贵系统登记。`,
    });
}
