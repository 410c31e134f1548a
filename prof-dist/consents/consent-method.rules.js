import { objectsOf, referencesOf, textOf } from '../fhir/element.js';
import { CONSENT_METHODS, METHOD_EXTENSION } from './consent-vocabulary.js';
/**
 * How a consent was given: what the extension says; `guardian` where a relative decided (`performer` refers to a RelatedPerson) and nothing
 * else is said; `not-stated` otherwise.
 */
export function methodOf(consent, path, issues) {
    const extensions = objectsOf(consent['extension']);
    const index = extensions.findIndex((it) => it['url'] === METHOD_EXTENSION);
    const code = textOf(extensions[index]?.['valueCode']);
    if (index < 0)
        return decidedByRelative(consent) ? 'guardian' : 'not-stated';
    const method = CONSENT_METHODS.find((it) => it === code);
    if (method)
        return method;
    const place = `${path}.extension[${index}].valueCode`;
    issues.push({ path: place, en: `must be one of ${CONSENT_METHODS.join(', ')}`, zh: `必须为 ${CONSENT_METHODS.join('、')} 之一` });
    return 'not-stated';
}
function decidedByRelative(consent) {
    return referencesOf(consent['performer']).some((it) => /(?:^|\/)RelatedPerson\/[^/]+/.test(it));
}
