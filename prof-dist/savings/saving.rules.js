/**
 * What is to be posted of the claims of one visit beside the savings that were posted before: each item is saved once, by itself or within a
 * panel.
 *
 * What savings that stand cover already posts nothing: an item after its panel, a panel after all of its members. A panel that is covered in
 * part posts its price less what those savings posted, 0 at least; so both orders come to the price of the panel. A saving that was taken back
 * counts for nothing, and what was posted beside it meanwhile stays as it is: figures may be too low then, never too high. Of claims made at
 * once the panel with more members goes first.
 */
export function savingsOf(claims, before) {
    const standing = before
        .filter((it) => !it.isReversed)
        .map((it) => ({ covered: coveredBy(it), amountFen: it.amountFen }));
    return claims
        .toSorted((a, b) => b.members.length - a.members.length || (a.item < b.item ? -1 : 1))
        .flatMap((claim) => {
        const own = coveredBy(claim);
        const shared = standing.filter(({ covered }) => covered.some((it) => own.includes(it)));
        const saved = new Set(shared.flatMap(({ covered }) => covered));
        if (own.every((it) => saved.has(it)))
            return [];
        const amountFen = Math.max(0, claim.price.amountFen - shared.reduce((sum, it) => sum + it.amountFen, 0));
        standing.push({ covered: own, amountFen });
        const round = before.filter((it) => it.item === claim.item && it.isOfVisit && it.isReversed).length;
        return [{ claim, amountFen, round }];
    });
}
/** The single items that are saved with it. */
export function coveredBy({ item, members }) {
    return members.length === 0 ? [item] : members;
}
