/** Faults that one answer names: further ones help nobody. */
const FAULTS_MAX = 1_000;
/** Of many faults as many as one answer names; how many more there are is said last. */
export function firstIssues(issues) {
    const more = issues.length - FAULTS_MAX;
    return more <= 0 ? issues : [...issues.slice(0, FAULTS_MAX), { en: `and ${more} faults more`, zh: `另有 ${more} 处错误` }];
}
/**
 * A request that cannot be served, and what the caller can do about it.
 *
 * A Failure knows nothing of HTTP. "No" as an answer (a result that may not be recognised) is not a Failure; rules return it
 * as a value.
 */
export class Failure extends Error {
    name = 'Failure';
    code;
    issues;
    /** Whose data was asked for, as far as it was known: the access log names that person. */
    person;
    /** What was decided of that person's consent, where it was asked: the access log has an entry of its own for it. */
    decision;
    /** Seconds after which another try is worth it, for the failures that pass by themselves. */
    retryAfterSeconds;
    constructor(code, issues, more = {}) {
        const list = Array.isArray(issues) ? issues : [issues];
        super(list.map((it) => (it.path ? `${it.path}: ${it.en}` : it.en)).join('; '), { cause: more.cause });
        this.code = code;
        this.issues = list;
        this.person = more.person;
        this.decision = more.decision;
        this.retryAfterSeconds = more.retryAfterSeconds;
    }
}
