/** Every report that the answer on an item rests on: that of its result; of a panel those of all members that have one. */
export function reportsOf({ item, candidate, members }) {
    const shown = members?.flatMap((it) => (it.candidate ? [{ item: it.item, ...it.candidate }] : [])) ?? [];
    const all = shown.length > 0 ? shown : candidate ? [{ item, ...candidate }] : [];
    return all.map(({ item: of, report, reportVersion, result }) => ({ item: of, report, reportVersion, result }));
}
/** The versions of the reports that answers rest on, as the access log names them; each once. */
export function versionsOf(items) {
    return [...new Set(items.flatMap(reportsOf).map((it) => `${it.report}/_history/${it.reportVersion}`))];
}
