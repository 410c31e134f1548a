/** The page as JSON text: links first, then the resources as they were published, which are not parsed for it. */
export function searchset(base, { address, used, next, page, total, entries }) {
    const parameters = used.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    const at = (all) => [address, all.join('&')].filter(Boolean).join('?');
    const link = [{ relation: 'self', url: at([...parameters, ...(page?.own === undefined ? [] : [`_page=${page.own}`])]) }];
    if (next !== undefined)
        link.push({ relation: 'next', url: at([...parameters, `_after=${next}`]) });
    if (page?.next !== undefined)
        link.push({ relation: 'next', url: at([`_page=${page.next}`]) });
    if (page?.own !== undefined)
        link.push({ relation: 'first', url: at(parameters) });
    const list = entries.map(({ reference, text, mode }) => `{${reference === undefined ? '' : `"fullUrl":"${base}/${reference}",`}"resource":${text},"search":{"mode":"${mode}"}}`);
    const entry = list.length > 0 ? `,"entry":[${list.join(',')}]` : '';
    const counted = total === undefined ? '' : `,"total":${total}`;
    return `{"resourceType":"Bundle","type":"searchset"${counted},"link":${JSON.stringify(link)}${entry}}`;
}
