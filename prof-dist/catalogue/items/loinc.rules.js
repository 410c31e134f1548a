/** Whether a text is a LOINC code: up to seven digits, and the check digit after the hyphen (mod 10, LOINC Users' Guide, appendix C). */
export function isLoinc(text) {
    const [, digits = '', check] = /^(\d{1,7})-(\d)$/.exec(text) ?? [];
    const sum = [...digits].toReversed().reduce((total, digit, index) => {
        const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
        return total + (value > 9 ? value - 9 : value);
    }, 0);
    return check !== undefined && Number(check) === (10 - (sum % 10)) % 10;
}
