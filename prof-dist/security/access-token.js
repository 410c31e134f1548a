import { randomBytes } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { readIua, writeIua } from './iua.rules.js';
import { readPcf, writePcf } from './pcf.rules.js';
import { SIGNING_ALGORITHM } from './signing-keys.js';
/** SMART Backend Services: `expires_in` should not exceed five minutes. */
export const TOKEN_LIFETIME_SECONDS = 300;
/** RFC 9068: told apart from every other JWT by its type. */
const TOKEN_TYPE = 'at+jwt';
/** The resource servers a token is for: the FHIR endpoint, and this server as a whole. */
export function audiences(publicUrl) {
    return [`${publicUrl}/fhir`, publicUrl];
}
/** The `extensions` of IHE IUA and PCF, in a token and about one; `undefined` where there is nothing to say. */
export function extensionsOf({ actingFor, consent }, publicUrl) {
    const iua = writeIua(actingFor);
    return iua || consent ? { ...iua, ...(consent && writePcf(consent, `${publicUrl}/fhir`)) } : undefined;
}
/** Signs an access token (RFC 9068, with the claims of IHE IUA and PCF) that lives for `TOKEN_LIFETIME_SECONDS`. */
export async function issueAccessToken(keys, publicUrl, granted, now) {
    const key = await keys.current(now);
    const tokenId = randomBytes(16).toString('base64url');
    const issuedAt = Math.floor(now.getTime() / 1000);
    const extensions = extensionsOf(granted, publicUrl);
    const token = await new SignJWT({
        client_id: granted.client,
        institution: granted.institution,
        scope: granted.scopes.join(' '),
        ...(extensions && { extensions }),
    })
        .setProtectedHeader({ alg: SIGNING_ALGORITHM, typ: TOKEN_TYPE, kid: key.kid })
        .setIssuer(publicUrl)
        .setSubject(granted.client)
        .setAudience(audiences(publicUrl))
        .setJti(tokenId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + TOKEN_LIFETIME_SECONDS)
        .sign(key.privateKey);
    return { token, tokenId };
}
/** What the token says, if it is one of ours, for this server, and in its time; revocation is not looked at here. */
export async function verifyAccessToken(keys, publicUrl, token, now) {
    try {
        const { payload } = await jwtVerify(token, async (header) => {
            const key = header.kid === undefined ? undefined : await keys.find(header.kid, now);
            if (!key)
                throw new errors.JWKSNoMatchingKey();
            return key;
        }, {
            algorithms: [SIGNING_ALGORITHM],
            typ: TOKEN_TYPE,
            issuer: publicUrl,
            audience: audiences(publicUrl),
            requiredClaims: ['exp', 'iat', 'jti', 'sub'],
            currentDate: now,
        });
        return readClaims(payload, publicUrl) ?? 'invalid';
    }
    catch (error) {
        if (error instanceof errors.JWTExpired)
            return 'expired';
        if (error instanceof errors.JOSEError)
            return 'invalid';
        throw error;
    }
}
function readClaims(payload, publicUrl) {
    const { jti, iat, exp, client_id: client, institution, scope } = payload;
    const actingFor = readIua(payload['extensions']);
    const consent = readPcf(payload['extensions'], `${publicUrl}/fhir`);
    if (typeof client !== 'string' || typeof institution !== 'number' || typeof scope !== 'string')
        return undefined;
    if (!jti || iat === undefined || exp === undefined || 'problem' in actingFor || consent === undefined)
        return undefined;
    return {
        client,
        institution,
        scopes: scope.split(' '),
        tokenId: jti,
        issuedAt: new Date(iat * 1000),
        expiresAt: new Date(exp * 1000),
        actingFor,
        consent,
    };
}
