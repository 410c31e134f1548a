import { hash } from 'node:crypto';
/** A business identifier of a type as `resource_keys` stores it: 128 bits of a SHA-256, as a uuid text. */
export function hashIdentifier(type, { system, value }) {
    return hash('sha256', `${type}\0${system}\0${value}`).slice(0, 32);
}
/** SHA-256 of a text, hexadecimal. */
export function fingerprint(text) {
    return hash('sha256', text);
}
