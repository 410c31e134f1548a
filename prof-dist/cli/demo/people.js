/** Administrative divisions (GB/T 2260) where the invented people were registered: districts of Chongqing and of Chengdu. */
const DIVISIONS = ['500102', '500103', '500112', '500113', '500114', '510104', '510105', '510107'];
const SURNAMES = Array.from('李王张刘陈杨赵黄周吴徐孙胡朱高林何郭梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾吕');
const COMPOUND_SURNAMES = ['欧阳', '司马', '上官', '诸葛', '夏侯', '皇甫'];
/** Seldom used in given names, so that a well-known person's name does not come up by chance. */
const GIVEN_MALE = Array.from('澈屿衡砚樵峤骞晏淮朔珩郢恪霁澄舸暄嵘翊柏');
const GIVEN_FEMALE = Array.from('蘅芷岚棠苓漪璃葭筠荻槿缨霏绮沅蓁瑾鸢菡黛');
/** Characters that older systems lose: outside of GB 2312, of GBK, and of the Basic Multilingual Plane. */
const RARE = ['䶮', '㛃', '頔', '燚', '𬍛', '𬭚', '犇', '垚'];
/** Names of several parts, written with a middle dot (间隔号). */
const DOTTED_MALE = ['阿卜杜拉·吐尔逊', '尔古·阿木', '洛桑·丹珠'];
const DOTTED_FEMALE = ['阿依努尔·买买提', '吉克·阿呷', '白玛·曲珍'];
const AGE_MAX_YEARS = 95;
const DAY_MS = 86_400_000;
/**
 * Invents a person of the demo region, born before `now`: name, sex, birth date and ID card agree with each other.
 *
 * Nobody is meant: names are drawn at random, and the telephone number begins as no Chinese number does. The ID card number is formally
 * valid, so that it passes the door; that one was ever issued is possible, as with every valid number.
 */
export function inventPerson(random, now) {
    const gender = random.chance(0.5) ? 'male' : 'female';
    const birthDate = new Date(now.getTime() - random.integer(DAY_MS, AGE_MAX_YEARS * 365 * DAY_MS)).toISOString().slice(0, 10);
    const sequence = random.integer(0, 498) * 2 + (gender === 'male' ? 1 : 2);
    return {
        idCard: idCardNumber(random.pick(DIVISIONS), birthDate, sequence),
        ...inventName(random, gender),
        gender,
        birthDate,
        phone: `+86 100 0000 ${String(random.integer(0, 9_999)).padStart(4, '0')}`,
    };
}
/** As many different people as asked for, in the order they were invented. */
export function inventPeople(random, count, now) {
    const people = new Map();
    while (people.size < count) {
        const person = inventPerson(random, now);
        people.set(person.idCard, person);
    }
    return [...people.values()];
}
/**
 * The number for a division, a birth date (`YYYY-MM-DD`) and a sequence from 1 to 999 (odd for men), with its check character
 * (GB 11643-1999, 4.2).
 */
export function idCardNumber(division, birthDate, sequence) {
    const body = division + birthDate.replaceAll('-', '') + String(sequence).padStart(3, '0');
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const sum = weights.reduce((total, weight, place) => total + weight * Number(body[place]), 0);
    return body + '10X98765432'.charAt(sum % 11);
}
function inventName(random, gender) {
    if (random.chance(0.06)) {
        const name = random.pick(gender === 'male' ? DOTTED_MALE : DOTTED_FEMALE);
        return { given: name, name };
    }
    const family = random.pick(random.chance(0.08) ? COMPOUND_SURNAMES : SURNAMES);
    const characters = gender === 'male' ? GIVEN_MALE : GIVEN_FEMALE;
    const first = random.pick(random.chance(0.07) ? RARE : characters);
    const second = random.chance(0.8) ? random.pick(characters) : '';
    return { family, given: first + second, name: family + first + second };
}
