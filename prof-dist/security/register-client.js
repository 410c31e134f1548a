import { randomUUID } from 'node:crypto';
import { importJWK } from 'jose';
import { Failure } from '../failure.js';
import { insertClient } from './client.queries.js';
import { checkKeySet, publicPart } from './client-key.rules.js';
import { checkJwksUrl } from './fetch-jwks.js';
import { parseScope } from './scope.rules.js';
/**
 * Registers a calling system of an institution under a fresh id. Throws `rule-violated` with everything that is wrong: a scope this server
 * does not know, both or none of key set and URL, a key that is private, weak, or without a `kid` of its own, an issuer that is no URI, a
 * FHIR server that could not be read from. Throws `conflict` where the issuer is another client's.
 */
export async function registerClient(tx, institution, draft, options, now) {
    const issues = [
        ...checkName(draft.name),
        ...checkScopes(draft.scopes),
        ...(await checkKeys(draft, options.privateJwksUrls)),
        ...checkCdsHooks(draft, options.privateJwksUrls),
    ];
    if (issues.length > 0)
        throw new Failure('rule-violated', issues);
    const client = {
        id: randomUUID(),
        institution,
        name: draft.name.trim(),
        jwks: draft.jwks === undefined ? null : { keys: draft.jwks.keys.map(publicPart) },
        jwksUrl: draft.jwksUrl ?? null,
        scopes: [...new Set(draft.scopes)],
        registeredAt: now,
        cdsIssuer: draft.cdsHooks?.issuer ?? null,
        cdsFhirServer: draft.cdsHooks?.fhirServer?.replace(/\/+$/, '') ?? null,
    };
    if (!(await insertClient(tx, client))) {
        throw new Failure('conflict', {
            path: 'cdsHooks.issuer',
            en: 'another client makes CDS Hooks calls under this issuer; remove it first',
            zh: '该签发者已登记给另一客户端；请先将其移除',
        });
    }
    return { ...client, removedAt: null };
}
function checkName(name) {
    if (name.trim() !== '' && !/[\p{Cc}\p{Cs}]/u.test(name))
        return [];
    return [{ path: 'name', en: 'give the calling system a name of printable characters', zh: '请为接入系统填写名称（可打印字符）' }];
}
function checkScopes(scopes) {
    return scopes.flatMap((scope, index) => parseScope(scope)
        ? []
        : [
            {
                path: `scopes[${index}]`,
                en: `"${scope}" is not a scope of this server. FHIR scopes are written system/Type.cruds, with the letters in this order.`,
                zh: `“${scope}”不是本平台的授权范围。FHIR 授权范围写作 system/Type.cruds，字母须依此顺序。`,
            },
        ]);
}
/** An issuer is an absolute URI, and so never the id of a client; a FHIR server is reached as a JWKS URL is. */
function checkCdsHooks({ cdsHooks }, allowPrivate) {
    if (!cdsHooks)
        return [];
    const { issuer, fhirServer } = cdsHooks;
    const issues = [];
    if (!/^[A-Za-z][A-Za-z0-9+.-]*:[!-~]{1,200}$/.test(issuer) || issuer.includes('|')) {
        issues.push({
            path: 'cdsHooks.issuer',
            en: 'the issuer is an absolute URI, as the iss of the JWTs',
            zh: '签发者应为绝对 URI，与 JWT 的 iss 相同',
        });
    }
    const url = fhirServer === undefined ? undefined : checkJwksUrl(fhirServer, allowPrivate);
    if (url && !(url instanceof URL)) {
        issues.push({ path: 'cdsHooks.fhirServer', en: `the FHIR server cannot be used: ${url.en}`, zh: `FHIR 服务地址不可用：${url.zh}` });
    }
    else if (url?.search) {
        issues.push({ path: 'cdsHooks.fhirServer', en: 'the base address of a FHIR server has no query', zh: 'FHIR 服务基地址不应带查询参数' });
    }
    return issues;
}
async function checkKeys({ jwks, jwksUrl }, allowPrivate) {
    if ((jwks === undefined) === (jwksUrl === undefined)) {
        return [{ path: 'jwks', en: 'give either jwks or jwksUrl, not both and not none', zh: 'jwks 与 jwksUrl 须填且只填一项' }];
    }
    if (jwksUrl !== undefined) {
        const url = checkJwksUrl(jwksUrl, allowPrivate);
        return url instanceof URL ? [] : [{ path: 'jwksUrl', en: `the JWKS URL cannot be used: ${url.en}`, zh: `JWKS 地址不可用：${url.zh}` }];
    }
    const issues = checkKeySet(jwks, 'jwks');
    return issues.length > 0 ? issues : checkPoints(jwks.keys);
}
/** A key of the right form may still be no key: a point beside the curve. */
async function checkPoints(keys) {
    const outcomes = await Promise.allSettled(keys.map((it) => importJWK(publicPart(it), it['kty'] === 'EC' ? 'ES384' : 'RS384')));
    return outcomes.flatMap((it, index) => it.status === 'fulfilled' ? [] : [{ path: `jwks.keys[${index}]`, en: 'this is not a valid public key', zh: '该公钥无效' }]);
}
