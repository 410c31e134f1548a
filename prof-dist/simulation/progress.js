const REDRAW_EVERY_MS = 200;
const LINE_EVERY_MS = 5_000;
const BAR = 28;
/**
 * Says how far a long work has come: done of all, rate, and the time it will still take. On a terminal one line that is drawn again, elsewhere a
 * line every few seconds, so that a log of it can be read too.
 *
 * `clock` gives milliseconds.
 */
export class Progress {
    screen;
    what;
    clock;
    total = 0;
    done = 0;
    startedAt = 0;
    shownAt = 0;
    constructor(screen, what, clock = () => performance.now()) {
        this.screen = screen;
        this.what = what;
        this.clock = clock;
    }
    begin(total) {
        this.total = total;
        this.done = 0;
        this.startedAt = this.clock();
        this.shownAt = this.startedAt;
    }
    /** One more is done; `steps` is what was done for all of them so far, whose rate is told. */
    add(steps) {
        this.done += 1;
        const now = this.clock();
        if (this.done < this.total && now - this.shownAt < (this.screen.isTTY ? REDRAW_EVERY_MS : LINE_EVERY_MS))
            return;
        this.shownAt = now;
        const seconds = (now - this.startedAt) / 1_000;
        const line = `${this.bar()} ${this.done} of ${this.total} ${this.what}, ${rateOf(steps, seconds)} steps/s${this.rest(seconds)}`;
        if (!this.screen.isTTY)
            this.screen.write(`${line}\n`);
        else
            this.screen.write(`\r\x1b[K${line}${this.done === this.total ? '\n' : ''}`);
    }
    bar() {
        const share = this.done / Math.max(this.total, 1);
        const filled = Math.floor(share * BAR);
        return `[${'#'.repeat(filled)}${'-'.repeat(BAR - filled)}] ${String(Math.floor(share * 100)).padStart(3)} %`;
    }
    rest(seconds) {
        if (this.done === this.total || seconds === 0)
            return '';
        const left = Math.ceil(((this.total - this.done) * seconds) / this.done);
        return left < 120 ? `, about ${left} s left` : `, about ${Math.ceil(left / 60)} min left`;
    }
}
function rateOf(steps, seconds) {
    if (seconds === 0)
        return '0';
    const rate = steps / seconds;
    return rate.toFixed(rate < 10 ? 1 : 0);
}
