/**
 * Lets so much work in at once, in the order in which it came: what weighs more than is free waits outside, where it holds neither a
 * connection nor a parsed document. Work that is heavier than all there is goes alone.
 */
export class Turnstile {
    capacity;
    inside = 0;
    waiting = [];
    constructor(capacity) {
        this.capacity = capacity;
    }
    async pass(weight, work) {
        await new Promise((enter) => {
            this.waiting.push({ weight, enter });
            this.admit();
        });
        try {
            return await work();
        }
        finally {
            this.inside -= weight;
            this.admit();
        }
    }
    admit() {
        for (let next = this.waiting[0]; next && (this.inside === 0 || this.inside + next.weight <= this.capacity); next = this.waiting[0]) {
            this.waiting.shift();
            this.inside += next.weight;
            next.enter();
        }
    }
}
