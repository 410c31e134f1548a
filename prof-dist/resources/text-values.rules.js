/**
 * Bytes of texts that lie together. To read one text, everything before it in its value is decompressed, some 10 µs for each 16 kB; a laboratory
 * report of twenty results is one value of 26 kB, and a package of a thousand definitions is many. More together would not be smaller: what
 * PostgreSQL compares a text with lies within the last 4 kB.
 */
const VALUE_BYTES_MAX = 32 * 1024;
/**
 * Which of the texts lie together: those of one person, in their order but with reports before all else, since a report is read without its
 * results and the beginning of a value is read fastest. A value ends before a text that it has no room for. A text that would lie alone has
 * no place: it stays in its own row.
 *
 * `freshNumber` gives a value its number.
 */
export function placeTexts(writings, freshNumber) {
    const places = new Map();
    const values = [];
    for (const [person, group] of groupsOf(writings)) {
        if (group.length === 1)
            continue;
        const id = freshNumber();
        let from = 1;
        for (const { writing, bytes } of group) {
            places.set(writing, { value: id, from, bytes });
            from += bytes;
        }
        values.push({ person, id, text: group.map((it) => it.writing.content).join('') });
    }
    return { places, values };
}
/** What lies together, each with its person; alone, what has no room beside others. */
function groupsOf(writings) {
    const groups = [];
    const open = new Map();
    const isReport = (it) => it.type === 'DiagnosticReport';
    for (const writing of [...writings.filter(isReport), ...writings.filter((it) => !isReport(it))]) {
        if (writing.content === null)
            continue;
        const bytes = Buffer.byteLength(writing.content);
        const current = open.get(writing.person);
        if (current && current.bytes + bytes <= VALUE_BYTES_MAX) {
            current.group.push({ writing, bytes });
            current.bytes += bytes;
            continue;
        }
        const group = [{ writing, bytes }];
        groups.push([writing.person, group]);
        // A text that fills a value by itself closes none that others still fit into.
        if (bytes < VALUE_BYTES_MAX)
            open.set(writing.person, { group, bytes });
    }
    return groups;
}
