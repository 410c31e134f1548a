import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { Failure } from '../failure.js';
import { hasOperator } from '../security/find-clients.js';
import { registerClient } from '../security/register-client.js';
import { findInstitutionByUscc } from './find-institution.js';
import { insertInstitution } from './institution.queries.js';
import { isUscc, normaliseUscc } from './uscc.rules.js';
/** The operator keeps institutions, clients and catalogue, and sees no patient. */
const OPERATOR_SCOPES = ['operator', 'system/Organization.cruds'];
/** Held until the end of the transaction, so that of two that make the first operator at once, one does. */
const OPERATOR_LOCK = 7_416_002;
/**
 * Makes a client for the operator, with a fresh ES384 key, and its institution if it is new. Throws `rule-violated` with everything that is
 * wrong with the draft, and `conflict` where an operator client exists and no other was asked for.
 */
export async function createOperator(tx, draft, now) {
    const uscc = normaliseUscc(draft.uscc);
    const name = draft.name.trim();
    const district = draft.district ?? uscc.slice(2, 8);
    const issues = [
        ...(name === '' ? [{ path: 'name', en: 'the operator needs a name', zh: '运营方须有名称' }] : []),
        ...(isUscc(uscc)
            ? []
            : [{ path: 'uscc', en: `"${draft.uscc}" is not a 统一社会信用代码 (GB 32100)`, zh: `“${draft.uscc}”不是有效的统一社会信用代码` }]),
        ...(/^\d{6}$/.test(district) ? [] : [{ path: 'district', en: 'a division has six figures (GB/T 2260)', zh: '行政区划应为六位数字' }]),
    ];
    if (issues.length > 0)
        throw new Failure('rule-violated', issues);
    await tx.$client.query('select pg_advisory_xact_lock($1)', [OPERATOR_LOCK]);
    if (!draft.another && (await hasOperator(tx))) {
        throw new Failure('conflict', {
            en: 'There is an operator client already. With --another a further one is made.',
            zh: '已有运营方客户端。如需再建一个，请加 --another。',
        });
    }
    const known = await findInstitutionByUscc(tx, uscc);
    const institution = known?.institution ?? (await insertInstitution(tx, { uscc, name, district }, now));
    const { privateKey } = await generateKeyPair('ES384', { extractable: true });
    const jwk = await exportJWK(privateKey);
    const privateJwk = { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'ES384', use: 'sig' };
    const { d: _, ...publicJwk } = privateJwk;
    const client = await registerClient(tx, institution, { name: 'operator', jwks: { keys: [publicJwk] }, scopes: OPERATOR_SCOPES }, { privateJwksUrls: false }, now);
    return { clientId: client.id, institution: { uscc, name: known?.name ?? name }, scopes: client.scopes, privateJwk };
}
