import { ID_CARD_SYSTEM } from './id-card.rules.js';
/** http://hl7.org/fhir/R4/valueset-match-grade.html, from the best on; `none` is too little to speak of a match. */
export const GRADES = ['certain', 'probable', 'possible', 'none', 'certainly-not'];
/**
 * Points for what agrees, and against what does not; what only one of the two says counts for nothing.
 *
 * `certain` cannot be reached without a number in common (the rest together is 81). Name, birth date and sex alone are `probable`: of a
 * popular name a region has several on one day. A name that differs outweighs any of the lesser agreements, for numbers get mistyped and
 * families share telephones and addresses.
 */
const POINTS = {
    document: 60,
    identifier: 45,
    name: { agrees: 25, resembles: 12, differs: -40 },
    birthDate: { day: 20, month: 12, swapped: 10, year: 6, slip: 0, differs: -30 },
    gender: { agrees: 5, differs: -15 },
    telecom: 15,
    address: { agrees: 8, place: 3 },
    mothersMaidenName: { agrees: 8, differs: -5 },
};
const CERTAIN = 90;
const PROBABLE = 50;
const POSSIBLE = 30;
/**
 * Grades two records; the order of the two does not matter, and more agreement never lowers the grade. Two different identity cards in force
 * are two human beings, whatever else agrees.
 */
export function gradeMatch(one, other) {
    if (haveDifferentCards(one, other))
        return { grade: 'certainly-not', score: 0 };
    const points = (share(documentsOf(one), documentsOf(other)) ? POINTS.document : 0) +
        (share(one.identifiers, other.identifiers) ? POINTS.identifier : 0) +
        pointsOfName(one, other) +
        pointsOfBirthDate(one.birthDate, other.birthDate) +
        pointsOfGender(one.gender, other.gender) +
        (share(one.telecoms, other.telecoms) ? POINTS.telecom : 0) +
        pointsOfAddress(one, other) +
        pointsOfMothersMaidenName(one.mothersMaidenName, other.mothersMaidenName);
    const grade = points >= CERTAIN ? 'certain' : points >= PROBABLE ? 'probable' : points >= POSSIBLE ? 'possible' : 'none';
    return { grade, score: Math.min(Math.max(points, 0), 100) / 100 };
}
function haveDifferentCards(one, other) {
    const [mine, theirs] = [one, other].map((it) => it.documents.filter(({ system }) => system === ID_CARD_SYSTEM).map(({ value }) => value));
    return Boolean(mine?.length && theirs?.length) && !share(mine ?? [], theirs ?? []);
}
function documentsOf({ documents }) {
    return documents.map((it) => `${it.system}|${it.value}`);
}
function pointsOfName(one, other) {
    if (one.names.length === 0 || other.names.length === 0)
        return 0;
    if (share(one.names, other.names))
        return POINTS.name.agrees;
    const resembles = one.nameParts.some((mine) => other.nameParts.some((theirs) => partsResemble(mine, theirs))) ||
        one.names.some((mine) => other.names.some((theirs) => isSlip(mine, theirs)));
    return resembles ? POINTS.name.resembles : POINTS.name.differs;
}
/** The same family name with the same first given name, or with its initial. Chinese given names have no initials. */
function partsResemble(one, other) {
    if (one.family !== other.family)
        return false;
    const [mine = '', theirs = ''] = [one.given[0], other.given[0]];
    const [short, long] = mine.length <= theirs.length ? [mine, theirs] : [theirs, mine];
    return short === long || (/^[A-Z]$/.test(short) && long.startsWith(short));
}
/** Two names that one character parts: of at least three where they are Chinese, of at least six in letters. */
function isSlip(one, other) {
    const [mine, theirs] = [[...one], [...other]];
    const least = /\p{Script=Han}/u.test(one) && /\p{Script=Han}/u.test(other) ? 3 : 6;
    return Math.min(mine.length, theirs.length) >= least && partedByOne(mine, theirs);
}
/** Whether one text becomes the other by replacing, adding or leaving out one character. */
function partedByOne(one, other) {
    const [short, long] = one.length <= other.length ? [one, other] : [other, one];
    if (long.length - short.length > 1)
        return false;
    let at = 0;
    while (at < short.length && short[at] === long[at])
        at++;
    const rest = short.length === long.length ? short.slice(at + 1) : short.slice(at);
    return rest.every((it, index) => it === long[at + 1 + index]);
}
function pointsOfBirthDate(one, other) {
    if (one === undefined || other === undefined)
        return 0;
    const [short, long] = one.length <= other.length ? [one, other] : [other, one];
    if (long.startsWith(short))
        return short.length === 10 ? POINTS.birthDate.day : short.length === 7 ? POINTS.birthDate.month : POINTS.birthDate.year;
    if (short.length < 10)
        return POINTS.birthDate.differs;
    if (swapDayAndMonth(one) === other)
        return POINTS.birthDate.swapped;
    return [...one].filter((it, index) => it !== other[index]).length === 1 ? POINTS.birthDate.slip : POINTS.birthDate.differs;
}
/** `1985-03-12` for `1985-12-03`. */
export function swapDayAndMonth(date) {
    return `${date.slice(0, 4)}-${date.slice(8, 10)}-${date.slice(5, 7)}`;
}
function pointsOfGender(one, other) {
    if (one === undefined || other === undefined || one === 'unknown' || other === 'unknown')
        return 0;
    if (one === other)
        return POINTS.gender.agrees;
    return [one, other].includes('other') ? 0 : POINTS.gender.differs;
}
function pointsOfAddress(one, other) {
    if (share(one.addresses, other.addresses))
        return POINTS.address.agrees;
    return share(one.places, other.places) ? POINTS.address.place : 0;
}
function pointsOfMothersMaidenName(one, other) {
    if (one === undefined || other === undefined)
        return 0;
    return one === other ? POINTS.mothersMaidenName.agrees : POINTS.mothersMaidenName.differs;
}
function share(one, other) {
    return one.some((it) => other.includes(it));
}
/**
 * The matches to show, the best first (IHE ITI-119): without `onlyCertain` all that are possible at least; with it the certain ones, and none
 * where the possible ones are of several human beings. `count` cuts the list short.
 */
export function chooseMatches(records, { onlyCertain, count }) {
    const possible = records
        .filter((it) => it.grade === 'certain' || it.grade === 'probable' || it.grade === 'possible')
        .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    const severalPersons = new Set(possible.map((it) => it.person)).size > 1;
    const all = !onlyCertain ? possible : severalPersons ? [] : possible.filter((it) => it.grade === 'certain');
    return { matches: all.slice(0, count), total: all.length };
}
