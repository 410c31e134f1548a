/**
 * Compares a list with itself and with what is stored. A row that says the same as a stored certificate repeats it, also where that was
 * withdrawn since. Any other row may share no day with another of the same institution, item, scheme and scope: two scores of one
 * assessment for one day cannot both be true. The days of a withdrawn certificate from its withdrawal on are free again.
 */
export function compareCertificates(list, stored) {
    const storedBySeries = bySeries(stored);
    const listed = new Map();
    const faults = [];
    const repeated = list.map((it) => {
        const series = seriesOf(it.row);
        const earlier = listed.get(series) ?? [];
        const former = storedBySeries.get(series) ?? [];
        const same = former.find((one) => isSame(one, it.row));
        const twin = earlier.find(({ row }) => overlap(row, it.row, undefined));
        const clash = same ? undefined : former.find((one) => overlap(one, it.row, one.withdrawal?.from));
        if (twin)
            faults.push(overlapping(it, twin.place, twin.row));
        else if (clash)
            faults.push(overlapping(it, clash.id, clash));
        if (earlier.push(it) === 1)
            listed.set(series, earlier);
        return same;
    });
    return faults.length > 0 ? { faults } : { repeated };
}
function bySeries(rows) {
    const groups = new Map();
    for (const it of rows) {
        const group = groups.get(seriesOf(it)) ?? [];
        if (group.push(it) === 1)
            groups.set(seriesOf(it), group);
    }
    return groups;
}
/** What may hold only once a day. */
function seriesOf({ institution, item, scheme, scope }) {
    return JSON.stringify([institution, item, scheme, scope.kind, scope.code]);
}
function isSame(one, other) {
    return one.validFrom === other.validFrom && one.validUntil === other.validUntil && one.score === other.score && one.mark === other.mark;
}
/** Whether two share a day before the first is withdrawn. */
function overlap(one, other, withdrawnFrom) {
    const first = one.validFrom > other.validFrom ? one.validFrom : other.validFrom;
    return first <= one.validUntil && first <= other.validUntil && (withdrawnFrom === undefined || first < withdrawnFrom);
}
function overlapping({ place }, other, { validFrom, validUntil }) {
    return {
        path: place,
        en: `overlaps ${other} (${validFrom} to ${validUntil}) of the same institution, item, scheme and scope; withdraw that one first if it is wrong`,
        zh: `与同一机构、项目、质评计划和范围的 ${other}（${validFrom} 至 ${validUntil}）时间重叠；如原证书有误，请先将其撤销`,
    };
}
