/** Collects what must hold, and whether it does: the demo is a test that can be read. */
export class Findings {
    print;
    failed = [];
    held = 0;
    constructor(print) {
        this.print = print;
    }
    /** Notes whether a promise holds; one that does not is shown at once, with what was seen instead. */
    expect(promise, holds, seen = '') {
        if (holds)
            this.held += 1;
        else {
            const instead = seen === '' ? '' : `: ${typeof seen === 'string' ? seen : JSON.stringify(seen)}`;
            this.failed.push(promise);
            this.print(`   ✗ ${promise}${instead}`);
        }
        return holds;
    }
    /** Notes a promise and shows it also where it holds, for the last chapter. */
    verify(promise, holds, seen = '') {
        if (this.expect(promise, holds, seen))
            this.print(`   ✓ ${promise}`);
    }
    /** The count at the end, the failures once more; true when all held. */
    conclude() {
        this.print('');
        if (this.failed.length === 0)
            this.print(`   All ${this.held} promises checked in this story hold.`);
        else {
            this.print(`   ${this.failed.length} of ${this.held + this.failed.length} promises do NOT hold:`);
            for (const promise of this.failed)
                this.print(`   ✗ ${promise}`);
        }
        return this.failed.length === 0;
    }
}
