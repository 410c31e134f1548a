import { Failure } from '../failure.js';
/** The token of an `Authorization: Bearer` header (RFC 6750 §2.1). Throws `token-missing`, `token-invalid`. */
export function readBearerToken(authorization) {
    const [, scheme, token] = /^(\S+)(?:\s+(.*))?$/.exec(authorization?.trim() ?? '') ?? [];
    if (scheme?.toLowerCase() !== 'bearer') {
        throw new Failure('token-missing', {
            path: 'Authorization',
            en: 'Send an access token: "Authorization: Bearer <token>". Tokens are issued by /oauth2/token (SMART Backend Services).',
            zh: '请携带访问令牌：“Authorization: Bearer <令牌>”。令牌由 /oauth2/token 签发（SMART Backend Services）。',
        });
    }
    if (!token || !/^[A-Za-z0-9._~+/-]+=*$/.test(token))
        throw tokenRefused('invalid');
    return token;
}
/** The failure for a token that is worth nothing, with what to do about it. */
export function tokenRefused(why) {
    return new Failure('token-invalid', { path: 'Authorization', ...REASONS[why] });
}
const REASONS = {
    expired: {
        en: 'The access token has expired. Ask /oauth2/token for a new one.',
        zh: '访问令牌已过期，请向 /oauth2/token 重新申请',
    },
    invalid: {
        en: 'The access token is not one that this server issued. Ask /oauth2/token for one.',
        zh: '该访问令牌并非本平台签发，请向 /oauth2/token 申请',
    },
    revoked: {
        en: 'the access token, or the client it was issued to, has been revoked',
        zh: '该访问令牌或其所属的客户端已被撤销',
    },
};
