/** FHIR identifier system of the identity card. */
export const ID_CARD_SYSTEM = 'urn:oid:2.16.156.10011.1.3';
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';
/**
 * Reads a normalised number; says which of its parts is wrong where it is none. The sum of the first seventeen digits by their weights,
 * modulo 11, names the last character.
 */
export function readIdCard(number) {
    if (!/^[1-9]\d{16}[\dX]$/.test(number))
        return 'form';
    const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
    if (CHECK_CHARACTERS[sum % 11] !== number[17])
        return 'check-character';
    const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
    if (!isCalendarDay(birthDate))
        return 'birth-date';
    return { number, birthDate, gender: Number(number[16]) % 2 === 1 ? 'male' : 'female' };
}
/** Whether `YYYY-MM-DD` is a day of the calendar. */
export function isCalendarDay(text) {
    if (!/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text))
        return false;
    const day = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
