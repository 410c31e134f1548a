/** FHIR identifier system of the 统一社会信用代码. */
export const USCC_SYSTEM = 'urn:oid:2.16.156.10011.1.5';
/** The 31 signs of GB 32100: no I, O, S, V, Z, which look like figures. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** Registration body, kind, division of registration (six figures), organisation code, check sign. */
const FORM = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;
/**
 * Whether the text is a 统一社会信用代码 (GB 32100-2015): 18 signs, the last of which checks the others: 31 − Σ sign·3^i mod 31, i = 0 … 16,
 * modulo 31. Takes the normalised form only.
 */
export function isUscc(text) {
    return FORM.test(text) && text.at(-1) === usccCheckSign(text.slice(0, 17));
}
/** The check sign for the first 17 signs. */
export function usccCheckSign(first17) {
    let sum = 0;
    let weight = 1;
    for (const sign of first17) {
        sum += ALPHABET.indexOf(sign) * weight;
        weight = (weight * 3) % 31;
    }
    return ALPHABET.charAt((31 - (sum % 31)) % 31);
}
/** One way of writing for all: half-width, upper case, without spaces. */
export function normaliseUscc(text) {
    return text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
}
