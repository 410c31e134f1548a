import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { Failure } from '../failure.js';
import { serverSecret } from './server-secret.js';
const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const SECRET_BYTES = 32;
/** How long a link leads on. */
const LIFE_MS = 24 * 60 * 60 * 1000;
/** Node takes 16 KiB of a request's line and headers; a longer link could be given and never followed. */
const TOKEN_MAX = 8_000;
const UNPACKED_MAX = 256 * 1024;
/**
 * The secret that page tokens are sealed with: one for all gateways of a database, so that a link given by one is good at the others and
 * after a restart.
 */
export async function pageSecret(reader, now) {
    return serverSecret(reader, 'page-token', randomBytes(SECRET_BYTES), now);
}
/**
 * Where a list goes on, as the caller gets it: nothing of it can be read, nothing changed, and it is good for the client it was given to
 * and for a day. It proves nothing: each page is authorised anew. Throws `too-large` where the address would be too long to be asked for.
 */
export function sealPage(secret, caller, payload, now) {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, keyFor(secret, caller), iv);
    const plain = deflateRawSync(JSON.stringify([now.getTime() + LIFE_MS, payload]));
    const token = Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
    if (token.length <= TOKEN_MAX)
        return token;
    throw new Failure('too-large', {
        en: 'there are so many parameters that no link can lead to the next page; ask for less at a time',
        zh: '检索参数过多，无法生成下一页链接；请减少单次检索的条件',
    });
}
/** The inverse of `sealPage`; throws `parameter-invalid` (at `_page`) for what is no token, `gone` for one of another client or of yesterday. */
export function openPage(secret, caller, token, now) {
    const bytes = /^[\w-]+$/.test(token) ? Buffer.from(token, 'base64url') : Buffer.alloc(0);
    if (bytes.length <= IV_BYTES + TAG_BYTES) {
        throw new Failure('parameter-invalid', { path: '_page', en: 'is not a link this server gave', zh: '不是本系统给出的分页链接' });
    }
    const opened = decrypt(bytes, keyFor(secret, caller));
    if (opened === undefined || opened[0] <= now.getTime()) {
        throw new Failure('gone', {
            path: '_page',
            en: 'this link leads nowhere any more, or was given to another client; search again',
            zh: '该分页链接已失效，或不是发给当前调用系统的；请重新检索',
        });
    }
    return opened[1];
}
/** Each client has a key of its own: what was sealed for another does not open. */
function keyFor(secret, { client, institution }) {
    return Buffer.from(hkdfSync('sha256', secret, '', `page-token\0${institution}\0${client}`, 32));
}
function decrypt(bytes, key) {
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
        const plain = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
        return JSON.parse(inflateRawSync(plain, { maxOutputLength: UNPACKED_MAX }).toString('utf8'));
    }
    catch {
        return undefined;
    }
}
