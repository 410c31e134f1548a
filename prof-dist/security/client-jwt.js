import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { forgetAssertions, useAssertion } from './client.queries.js';
import { CLIENT_ALGORITHMS } from './client-key.rules.js';
/** How far ahead `exp` may be: five minutes (SMART Backend Services, CDS Hooks 2.0). */
const LIFETIME_MAX_SECONDS = 300;
/** How far a client's clock may be off. */
const CLOCK_TOLERANCE_SECONDS = 10;
/** Used JWTs are remembered this much longer than they live, since the clocks of gateways differ; and swept out this often. */
const REMEMBERED_MS = 600_000;
const SWEEP_INTERVAL_MS = 60_000;
/** A JWT that proves nothing, and why, in two languages. */
export class JwtRefused extends Error {
    name = 'JwtRefused';
    zh;
    /** Who the JWT says it is from; not to be believed. */
    claimed;
    constructor(en, zh, claimed) {
        super(en);
        this.zh = zh;
        this.claimed = claimed;
    }
}
/**
 * Finds out which client signed a JWT. One for a process.
 *
 * A JWT is good when it is signed by ES384 or RS384 with the one registered key of its `kid`, for this place (`aud`), in its five minutes,
 * and was never seen before of its issuer on any gateway. A `jku` is taken only where it is the registered JWKS URL.
 */
