/** Sets what was simulated beside what was published, at that scale. */
export function compareFigures(published, simulated, scale) {
    return published.map(({ key, label, unit, value, scaled, source }) => {
        const expected = scaled ? round(value * scale, 1) : value;
        const found = simulated[key];
        return {
            key,
            label,
            unit,
            published: value,
            expected,
            simulated: found,
            deviationPercent: expected === 0 ? 0 : round(((found - expected) / expected) * 100, 1),
            source,
        };
    });
}
/** What published figures speak of, out of what was counted. */
export function figuresOf(counted, savings, district) {
    const recognitions = counted.recognised - counted.revoked;
    const queries = counted.lookUps + counted.checks;
    return {
        recognitions,
        savedFen: savings.amountFen,
        savedFenEach: savings.items === 0 ? 0 : Math.round(savings.amountFen / savings.items),
        recognisedShare: queries === 0 ? 0 : round((recognitions / queries) * 100, 2),
        institutions: counted.institutions,
        districtItems: district.items,
        districtImaging: district.imaging,
        districtLookUps: district.lookUps,
    };
}
function round(value, decimals) {
    const factor = 10 ** decimals;
    return Math.round(value * factor) / factor;
}
