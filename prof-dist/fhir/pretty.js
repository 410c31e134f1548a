const INDENT = '  ';
/**
 * JSON text laid out for human eyes (`_pretty=true`; R4, 3.1.0.1.7): one member or element a line. Only white space between the tokens
 * changes; strings and numbers stay as they are written, to the last digit and escape. The text must be JSON.
 */
export function prettyText(text) {
    const lines = [];
    let depth = 0;
    let line = '';
    const newLine = () => {
        lines.push(line);
        line = INDENT.repeat(depth);
    };
    for (let at = 0; at < text.length;) {
        const sign = text[at];
        if (sign === '"') {
            const end = endOfString(text, at);
            line += text.slice(at, end);
            at = end;
            continue;
        }
        at++;
        if (sign === '{' || sign === '[') {
            line += sign;
            const next = afterSpace(text, at);
            if (text[next] === '}' || text[next] === ']') {
                line += text[next];
                at = next + 1;
            }
            else {
                depth++;
                newLine();
            }
        }
        else if (sign === '}' || sign === ']') {
            depth--;
            newLine();
            line += sign;
        }
        else if (sign === ',') {
            line += sign;
            newLine();
        }
        else if (sign === ':')
            line += ': ';
        else if (!isSpace(sign))
            line += sign;
    }
    lines.push(line);
    return lines.join('\n');
}
/** One past the closing quote of the string that begins there. */
function endOfString(text, start) {
    let at = start + 1;
    while (at < text.length && text[at] !== '"')
        at += text[at] === '\\' ? 2 : 1;
    return at + 1;
}
function afterSpace(text, start) {
    let at = start;
    while (isSpace(text[at]))
        at++;
    return at;
}
const isSpace = (sign) => sign === ' ' || sign === '\n' || sign === '\r' || sign === '\t';
