const REPORT_EVERY_MS = 1_000;
/** A heading with an empty line before it. */
export function heading(print, number, title) {
    print('');
    const words = `── ${number}. ${title} `;
    print(words.padEnd(Math.max(96, words.length + 3), '─'));
}
/** Aligned columns, for eyes; Chinese characters count as two. */
export function table(print, rows) {
    const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? '')))) ?? [];
    for (const row of rows) {
        print(`   ${row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell))).join('  ')}`.trimEnd());
    }
}
/** Fen as yuan: `1234` is `CNY 12.34`. */
export function yuan(fen) {
    const digits = String(Math.abs(fen)).padStart(3, '0');
    return `CNY ${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
/**
 * Says how far a long step has come, at most once a second and once at its end: count, share, rate and the time it will still take.
 *
 * `clock` gives milliseconds.
 */
export class Progress {
    print;
    what;
    total;
    clock;
    startedAt;
    saidAt;
    done = 0;
    constructor(print, what, total, clock = () => performance.now()) {
        this.print = print;
        this.what = what;
        this.total = total;
        this.clock = clock;
        this.startedAt = clock();
        this.saidAt = this.startedAt;
    }
    /** `count` more are done. */
    add(count = 1) {
        this.done += count;
        const now = this.clock();
        if (this.done < this.total && now - this.saidAt < REPORT_EVERY_MS)
            return;
        this.saidAt = now;
        const seconds = (now - this.startedAt) / 1_000;
        const rate = seconds > 0 ? this.done / seconds : 0;
        const share = Math.floor((this.done * 100) / Math.max(this.total, 1));
        const rest = this.done < this.total && rate > 0 ? `, about ${Math.ceil((this.total - this.done) / rate)} s to go` : '';
        this.print(`   ${this.what}: ${this.done} of ${this.total} (${share} %), ${rate.toFixed(rate < 10 ? 1 : 0)}/s${rest}`);
    }
}
/**
 * A text in lines of at most so many columns. Latin words stay whole, Chinese breaks anywhere but before a mark that closes; a word longer than
 * a line is cut.
 */
export function wrapped(text, columns) {
    const lines = [];
    let line = '';
    for (const piece of text.match(PIECES) ?? []) {
        for (const part of width(piece) > columns ? Array.from(piece) : [piece]) {
            if (line !== '' && width(line + part.trimEnd()) > columns) {
                lines.push(line.trimEnd());
                line = part.trimStart();
            }
            else
                line += part;
        }
    }
    return [...lines, line.trimEnd()];
}
/** A Latin word with the space behind it, or one other character with the closing marks behind it. */
const PIECES = /[!-~]+ *|[^!-~ ][，。；：、）》〕”？]* *| +/gu;
/** Columns that a text takes. */
export function width(text) {
    return Array.from(text).reduce((sum, character) => sum +
        (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u.test(character)
            ? 2
            : 1), 0);
}
