import { createHash, createPublicKey } from 'node:crypto';
const TYPE_BYTES = { ed25519: 0x01, 'cosignature/v1': 0x04 };
const PUBLIC_KEY_BYTES = 32;
const VKEY_MAX = 512;
/** The key of this name over an Ed25519 key, its public or its private half. */
export function verifierKeyOf(name, kind, key) {
    const publicKey = key.type === 'private' ? createPublicKey(key) : key;
    const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
    const typed = Buffer.concat([Buffer.of(TYPE_BYTES[kind]), raw]);
    const id = createHash('sha256').update(`${name}\n`, 'utf8').update(typed).digest().subarray(0, 4).toString('hex');
    return { name, id, kind, publicKey, vkey: `${name}+${id}+${typed.toString('base64')}` };
}
/** Reads a vkey; `undefined` where it is none: another kind of signature, an id that does not fit, anything but the one way of writing it. */
export function parseVerifierKey(text) {
    const [, name = '', , base64 = ''] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text) ?? [];
    const typed = Buffer.from(base64, 'base64');
    const kind = ['ed25519', 'cosignature/v1'].find((it) => TYPE_BYTES[it] === typed[0]);
    if (text.length > VKEY_MAX || !isKeyName(name) || !kind || typed.length !== 1 + PUBLIC_KEY_BYTES)
        return undefined;
    const x = typed.subarray(1).toString('base64url');
    const key = verifierKeyOf(name, kind, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }));
    return key.vkey === text ? key : undefined;
}
/** Whether a key may be called so: something, without blanks, control characters and `+`. */
export function isKeyName(name) {
    return name.length > 0 && name.length <= 256 && !/[\s+\p{Z}\p{Cc}]/u.test(name);
}
