/**
 * Chance that can be repeated: everybody in a simulation has streams of their own, named by seed, purpose and number, so that what befalls one
 * person never depends on who else is simulated, in which order, or at the same time.
 *
 * xoshiro128** (Blackman and Vigna), its state filled by splitmix from the name. Good enough to invent a region, never to make a secret.
 */
export class Random {
    a;
    b;
    c;
    d;
    constructor(...name) {
        let state = 0x811c9dc5;
        for (const byte of new TextEncoder().encode(name.join('|')))
            state = Math.imul(state ^ byte, 0x01000193);
        const next = () => {
            state = (state + 0x9e3779b9) | 0;
            let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
            mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
            return mixed ^ (mixed >>> 15);
        };
        [this.a, this.b, this.c, this.d] = [next(), next(), next(), next() | 1];
    }
    /** A number from 0 up to, but not including, 1. */
    fraction() {
        const product = Math.imul(this.b, 5);
        const result = Math.imul((product << 7) | (product >>> 25), 9);
        const shifted = this.b << 9;
        this.c ^= this.a;
        this.d ^= this.b;
        this.b ^= this.c;
        this.a ^= this.d;
        this.c ^= shifted;
        this.d = (this.d << 11) | (this.d >>> 21);
        return (result >>> 0) / 2 ** 32;
    }
    /** A whole number from `min` to `max`, both included. */
    integer(min, max) {
        return min + Math.floor(this.fraction() * (max - min + 1));
    }
    /** True in `probability` of all cases. */
    chance(probability) {
        return this.fraction() < probability;
    }
    /** One of the list, each equally likely. The list must not be empty. */
    pick(list) {
        return list[this.integer(0, list.length - 1)];
    }
    /** One of the list, each as likely as its share says; shares need not add up to 1. The list must not be empty. */
    draw(list) {
        let rest = this.fraction() * list.reduce((sum, it) => sum + it.share, 0);
        return list.find((it) => (rest -= it.share) < 0) ?? list.at(-1);
    }
    /** The place of one of the weights, each as likely as it is heavy. */
    place(weights) {
        let rest = this.fraction() * weights.reduce((sum, it) => sum + it, 0);
        return Math.max(weights.findIndex((it) => (rest -= it) < 0), 0);
    }
    /** A time to wait, as long as `mean` on average, short ones the most likely. */
    wait(mean) {
        return -Math.log(1 - this.fraction()) * mean;
    }
}
