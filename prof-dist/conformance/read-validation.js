import { Failure } from '../failure.js';
import { isObject } from '../fhir/element.js';
import { parseExactJson } from '../fhir/exact-json.js';
import { invalid, readOperationInput } from './operation-input.js';
import { VALIDATE } from './operations.js';
/** Values of `mode` (https://hl7.org/fhir/R4/valueset-resource-validation-mode.html). */
const MODES = ['create', 'update', 'delete', 'profile'];
/**
 * Reads a call of `$validate`: Parameters, or the resource itself as the body (https://hl7.org/fhir/R4/resource-operation-validate.html).
 * Throws `malformed`, `parameter-invalid` and `not-supported`.
 */
export function readValidation(type, query, body) {
    const document = body === undefined || body === '' ? undefined : parseExactJson(body, type);
    const isWrapped = document?.value['resourceType'] === 'Parameters' && (type !== 'Parameters' || hasResource(document.value));
    const input = readOperationInput(VALIDATE.parameters, query, isWrapped ? body : undefined);
    const mode = MODES.find((it) => it === input.text('mode'));
    if (input.text('mode') !== mode)
        throw invalid('mode', `takes one of ${MODES.join(', ')}`, `应为 ${MODES.join('、')} 之一`);
    const sent = isWrapped ? sentIn(input) : document && { content: document.value, text: document.text };
    if (sent && sent.content['resourceType'] !== type) {
        throw new Failure('malformed', {
            path: `${type}.resourceType`,
            kind: 'structure',
            en: `is ${String(sent.content['resourceType'])} while the address says ${type}`,
            zh: `为 ${String(sent.content['resourceType'])}，与地址中的 ${type} 不符`,
        });
    }
    return { mode, profiles: input.all('profile').map(String), sent };
}
function hasResource({ parameter }) {
    return Array.isArray(parameter) && parameter.some((it) => isObject(it) && it['name'] === 'resource');
}
/** The resource inside the Parameters, with its own part of their text. */
function sentIn(input) {
    const [resource] = input.all('resource');
    const document = input.document;
    if (!isObject(resource))
        return undefined;
    const span = document.spans.get(resource);
    return { content: resource, text: span ? document.text.slice(span.start, span.end) : JSON.stringify(resource) };
}
