import { sign, verify } from 'node:crypto';
import { isKeyName, verifierKeyOf } from './verifier-key.js';
const NOTE_MAX = 128 * 1024;
const SIGNATURES_MAX = 64;
const TIME_BYTES = 8;
/** Takes a note apart; `undefined` where it is none. Nothing is verified. */
export function parseNote(text) {
    if (text.length > NOTE_MAX || hasControls(text))
        return undefined;
    const end = text.lastIndexOf('\n\n');
    if (end < 1 || !text.endsWith('\n'))
        return undefined;
    const lines = text.slice(end + 2, -1).split('\n');
    const signatures = lines.map(parseSignatureLine).filter((it) => it !== undefined);
    if (signatures.length !== lines.length || lines.length > SIGNATURES_MAX)
        return undefined;
    return { body: text.slice(0, end + 1), signatures };
}
/** Reads one signature line, without its end; `undefined` where it is none. */
function parseSignatureLine(line) {
    const [, name = '', base64 = ''] = /^— (\S+) ([A-Za-z0-9+/]+=*)$/u.exec(line) ?? [];
    const bytes = Buffer.from(base64, 'base64');
    if (!isKeyName(name) || bytes.length <= 4 || bytes.toString('base64') !== base64)
        return undefined;
    return { name, keyId: bytes.subarray(0, 4).toString('hex'), bytes: bytes.subarray(4), line };
}
/** The note of this body, which ends in a newline, with these signature lines. */
export function writeNote(body, lines) {
    return `${body}\n${lines.map((it) => `${it}\n`).join('')}`;
}
/** The signature line of the log's own key over a body. */
export function signNote(body, name, privateKey) {
    return signatureLine(name, 'ed25519', privateKey, sign(null, Buffer.from(body, 'utf8'), privateKey));
}
/** The signature line of a witness: that at this time, in seconds since 1970, this was the largest tree it knew (C2SP tlog-cosignature). */
export function cosignNote(body, name, privateKey, time) {
    const stamp = Buffer.alloc(TIME_BYTES);
    stamp.writeBigUInt64BE(BigInt(time));
    const signature = sign(null, Buffer.from(cosigned(body, String(time)), 'utf8'), privateKey);
    return signatureLine(name, 'cosignature/v1', privateKey, Buffer.concat([stamp, signature]));
}
/**
 * Holds a note against the keys one trusts. Signatures of others are passed over; one wrong signature under the name and id of a known key
 * makes the whole note worthless, and so does the lack of any that is known.
 */
export function verifyNote(note, keys) {
    const by = [];
    for (const signature of note.signatures) {
        const key = keys.find((it) => it.name === signature.name && it.id === signature.keyId);
        if (!key)
            continue;
        const held = verifySignature(note.body, signature, key);
        if (!held)
            return { isSigned: false, reason: 'wrong-signature', key };
        by.push(held);
    }
    return by.length > 0 ? { isSigned: true, by } : { isSigned: false, reason: 'no-known-key' };
}
function verifySignature(body, { bytes, line }, key) {
    if (key.kind === 'ed25519')
        return verify(null, Buffer.from(body, 'utf8'), key.publicKey, bytes) ? { key, line } : undefined;
    if (bytes.length <= TIME_BYTES)
        return undefined;
    const time = bytes.readBigUInt64BE();
    const message = Buffer.from(cosigned(body, String(time)), 'utf8');
    return verify(null, message, key.publicKey, bytes.subarray(TIME_BYTES)) ? { key, line, time: Number(time) } : undefined;
}
/** What a witness signs: the time in a line of its own before the body, so that it is never mistaken for the log's signature. */
function cosigned(body, time) {
    return `cosignature/v1\ntime ${time}\n${body}`;
}
function signatureLine(name, kind, key, signature) {
    const { id } = verifierKeyOf(name, kind, key);
    return `— ${name} ${Buffer.concat([Buffer.from(id, 'hex'), signature]).toString('base64')}`;
}
/** Control characters of ASCII, of which a note has the newline alone. */
function hasControls(text) {
    for (let at = 0; at < text.length; at += 1) {
        const code = text.charCodeAt(at);
        if (code < 0x20 && code !== 0x0a)
            return true;
    }
    return false;
}
