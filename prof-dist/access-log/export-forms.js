import { csvHeader, csvLine } from '../faces/csv-cells.rules.js';
import { accessCsv } from './access-csv.rules.js';
/** An entry a line, and at last `{"end":{"entries":…,"sha256":"…","until":"…"}}`: no entry has a member of that name. */
export const NDJSON = {
    head: '',
    entries: (lines) => lines,
    end: (end) => `${JSON.stringify({ end })}\n`,
};
/**
 * A header and an entry a row. The last row begins with `end 完`, which no id is, and says in words how many entries there are and what the
 * SHA-256 of all bytes before this row is.
 */
export function csvForm(leaves) {
    const { columns, lineOf } = accessCsv(leaves);
    return {
        head: csvHeader(columns),
        entries: (lines) => lines
            .split('\n')
            .map((it) => (it === '' ? '' : lineOf(JSON.parse(it))))
            .join(''),
        end: ({ entries, sha256, until }) => {
            const cells = ['end 完', until, '', 'entries 条数', String(entries), 'sha256', sha256];
            return csvLine(columns.map((_, index) => cells[index] ?? ''));
        },
    };
}
