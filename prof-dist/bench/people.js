/**
 * From which number on the persons of each kind of work are counted, so that all of them fit into one region: those that are published
 * about, those of whom there is one report, those that are looked up, and those with long histories that are checked.
 */
export const FIRST_PERSONS = { publish: 0, single: 4_000_000, lookup: 5_000_000, check: 6_000_000 };
/** So many numbers from the first one on. */
export function numbersFrom(first, count) {
    return Array.from({ length: count }, (_, index) => first + index);
}
/** Identifier system of resident identity cards. */
const ID_CARD = 'urn:oid:2.16.156.10011.1.3';
/** Identifier system of the hospitals' own patient numbers. */
export const PATIENT_NUMBER = 'http://bench.example/patient-number';
const FAMILY_NAMES = Array.from('王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗');
const GIVEN_NAMES = Array.from('安博晨岚宁沛琪然舒桐薇溪雅知清远明嘉文静');
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const BIRTH_DAYS = 25_000;
/** The person of a number below 20 million; equal numbers give equal people, different ones different card numbers. */
export function personOf(number) {
    const birthDate = new Date(Date.UTC(1940, 0, 1 + ((number * 37) % BIRTH_DAYS))).toISOString().slice(0, 10);
    const sequence = String(100 + Math.floor(number / BIRTH_DAYS)).padStart(3, '0');
    const first17 = `500112${birthDate.replaceAll('-', '')}${sequence}`;
    const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(first17[place]), 0);
    const pick = (names, step) => names[Math.floor(number / step) % names.length] ?? '';
    return {
        number,
        idCard: first17 + '10X98765432'.charAt(sum % 11),
        name: pick(FAMILY_NAMES, 1) + pick(GIVEN_NAMES, 7) + pick(GIVEN_NAMES, 140),
        birthDate,
        gender: Number(first17[16]) % 2 === 1 ? 'male' : 'female',
    };
}
/** The number under which every hospital of the bench keeps the person. */
export function patientNumber(person) {
    return `P${String(person).padStart(7, '0')}`;
}
/** The person as a FHIR Patient of a hospital. */
export function patientOf({ number, idCard, name, birthDate, gender }) {
    return {
        resourceType: 'Patient',
        identifier: [
            { use: 'official', system: ID_CARD, value: idCard },
            { use: 'usual', system: PATIENT_NUMBER, value: patientNumber(number) },
        ],
        active: true,
        name: [{ use: 'official', text: name }],
        gender,
        birthDate,
    };
}
