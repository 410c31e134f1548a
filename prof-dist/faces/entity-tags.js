/** Whether the value of If-None-Match means this entity tag: weak comparison of a list of them, or `*` (RFC 9110, 13.1.2). */
export function hasTag(list, tag) {
    const bare = (it) => it.trim().replace(/^W\//, '');
    return list?.trim() === '*' || (list ?? '').split(',').some((it) => bare(it) === bare(tag));
}
