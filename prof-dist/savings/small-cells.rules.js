/** Whether so few persons or items are behind a figure that it could be about somebody. */
export function isSmall({ items, persons }, least) {
    return items < least || persons < least;
}
/**
 * Which cells of a table keep their figures to themselves, by their places: the small ones, and as many others as it takes that none of these can be computed
 * from a sum.
 *
 * A sum is the total, or, of a table by two dimensions, that of a row or column: whoever has it can take off all that is shown. So in
 * each of these lines either nothing is hidden, or two cells at least, with `least` items and persons between them; where it is less, the
 * cell with the fewest items that is still shown goes too. The same persons may be in several cells, so that those between them are only
 * known to be as many as in the largest. A line of which nothing is left to hide stays as it is: its own sum is small, and hidden where it is a figure.
 */
export function hiddenCells(cells, least) {
    const hidden = new Set(cells.flatMap((cell, place) => (isSmall(cell, least) ? [place] : [])));
    const lines = linesOf(cells);
    for (let isStable = false; !isStable;) {
        isStable = true;
        for (const line of lines) {
            for (let place = gapOf(line, cells, hidden, least); place !== undefined; place = gapOf(line, cells, hidden, least)) {
                hidden.add(place);
                isStable = false;
            }
        }
    }
    return hidden;
}
/** The places of the cells that have a sum in common: all of them; of a table by several dimensions also those that agree in one. */
function linesOf(cells) {
    const lines = new Map([['', cells.map((_cell, place) => place)]]);
    cells.forEach(({ key }, place) => {
        if (key.length < 2)
            return;
        key.forEach((text, dimension) => {
            const name = `${dimension} ${text}`;
            lines.set(name, [...(lines.get(name) ?? []), place]);
        });
    });
    return [...lines.values()];
}
/** The cell of a line that has to be hidden beside those that are; none where they are enough, or where there is no other. */
function gapOf(line, cells, hidden, least) {
    const of = (place) => cells[place] ?? { key: [], items: 0, persons: 0 };
    const secret = line.filter((it) => hidden.has(it));
    if (secret.length === 0)
        return undefined;
    const items = secret.reduce((all, it) => all + of(it).items, 0);
    const persons = Math.max(...secret.map((it) => of(it).persons));
    if (secret.length > 1 && !isSmall({ items, persons }, least))
        return undefined;
    return line.filter((it) => !hidden.has(it)).toSorted((a, b) => of(a).items - of(b).items || a - b)[0];
}
