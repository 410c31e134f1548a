/**
 * That a report was corrected is always told, whatever became of the consent since: somebody may be treated by what is no more. The new value
 * is told where the consent covers it now. Where it does not, what was seen already is told once more, and that it is no more; a result that
 * was not seen is not even named.
 */
export function disclose(difference, { permitted, seen }) {
    const shown = difference.flatMap((it) => {
        if (permitted.has(it.reference))
            return [it];
        if (!seen.has(it.reference) || it.change === 'added')
            return [];
        return [{ ...it, elements: it.elements.flatMap(({ new: _new, ...element }) => (element.old === undefined ? [] : [element])) }];
    });
    const whole = difference.filter((it) => permitted.has(it.reference) || (seen.has(it.reference) && it.change === 'withdrawn'));
    return { shown, withheld: difference.length - whole.length };
}
/** The difference without any value, for those who watch over the exchange and treat nobody. */
export function withoutValues(difference) {
    const shown = difference.map((it) => ({ ...it, elements: it.elements.map(({ element, zh, en }) => ({ element, zh, en })) }));
    return { shown, withheld: difference.length };
}
