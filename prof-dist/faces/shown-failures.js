/** How each failure of the domain is shown to a caller of any face: the one table to read, and to change. */
export const SHOWN = {
    malformed: { status: 400, issue: 'structure' },
    'parameter-invalid': { status: 400, issue: 'value' },
    'not-supported': { status: 400, issue: 'not-supported' },
    'media-type-unsupported': { status: 415, issue: 'not-supported' },
    'not-acceptable': { status: 406, issue: 'not-supported' },
    'too-large': { status: 413, issue: 'too-long' },
    'token-missing': { status: 401, issue: 'login' },
    'token-invalid': { status: 401, issue: 'login' },
    'scope-insufficient': { status: 403, issue: 'forbidden' },
    'practitioner-missing': { status: 400, issue: 'required' },
    'not-owner': { status: 403, issue: 'forbidden' },
    'consent-required': { status: 403, issue: 'suppressed' },
    'domain-unknown': { status: 403, issue: 'code-invalid' },
    'not-found': { status: 404, issue: 'not-found' },
    gone: { status: 410, issue: 'deleted' },
    'method-not-allowed': { status: 405, issue: 'not-supported' },
    'rule-violated': { status: 422, issue: 'business-rule' },
    'identity-mismatch': { status: 422, issue: 'business-rule' },
    'reference-unresolved': { status: 422, issue: 'not-found' },
    'precondition-failed': { status: 412, issue: 'multiple-matches' },
    conflict: { status: 409, issue: 'conflict' },
    'too-many-requests': { status: 429, issue: 'throttled' },
    busy: { status: 503, issue: 'transient' },
    overloaded: { status: 503, issue: 'throttled' },
    timeout: { status: 503, issue: 'timeout' },
    'database-unavailable': { status: 503, issue: 'transient' },
    internal: { status: 500, issue: 'exception' },
};
/** The language of an answer, from Accept-Language: Chinese where it is asked for first, else English. */
export function languageOf(acceptLanguage) {
    let best;
    for (const range of (acceptLanguage ?? '').toLowerCase().split(',')) {
        const [tag = '', ...parameters] = range.trim().split(';');
        const language = /^(zh|en)\b/.exec(tag)?.[1];
        const quality = Number(parameters.map((it) => /^\s*q=([\d.]+)$/.exec(it)?.[1]).find(Boolean) ?? 1);
        if (language && quality > 0 && quality > (best?.quality ?? 0))
            best = { language, quality };
    }
    return best?.language ?? 'en';
}
