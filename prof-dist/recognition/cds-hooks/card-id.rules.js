const NUMBER_BITS = 60n;
const PERSON_BITS = 62n;
/**
 * The uuid of a card: one of version 8 (RFC 9562, 5.8), whose free bits are the number and, behind it, the key of the person, so that
 * feedback finds its card without a table of all cards. Neither half says anything about the human being.
 */
export function encodeCardId({ person, number }) {
    const high = number >> 12n;
    const low = number & 0xfffn;
    const bits = (high << 80n) | (8n << 76n) | (low << 64n) | (2n << PERSON_BITS) | person;
    const hex = bits.toString(16).padStart(32, '0');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
/** The inverse of `encodeCardId`; `undefined` for a text that is no uuid of a card. Large and small letters are the same. */
export function decodeCardId(uuid) {
    if (!/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(uuid))
        return undefined;
    const bits = BigInt(`0x${uuid.replaceAll('-', '')}`);
    const number = ((bits >> 80n) << 12n) | ((bits >> 64n) & 0xfffn);
    return { person: bits & ((1n << PERSON_BITS) - 1n), number };
}
/** The uuid of the one suggestion of a card. */
export function suggestionIdOf(card) {
    return encodeCardId({ ...card, number: card.number + 1n });
}
/** A number for a card from a random one of 62 bits. */
export function cardNumberFrom(random) {
    return random & ((1n << NUMBER_BITS) - 1n) & ~1n;
}
