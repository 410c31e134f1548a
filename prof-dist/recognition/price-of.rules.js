/**
 * What recognising an item saves. A panel has a price of its own; where none is configured it costs what its members cost together. Nothing
 * configured is 0, and said so.
 */
export function priceOf(code, members, prices) {
    const own = prices.get(code);
    const counted = own ? [own] : members.flatMap((it) => prices.get(it) ?? []);
    if (counted.length === 0)
        return { amountFen: 0, priced: false, version: null };
    return {
        amountFen: counted.reduce((sum, it) => sum + it.amountFen, 0),
        priced: true,
        version: [...new Set(counted.map((it) => it.version))].join(', '),
    };
}
