import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
/**
 * `tongjian key`: a fresh ES384 key pair for a calling system, as JSON on standard output. `privateJwk` stays with the system, `jwks` is what
 * the operator registers. Nothing is kept here.
 */
export async function keyCommand(print) {
    const { privateKey, publicKey } = await generateKeyPair('ES384', { extractable: true });
    const name = { kid: randomUUID(), alg: 'ES384', use: 'sig' };
    print(JSON.stringify({ privateJwk: { ...(await exportJWK(privateKey)), ...name }, jwks: { keys: [{ ...(await exportJWK(publicKey)), ...name }] } }, null, 2));
    return 0;
}
