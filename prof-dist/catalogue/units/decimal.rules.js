/** More digits, and more of an exponent, than any measurement has; beyond them a text is taken for none. */
const DIGITS_MAX = 40;
const EXPONENT_MAX = 40;
/** A factor out of a conversion that is not finite decimally (1/60) is known to so many digits. */
const FACTOR_DIGITS = 12;
const NUMBER = /^(\s*(?:<=|>=|[<>≤≥＜＞])?\s*)([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?\s*$/;
/** A factor as a floating-point calculation gives it, freed of its noise: 1.0000000000000002 is 1. */
export function factorOf(value) {
    const [digits = '0', exponent = '0'] = value.toExponential(FACTOR_DIGITS - 1).split('e');
    const whole = digits.replace('.', '').replace(/0+$/, '');
    return { digits: BigInt(whole || '0'), exponent: Number(exponent) - (whole.length - 1) };
}
/**
 * A value times a factor, on its digits: a power of ten only moves the point, so that every digit stays; any other factor is rounded, half
 * away from zero, to as many significant digits as the value has. A comparator in front (`<0.5`) stays. `undefined` for a text that is no number.
 */
export function scaleDecimal(value, factor) {
    const [, comparator = '', sign = '', whole = '', fraction = '', power = '0'] = NUMBER.exec(value) ?? [];
    const digits = `${whole}${fraction}`;
    if (whole === '' || digits.length > DIGITS_MAX || Math.abs(Number(power)) > EXPONENT_MAX)
        return undefined;
    const exponent = Number(power) - fraction.length;
    const minus = sign === '-' ? '-' : '';
    const significant = digits.replace(/^0+/, '');
    if (factor.digits === 1n)
        return `${comparator.trim()}${minus}${written(significant || '0', exponent + factor.exponent)}`;
    const [rounded, dropped] = toSignificant(BigInt(digits) * factor.digits, Math.min(significant.length || 1, FACTOR_DIGITS));
    return `${comparator.trim()}${minus}${written(rounded, exponent + factor.exponent + dropped)}`;
}
/** The first digits of a number, rounded, and how many were dropped. */
function toSignificant(number, count) {
    const text = number.toString();
    const dropped = text.length - count;
    if (dropped <= 0)
        return [text, 0];
    const unit = 10n ** BigInt(dropped);
    const rounded = ((number + unit / 2n) / unit).toString();
    return rounded.length > count ? [rounded.slice(0, count), dropped + 1] : [rounded, dropped];
}
/** `digits × 10^exponent` without an exponent. */
function written(digits, exponent) {
    if (exponent >= 0)
        return digits === '0' ? '0' : digits + '0'.repeat(exponent);
    const padded = digits.padStart(1 - exponent, '0');
    return `${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}
