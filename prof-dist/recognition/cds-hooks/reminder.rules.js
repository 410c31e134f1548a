/**
 * The offer with those draft orders alone that need not be carried out: every item is open or was recognised, and one at least is open. Any
 * other order is carried out as a whole whatever is decided, and its results are measured again, so that there is nothing to remind of.
 */
export function leaveUncoveredOut(offer) {
    const open = new Set(offer.open.map((it) => it.item));
    const isCovered = ({ items }) => items.some((it) => open.has(it)) && items.every((it) => open.has(it) || offer.recognised.has(it));
    return { ...offer, orders: offer.orders.filter(isCovered) };
}
/** A reminder for each draft order, the one of most items first, of the items that no order before it has; two orders of the same are one reminder. */
export function planReminders(offer, person, nextNumber) {
    const left = new Map(offer.open.map((it) => [it.item, it]));
    return offer.orders
        .toSorted((a, b) => b.items.length - a.items.length)
        .flatMap((order) => {
        const items = order.items.flatMap((it) => left.get(it) ?? []);
        for (const it of items)
            left.delete(it.item);
        return items.length === 0 ? [] : [reminderOf({ person, number: nextNumber() }, items, offer)];
    });
}
/** The reminders as they are written down, by this call or by one before it; what was shown with another result is not among them. */
export function standingReminders(offer, standing) {
    const cards = new Map();
    for (const { person, number, item, report } of standing) {
        const shown = offer.open.find((it) => it.item === item && reportOf(it) === report);
        if (!shown)
            continue;
        const name = `${person} ${number}`;
        const card = cards.get(name) ?? { key: { person, number }, items: [] };
        card.items.push(shown);
        cards.set(name, card);
    }
    return [...cards.values()].map(({ key, items }) => reminderOf(key, items, offer));
}
/** The report version that is shown for an item: `DiagnosticReport/…/_history/1`. */
export function reportOf({ candidate }) {
    return `${candidate.report}/_history/${candidate.reportVersion}`;
}
function reminderOf(key, items, { orders, recognised }) {
    const own = new Set(items.map((it) => it.item));
    const touched = orders.filter((order) => order.items.some((it) => own.has(it)));
    const covered = touched.filter((order) => order.items.every((it) => own.has(it) || recognised.has(it)));
    return { key, items, orders: touched, covered };
}
