/** What the gateway answered: a refusal is an answer like any other, so nothing is thrown for it. */
export class Answer {
    status;
    /** The body as it came over the wire; empty where the client library has parsed it already. */
    text;
    body;
    /** Where a resource is that was created or met by a condition; such an answer may come without a body. */
    location;
    constructor(status, text, body, location = '') {
        this.status = status;
        this.text = text;
        this.body = body;
        this.location = location;
    }
    /** Logical id of the resource at `location`. */
    get locatedId() {
        return /\/[A-Z]\w+\/([\w.-]+)/.exec(this.location)?.[1] ?? '';
    }
    get ok() {
        return this.status >= 200 && this.status < 300;
    }
    /** The stable code of a refusal; empty where there is none. */
    get code() {
        return textAt(this.body, 'issue', 0, 'details', 'coding', 0, 'code') || textAt(this.body, 'code') || textAt(this.body, 'error');
    }
    /** What the body says went wrong, from an OperationOutcome, a problem+json or an OAuth error. */
    get complaint() {
        const issue = find(this.body, 'issue', 0);
        const said = textAt(issue, 'details', 'text') ||
            textAt(issue, 'diagnostics') ||
            textAt(this.body, 'error_description') ||
            textAt(this.body, 'title') ||
            textAt(this.body, 'error');
        return said || this.text.slice(0, 200);
    }
    /** The answer, if it is one of success; otherwise an error that names the step, the status and the complaint. */
    expectOk(step) {
        if (!this.ok)
            throw new DemoError(`${step}: the gateway answered ${this.status} ${this.complaint}`);
        return this;
    }
}
/** The demo cannot go on; the message is for the person at the terminal. */
export class DemoError extends Error {
    name = 'DemoError';
}
/** The value at a path of member names and positions; `undefined` where the path leads nowhere. */
export function find(value, ...path) {
    return path.reduce((inner, step) => {
        if (typeof inner !== 'object' || inner === null)
            return undefined;
        return inner[step];
    }, value);
}
/** The text at a path; empty where there is none. */
export function textAt(value, ...path) {
    const found = find(value, ...path);
    return typeof found === 'string' ? found : '';
}
/** The number at a path; not a number where there is none. */
export function numberAt(value, ...path) {
    const found = find(value, ...path);
    return typeof found === 'number' ? found : Number.NaN;
}
/** The list at a path; empty where there is none. */
export function listAt(value, ...path) {
    const found = find(value, ...path);
    return Array.isArray(found) ? found : [];
}
