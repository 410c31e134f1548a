/**
 * Compares two numbers written in decimal digits, of whatever length, `Infinity` and `-Infinity` among them: negative, zero or positive.
 */
export function compareDecimals(one, other) {
    const [a, b] = [Number(one), Number(other)];
    // Where floating point sees a difference, there is one.
    if (a !== b)
        return a < b ? -1 : 1;
    if (one === other || !Number.isFinite(a))
        return 0;
    const [left, right] = [read(one), read(other)];
    const scale = Math.max(left.scale, right.scale);
    const difference = left.digits * 10n ** BigInt(scale - left.scale) - right.digits * 10n ** BigInt(scale - right.scale);
    return difference < 0n ? -1 : Number(difference > 0n);
}
function read(text) {
    const [, sign = '', whole = '0', fraction = '', power = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
    const scale = fraction.length - Number(power);
    const digits = BigInt(`${sign}${whole}${fraction}`);
    return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
}
