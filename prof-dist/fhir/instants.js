/** Moments as FHIR writes instants. One answer or statement says the same few many times; each is written once. */
export class Instants {
    written = new Map();
    textOf(moment) {
        const known = this.written.get(moment);
        if (known !== undefined)
            return known;
        const made = moment.toISOString();
        this.written.set(moment, made);
        return made;
    }
}
