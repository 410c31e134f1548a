/**
 * A text of somebody else's as a cell of a GitHub flavoured Markdown table: it shows as it is, and can neither end the cell or the line nor
 * become a link, an image, a heading or HTML. A dash where there is nothing.
 */
export function cellOf(text) {
    const line = (text ?? '').replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim();
    if (line === '')
        return '—';
    return line
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replace(/[\\`*_~|[\]#!]/g, '\\$&')
        .replace(/:(?=\/\/)|(?<=www)\./gi, '\\$&');
}
/** A table of rows that have as many cells as the head; cells are written by `cellOf`. */
export function tableOf(head, rows) {
    const lineOf = (cells) => `| ${cells.join(' | ')} |`;
    return [lineOf(head), lineOf(head.map(() => '---')), ...rows.map((row) => lineOf(row.map(cellOf)))].join('\n');
}
/** At most so many UTF-16 units, with a sign where something was cut off; never half of a character. */
export function shorten(text, lengthMax) {
    if (text.length <= lengthMax)
        return text;
    let kept = '';
    for (const character of text) {
        if (kept.length + character.length > lengthMax - 1)
            break;
        kept += character;
    }
    return `${kept}…`;
}
