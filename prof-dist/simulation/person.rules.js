import { Random } from './random.js';
const SURNAMES = Array.from('李王张刘陈杨赵黄周吴徐孙胡朱高林何郭梁宋郑谢韩唐冯于董萧程曹');
/** Seldom used in given names, so that a well-known person's name does not come up by chance. */
const GIVEN_NAMES = Array.from('澈屿衡砚樵峤骞晏淮朔珩郢恪霁澄蘅芷岚棠苓漪璃葭筠荻槿缨霏绮沅');
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/** Days of birth that numbers are spread over, and numbers of one day and division: together more than any region has people. */
const BIRTH_DAYS = 31_000;
const SEQUENCES = 900;
const FIRST_BIRTH_MS = Date.UTC(1936, 0, 1);
const DAY_MS = 86_400_000;
/**
 * The person of a number: name, sex, birth date and ID card agree, and different numbers below 27 million are different people in every
 * division. Nobody is meant; that a card number was ever issued is possible, as with every valid one.
 */
export function inventPerson(preset, seed, number, district) {
    const random = new Random(seed, 'person', number);
    const home = district ?? random.draw(preset.districts).code;
    // 7,919 has no divisor in common with the days, so that neighbours in number are no neighbours in age.
    const birthDate = new Date(FIRST_BIRTH_MS + ((number * 7_919) % BIRTH_DAYS) * DAY_MS).toISOString().slice(0, 10);
    const sequence = 100 + (Math.floor(number / BIRTH_DAYS) % SEQUENCES);
    return {
        number,
        idCard: idCardNumber(home, birthDate, sequence),
        name: random.pick(SURNAMES) + random.pick(GIVEN_NAMES) + random.pick(GIVEN_NAMES),
        gender: sequence % 2 === 1 ? 'male' : 'female',
        birthDate,
        insurance: random.draw(preset.insurances).insurance,
        district: home,
    };
}
/** The number for a division, a birth date and a sequence (odd for men), with its check character. */
function idCardNumber(division, birthDate, sequence) {
    const body = division + birthDate.replaceAll('-', '') + String(sequence).padStart(3, '0');
    const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(body[place]), 0);
    return body + '10X98765432'.charAt(sum % 11);
}
