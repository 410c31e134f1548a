/**
 * The id callers see, also as `AuditEvent/{id}`: 28 hexadecimal digits. The person is not in it: an institution may not learn from the
 * entry of a look that found nothing whether somebody is known.
 */
export function encodeAccessId({ recordedAt, id }) {
    return recordedAt.getTime().toString(16).padStart(12, '0') + id.toString(16).padStart(16, '0');
}
/** The inverse of `encodeAccessId`; `undefined` for a text that no entry can have as its id. */
export function decodeAccessId(text) {
    if (!/^0[0-9a-f]{11}[0-7][0-9a-f]{15}$/.test(text))
        return undefined;
    return { recordedAt: new Date(Number.parseInt(text.slice(0, 12), 16)), id: BigInt(`0x${text.slice(12)}`) };
}
