/**
 * The window of an item. Where a region has windows of its own they take the place of all windows of the edition; of several that name the
 * item the first one holds. What no window names is looked back for as far as the region says for its kind, from where the edition counts.
 */
export function windowOf(item, rules) {
    if (rules.windows) {
        const named = rules.windows.find((it) => it.items.includes(item.code));
        if (named)
            return { minutes: named.minutes, basis: named.basis, withoutTreatment: named.withoutTreatment, source: 'region' };
    }
    else if (item.windowMinutes !== null) {
        return {
            minutes: item.windowMinutes,
            basis: item.windowBasis,
            withoutTreatment: item.windowWithoutTreatment,
            source: 'edition',
        };
    }
    return { minutes: rules.lookBackMinutes[item.kind], basis: item.windowBasis, withoutTreatment: false, source: 'look-back' };
}
