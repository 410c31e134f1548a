/** Follows the references of whatever is written. Throws as `ReferenceResolver.follow` does. */
export function followLinks(passages, resolver) {
    return new Map(passages
        .filter((it) => it.fate.kind !== 'existing')
        .map((passage) => [
        passage,
        passage.links.flatMap((link) => {
            const target = link.kind === 'reference' ? resolver.follow(passage, link) : undefined;
            return target && !('passage' in target && target.passage === passage) ? [{ link, target }] : [];
        }),
    ]));
}
