/**
 * How hospitals write units that are not coded, and which UCUM code each of them means. Spellings stand here as `plainUnit` leaves them:
 * without spaces, litres as L, micro as u, powers of ten as 10*9. What is not here is not guessed.
 *
 * G/L and T/L are the giga and tera of haematology, where UCUM would read gauss and tesla.
 */
export const UNIT_SPELLINGS = {
    ...asTheyAre('% g/L g/dL mg/L mg/dL mg/mL ug/L ug/dL ug/mL ng/L ng/dL ng/mL pg/mL pg/L g mg ug ng pg kg'),
    ...asTheyAre('mol/L mmol/L umol/L nmol/L pmol/L mmol/mol umol/mol mg/g ug/g mg/mmol mg/kg L/L'),
    ...asTheyAre('U/L U/mL kU/L mU/L 10*3/L 10*6/L 10*9/L 10*12/L 10*3/uL 10*6/uL 10*3/mL 10*6/mL /L /mL /uL'),
    ...asTheyAre('fL uL mL L mm/h mm cm m2 s min h d kPa mL/min mL/h ug/min'),
    'IU/L': '[IU]/L',
    'IU/mL': '[IU]/mL',
    'kIU/L': 'k[IU]/L',
    'KIU/L': 'k[IU]/L',
    'mIU/L': 'm[IU]/L',
    'mIU/mL': 'm[IU]/mL',
    'uIU/L': 'u[IU]/L',
    'uIU/mL': 'u[IU]/mL',
    'G/L': '10*9/L',
    'T/L': '10*12/L',
    'K/uL': '10*3/uL',
    'M/uL': '10*6/uL',
    'KU/L': 'kU/L',
    'mm/hr': 'mm/h',
    'mm/1h': 'mm/h',
    'mm/小时': 'mm/h',
    sec: 's',
    S: 's',
    秒: 's',
    分钟: 'min',
    mmHg: 'mm[Hg]',
    cmH2O: 'cm[H2O]',
    '°C': 'Cel',
    pH: '[pH]',
    PH: '[pH]',
    INR: '{INR}',
    'S/CO': '{S/CO}',
    's/co': '{S/CO}',
    'S/Co': '{S/CO}',
    COI: '{COI}',
    '/HPF': '/[HPF]',
    '/HP': '/[HPF]',
    '/LPF': '/[LPF]',
    '/LP': '/[LPF]',
    'copies/mL': '{copies}/mL',
    'Copies/mL': '{copies}/mL',
    'copy/mL': '{copies}/mL',
    '拷贝/mL': '{copies}/mL',
    'mL/min/1.73m2': 'mL/min/{1.73_m2}',
    'mL/min/1.73m^2': 'mL/min/{1.73_m2}',
    'mL/(min*1.73m2)': 'mL/min/{1.73_m2}',
    'g/24h': 'g/(24.h)',
    'mg/24h': 'mg/(24.h)',
    'ug/24h': 'ug/(24.h)',
    'mmol/24h': 'mmol/(24.h)',
    'umol/24h': 'umol/(24.h)',
    'mOsm/kg': 'mosm/kg',
    'mOsm/kgH2O': 'mosm/kg',
    'mOsm/L': 'mosm/L',
    'mg/LFEU': 'mg/L{FEU}',
    'mg/L(FEU)': 'mg/L{FEU}',
    'ug/mLFEU': 'ug/mL{FEU}',
    'ug/mL(FEU)': 'ug/mL{FEU}',
    'ng/mLFEU': 'ng/mL{FEU}',
    'ng/mL(FEU)': 'ng/mL{FEU}',
    'mg/LDDU': 'mg/L{DDU}',
    'ug/mLDDU': 'ug/mL{DDU}',
    'ng/mLDDU': 'ng/mL{DDU}',
};
/** The UCUM code that a unit in words means; `undefined` where the table has no such spelling. */
export function ucumOfWords(words) {
    const plain = plainUnit(words);
    return Object.hasOwn(UNIT_SPELLINGS, plain) ? UNIT_SPELLINGS[plain] : undefined;
}
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** A unit in words, in the one way of writing in which the table has it. Whose letters are of another case stays another unit: mg is not Mg. */
export function plainUnit(words) {
    return words
        .replace(/(?<=10)[⁰¹²³⁴-⁹]+/g, (power) => `^${digitsOf(power)}`)
        .normalize('NFKC')
        .replace(/\s+/g, '')
        .replaceAll('μ', 'u')
        .replace(/(^|\/)mcg/g, '$1ug')
        .replace(/^[×xX*·]?10(?:\^|\*{1,2}|[eE])\+?(?=\d)/, '10*')
        .replace(/(^|\/)([munpfd]?)l(?![a-z])/g, '$1$2L')
        .replace(/(^|\/)(个|cells?)(?=\/)/, '$1');
}
function digitsOf(superscript) {
    return [...superscript].map((it) => SUPERSCRIPTS.indexOf(it)).join('');
}
function asTheyAre(units) {
    return Object.fromEntries(units.split(' ').map((it) => [it, it]));
}
