import { hash } from 'node:crypto';
import { capabilityStatement } from './capability-statement.js';
import { terminologyCapabilities } from './terminology-capabilities.js';
/** Values of `mode` (R4, 3.1.0.9). What is normative is not told apart: the whole statement is sent. */
export const MODES = ['full', 'normative', 'terminology'];
/** Makes what this server says of itself, anew only when another package was loaded. */
export class Statements {
    #registry;
    #speaker;
    #made = new Map();
    #state;
    constructor(registry, speaker) {
        this.#registry = registry;
        this.#speaker = speaker;
    }
    /** The statement of a mode, as the packages loaded at this moment make it. */
    of(mode) {
        if (this.#state !== this.#registry.state)
            this.#made.clear();
        this.#state = this.#registry.state;
        const kind = mode === 'terminology' ? mode : 'full';
        const known = this.#made.get(kind);
        if (known)
            return known;
        const text = JSON.stringify(this.#make(kind));
        const statement = { text, tag: `W/"${hash('sha256', text).slice(0, 32)}"` };
        this.#made.set(kind, statement);
        return statement;
    }
    #make(kind) {
        if (kind === 'terminology')
            return terminologyCapabilities(this.#speaker, this.#registry.current('CodeSystem'));
        return capabilityStatement(this.#speaker, {
            packages: this.#registry.packages,
            profiles: this.#registry.current('StructureDefinition'),
        });
    }
}
