/** The value below which the share of sorted values lies (nearest rank); not a number where there are none. */
export function percentile(sorted, share) {
    return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
/** The middle value, or the mean of the two in the middle; not a number where there are none. */
export function median(values) {
    const sorted = values.toSorted((a, b) => a - b);
    const middle = sorted.length / 2;
    if (sorted.length % 2 === 1)
        return sorted[Math.floor(middle)] ?? Number.NaN;
    return ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
/** Three significant figures, without an exponent: 12 345 is 12345, 1.2345 is 1.23; a dash for what was not measured. */
export function shown(value) {
    if (value === undefined || !Number.isFinite(value))
        return '-';
    if (value === 0)
        return '0';
    const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
    return value.toFixed(Math.min(digits, 3));
}
