import { Failure } from '../failure.js';
import { isEmergency, PURPOSES, parseActingPractitioner, parseEmergencyReason, parsePurpose, } from './caller-headers.rules.js';
/**
 * Who calls, by the token and the headers beside it: `X-Acting-Practitioner`, `X-Purpose-Of-Use`, `X-Break-Glass-Reason`.
 *
 * What the token says about clinician and purpose binds: a header may repeat it, not change it. Throws `parameter-invalid` where a
 * header cannot be understood, contradicts the token, or an emergency has no written reason.
 */
export function identifyCaller(claims, headers, requestId, address) {
    const purpose = readPurpose(headers['x-purpose-of-use'], claims.actingFor);
    return {
        client: claims.client,
        institution: claims.institution,
        scopes: claims.scopes,
        tokenId: claims.tokenId,
        practitioner: readPractitioner(headers['x-acting-practitioner'], claims.actingFor),
        purpose,
        emergencyReason: readReason(headers['x-break-glass-reason'], purpose),
        patient: claims.consent?.patient,
        requestId,
        address,
    };
}
function readPractitioner(header, { practitioner }) {
    if (header === undefined)
        return practitioner;
    const named = typeof header === 'string' ? parseActingPractitioner(header) : undefined;
    if (!named) {
        throw new Failure('parameter-invalid', {
            path: 'X-Acting-Practitioner',
            en: 'write it as "<identifier system>|<value>, <name>", with the name in UTF-8, best percent-encoded: "urn:oid:1.2.3|0417, %E6%9D%8E%E5%8C%BB%E7%94%9F"',
            zh: '格式应为“<标识体系>|<标识值>, <姓名>”，姓名用 UTF-8，宜作百分号编码，例如“urn:oid:1.2.3|0417, %E6%9D%8E%E5%8C%BB%E7%94%9F”',
        });
    }
    if (practitioner && (named.system !== practitioner.system || named.value !== practitioner.value)) {
        throw new Failure('parameter-invalid', {
            path: 'X-Acting-Practitioner',
            en: 'The header names another clinician than the access token was issued for. Ask for a token for this clinician, or for one that names none.',
            zh: '请求头中的医务人员与访问令牌所载不一致。请为该医务人员申请令牌，或申请不指明医务人员的令牌。',
        });
    }
    return practitioner ?? named;
}
function readPurpose(header, { purpose }) {
    if (header === undefined)
        return purpose ?? 'TREAT';
    const stated = typeof header === 'string' ? parsePurpose(header.trim()) : undefined;
    if (!stated) {
        throw new Failure('parameter-invalid', {
            path: 'X-Purpose-Of-Use',
            en: `This is not a purpose served here. Take one code of v3-ActReason: ${PURPOSES.join(', ')}.`,
            zh: `本平台不支持该使用目的。请取 v3-ActReason 中的一个代码：${PURPOSES.join('、')}。`,
        });
    }
    if (purpose && stated !== purpose) {
        throw new Failure('parameter-invalid', {
            path: 'X-Purpose-Of-Use',
            en: `The header says ${stated}, the access token was issued for ${purpose}. Ask for a token for this purpose, or for one that names none.`,
            zh: `请求头的使用目的为 ${stated}，而访问令牌的使用目的为 ${purpose}。请按此目的申请令牌，或申请不指明目的的令牌。`,
        });
    }
    return stated;
}
function readReason(header, purpose) {
    if (!isEmergency(purpose)) {
        if (header === undefined)
            return null;
        throw new Failure('parameter-invalid', {
            path: 'X-Break-Glass-Reason',
            en: `a reason for emergency access goes with "X-Purpose-Of-Use: BTG" or "ETREAT"; this request is made for ${purpose}`,
            zh: `紧急调阅理由须与“X-Purpose-Of-Use: BTG”或“ETREAT”同用；本次请求的目的为 ${purpose}`,
        });
    }
    const reason = typeof header === 'string' ? parseEmergencyReason(header) : undefined;
    if (reason !== undefined)
        return reason;
    throw new Failure('parameter-invalid', {
        path: 'X-Break-Glass-Reason',
        en: 'Emergency access needs a written reason in this header: percent-encoded UTF-8, at most 1000 characters. It is reviewed afterwards.',
        zh: '紧急调阅须在此请求头中写明理由（UTF-8 百分号编码，至多 1000 字），事后将予复核',
    });
}
