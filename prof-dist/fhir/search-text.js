const PLAIN = /^[!-~]+(?: [!-~]+)*$/;
/** A text as searches compare it (R4, 3.1.1.4.9 string): without case, accents and other marks, and with single spaces. */
export function normaliseText(text) {
    if (PLAIN.test(text))
        return text.toLowerCase();
    return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}
