/**
 * Why somebody asks, by v3-ActReason, as far as this exchange knows a lawful use: treatment (TREAT, CAREMGT), emergency (ETREAT, BTG),
 * the patient's own wish (PATRQT, FAMRQT), payment (HPAYMT), operation, quality and oversight (HOPERAT, HQUALIMP, HCOMPL), public
 * health (PUBHLTH).
 */
export const PURPOSES = [
    'TREAT',
    'CAREMGT',
    'ETREAT',
    'BTG',
    'PATRQT',
    'FAMRQT',
    'HPAYMT',
    'HOPERAT',
    'HQUALIMP',
    'HCOMPL',
    'PUBHLTH',
];
/** Emergency access: lawful without consent, with a written reason, and looked at afterwards. */
export function isEmergency(purpose) {
    return purpose === 'BTG' || purpose === 'ETREAT';
}
/** The purpose a code stands for; `undefined` for one that this exchange does not serve. Codes are case-sensitive. */
export function parsePurpose(code) {
    return PURPOSES.find((it) => it === code);
}
const SYSTEM_LENGTH_MAX = 255;
const VALUE_LENGTH_MAX = 128;
const NAME_LENGTH_MAX = 128;
const REASON_LENGTH_MAX = 1000;
/** Control characters, halves of characters, and marks that turn the direction of writing: they could forge a line of the log. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;
/**
 * The text of a header as it was meant: Node hands the bytes over one character each (latin1), while hospital systems write UTF-8.
 * `undefined` where the bytes are not UTF-8 (GBK, for instance), since a guess would put another name into the log.
 */
export function readHeaderText(raw) {
    const bytes = new Uint8Array(raw.length);
    for (let index = 0; index < raw.length; index += 1) {
        const code = raw.charCodeAt(index);
        if (code > 0xff)
            return raw;
        bytes[index] = code;
    }
    try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    }
    catch {
        return undefined;
    }
}
/** The text of a header that may also be percent-encoded UTF-8; `undefined` where it is neither. */
function readEncodedHeaderText(raw) {
    const text = readHeaderText(raw);
    if (text === undefined)
        return undefined;
    try {
        return decodeURIComponent(text);
    }
    catch {
        return undefined;
    }
}
/**
 * `X-Acting-Practitioner: <identifier system>|<value>, <name>`: the first comma ends the value; the name is UTF-8, percent-encoded or
 * not. `undefined` where the form is another, a part is empty or too long, or two clinicians are named.
 */
export function parseActingPractitioner(raw) {
    const [, identifier, encodedName] = /^([^,]*),(.*)$/s.exec(raw) ?? [];
    if (identifier === undefined || encodedName === undefined)
        return undefined;
    const identity = parseIdentifier(readHeaderText(identifier)?.trim() ?? '');
    const name = parsePersonName(readEncodedHeaderText(encodedName) ?? '');
    return identity && name ? { ...identity, name } : undefined;
}
/** `<system>|<value>`: an absolute URI, and a value of printable characters; `undefined` for anything else. */
export function parseIdentifier(text) {
    const [, system, value] = /^([A-Za-z][A-Za-z0-9+.-]*:[^\s|]+)\|([^\s|](?:[^|]*[^\s|])?)$/.exec(text) ?? [];
    if (!system || !value || system.length > SYSTEM_LENGTH_MAX || value.length > VALUE_LENGTH_MAX)
        return undefined;
    return UNPRINTABLE.test(text) ? undefined : { system, value };
}
/** A person's name without the space around it; `undefined` where it is empty, too long, or no name (`|` begins a second identifier). */
export function parsePersonName(text) {
    const name = text.trim();
    return name === '' || name.length > NAME_LENGTH_MAX || name.includes('|') || UNPRINTABLE.test(name) ? undefined : name;
}
/** The written reason of an emergency access, without the space around it; `undefined` where it says nothing or cannot be read. */
export function parseEmergencyReason(raw) {
    const reason = readEncodedHeaderText(raw)?.trim() ?? '';
    return !/[\p{L}\p{N}]/u.test(reason) || reason.length > REASON_LENGTH_MAX || UNPRINTABLE.test(reason) ? undefined : reason;
}
