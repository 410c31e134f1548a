/**
 * Chance that can be repeated: the same seed gives the same people, values and order on every machine.
 *
 * A splitmix generator over 32 bits of state: good enough to invent a region, never to make a secret.
 */
export class Random {
    state = 0x811c9dc5;
    /** Any text is a seed; texts that differ in one character have nothing in common afterwards. */
    constructor(seed) {
        for (const byte of new TextEncoder().encode(seed))
            this.state = Math.imul(this.state ^ byte, 0x01000193);
    }
    /** A number from 0 up to, but not including, 1. */
    fraction() {
        this.state = (this.state + 0x9e3779b9) | 0;
        let mixed = this.state ^ (this.state >>> 16);
        mixed = Math.imul(mixed, 0x21f0aaad);
        mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
        return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
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
        const item = list[this.integer(0, list.length - 1)];
        if (item === undefined)
            throw new RangeError('there is nothing to pick from an empty list');
        return item;
    }
    /** The same items in another order; the list itself stays as it is. */
    shuffle(list) {
        return list
            .map((item) => ({ item, place: this.fraction() }))
            .sort((left, right) => left.place - right.place)
            .map(({ item }) => item);
    }
    /** A number around `mean`, as measured values scatter; two thirds lie within one `deviation`. */
    around(mean, deviation) {
        const radius = Math.sqrt(-2 * Math.log(1 - this.fraction()));
        return mean + deviation * radius * Math.cos(2 * Math.PI * this.fraction());
    }
    /** A UUID of version 4 (RFC 9562 §5.4), by which the entries of a Bundle name each other. */
    uuid() {
        const digits = Array.from({ length: 32 }, () => this.integer(0, 15));
        digits[12] = 4;
        digits[16] = 8 + this.integer(0, 3);
        return digits
            .map((it) => it.toString(16))
            .join('')
            .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    }
}