export class ClientJwts {
    #db;
    #keys;
    #takesPart;
    #sweptAt = Number.NEGATIVE_INFINITY;
    /** `takesPart`: whether an institution is active; the clients of one that is not are turned away. */
    constructor(db, keys, takesPart) {
        this.#db = db;
        this.#keys = keys;
        this.#takesPart = takesPart;
    }
    /** Throws `JwtRefused`; uses the JWT up. */
    async prove(jwt, expected, now) {
        const { algorithm, kid, jku } = readHeader(jwt, expected.form);
        const issuer = readIssuer(jwt, expected.form);
        const client = await expected.clientOf(issuer);
        if (!client || client.removedAt !== null) {
            throw new JwtRefused('The issuer of the JWT is no registered client.', 'JWT 的 iss 不是已登记的客户端。', issuer);
        }
        if (jku !== undefined && jku !== client.jwksUrl) {
            throw new JwtRefused('jku is not the JWKS URL registered for this client.', 'jku 不是该客户端登记的 JWKS 地址。', issuer);
        }
        const found = await this.#keys.find(client, kid, algorithm, now);
        if ('problem' in found) {
            const [en, zh] = client.jwksUrl === null ? ['registered key set', '登记的密钥集'] : ['JWKS URL', 'JWKS 地址'];
            throw new JwtRefused(`The ${en} cannot be used: ${found.problem.en}.`, `${zh}不可用：${found.problem.zh}。`, issuer);
        }
        const claims = await verify(jwt, found.key, algorithm, issuer, expected.form, now);
        const { jti, expiresAt } = checkClaims(claims, expected.audiences, issuer, now);
        if (!(await useAssertion(this.#db, issuer, jti, expiresAt))) {
            throw new JwtRefused('The JWT was used before; each needs a jti of its own.', '该 JWT 已使用过；每个 JWT 须有各自的 jti。', issuer);
        }
        if (!(await this.#takesPart(client.institution))) {
            throw new JwtRefused('The institution of this client takes part no more.', '该客户端所属机构已停止参与互认。', issuer);
        }
        await this.#sweepNowAndThen(now);
        return { client, claims, jti };
    }
    async #sweepNowAndThen(now) {
        if (now.getTime() - this.#sweptAt < SWEEP_INTERVAL_MS)
            return;
        this.#sweptAt = now.getTime();
        await forgetAssertions(this.#db, new Date(now.getTime() - REMEMBERED_MS));
    }
}
/** What the header says, before anything is believed: the algorithm is one of two, whatever it says; a key comes by its kid. */
function readHeader(jwt, form) {
    const { alg, kid, typ, jku } = decode(() => decodeProtectedHeader(jwt));
    const algorithm = CLIENT_ALGORITHMS.find((it) => it === alg);
    if (!algorithm)
        throw new JwtRefused('The JWT must be signed by ES384 or RS384.', 'JWT 须以 ES384 或 RS384 签名。');
    const types = form === 'assertion' ? /^(jwt|client-authentication\+jwt)$/i : /^jwt$/i;
    if (typ === undefined ? form === 'cds-hooks' : typeof typ !== 'string' || !types.test(typ)) {
        throw new JwtRefused("The typ of the JWT's header must be JWT.", 'JWT 头部的 typ 应为 JWT。');
    }
    if (typeof kid !== 'string' || kid === '')
        throw new JwtRefused("The JWT's header needs a kid.", 'JWT 头部须有 kid。');
    return { algorithm, kid, jku };
}
function readIssuer(jwt, form) {
    const { iss, sub } = decode(() => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8')));
    if (form === 'assertion' && (typeof iss !== 'string' || iss !== sub || !/^[!-~]{1,128}$/.test(iss))) {
        throw new JwtRefused('iss and sub of the JWT must both be the client id.', 'JWT 的 iss 与 sub 均应为客户端标识。');
    }
    if (typeof iss !== 'string' || !/^[!-~]{1,255}$/.test(iss)) {
        throw new JwtRefused('iss of the JWT must be the issuer registered for the client.', 'JWT 的 iss 应为客户端登记的签发者。');
    }
    return iss;
}
function decode(read) {
    try {
        const result = read();
        if (typeof result === 'object' && result !== null)
            return result;
    }
    catch {
        // Said below, whichever part cannot be read.
    }
    throw new JwtRefused('This is not a signed JWT.', '不是带签名的 JWT。');
}
async function verify(jwt, key, algorithm, issuer, form, now) {
    try {
        const { payload } = await jwtVerify(jwt, key, {
            algorithms: [algorithm],
            issuer,
            ...(form === 'assertion' ? { subject: issuer } : { maxTokenAge: LIFETIME_MAX_SECONDS }),
            requiredClaims: ['aud', 'exp', 'jti', ...(form === 'cds-hooks' ? ['iat'] : [])],
            clockTolerance: CLOCK_TOLERANCE_SECONDS,
            currentDate: now,
        });
        return payload;
    }
    catch (error) {
        if (error instanceof errors.JWTExpired)
            throw new JwtRefused('The JWT has expired; is your clock right?', 'JWT 已过期；请核对系统时钟。', issuer);
        if (error instanceof errors.JWTClaimValidationFailed) {
            throw new JwtRefused(`The claim ${error.claim} of the JWT is missing or wrong.`, `JWT 的 ${error.claim} 缺失或有误。`, issuer);
        }
        if (error instanceof errors.JWSSignatureVerificationFailed) {
            throw new JwtRefused('The signature of the JWT does not verify with the registered key.', 'JWT 的签名与登记的密钥不符。', issuer);
        }
        if (error instanceof errors.JOSEError)
            throw new JwtRefused('This is not a signed JWT.', '不是带签名的 JWT。', issuer);
        throw error;
    }
}
function checkClaims(claims, expected, issuer, now) {
    const { aud, exp, jti } = claims;
    const audiences = Array.isArray(aud) ? aud : [aud];
    if (audiences.length === 0 || !audiences.every((it) => it !== undefined && expected.includes(it))) {
        throw new JwtRefused(`aud must be ${expected.join(' or ')}, exactly.`, `aud 应为 ${expected.join(' 或 ')}，须完全一致。`, issuer);
    }
    if (exp === undefined || exp > now.getTime() / 1000 + LIFETIME_MAX_SECONDS + CLOCK_TOLERANCE_SECONDS) {
        throw new JwtRefused('exp is more than five minutes ahead; is your clock right?', 'exp 超过五分钟；请核对系统时钟。', issuer);
    }
    if (jti === undefined || !/^[!-~]{1,256}$/.test(jti)) {
        throw new JwtRefused('jti must be 1 to 256 printable ASCII characters.', 'jti 应为 1 至 256 个可打印的 ASCII 字符。', issuer);
    }
    return { jti, expiresAt: new Date(exp * 1000) };
}
