import { entityTag } from '../fhir/entity-tag.rules.js';
import { Instants } from '../fhir/instants.js';
import { versionedReference } from './outcome-headers.js';
import { showOutcome } from './show-outcome.js';
const STATUS = {
    created: '201 Created',
    updated: '200 OK',
    unchanged: '200 OK',
    deleted: '204 No Content',
    nothing: '204 No Content',
    read: '200 OK',
    held: '304 Not Modified',
};
/** The answer to a transaction or batch as JSON text; resources stand in it as they are stored, and are not parsed for it. */
export function responseBundle(type, answers, manners) {
    const instants = new Instants();
    const entries = answers.map((it) => {
        const { resource, response } = show(it, manners, instants);
        return `{${resource === undefined ? '' : `"resource":${resource},`}"response":${JSON.stringify(response)}}`;
    });
    return `{"resourceType":"Bundle","type":"${type}-response"${entries.length > 0 ? `,"entry":[${entries.join(',')}]` : ''}}`;
}
/** What is `undefined` in a response does not stand in it. */
function show(answer, manners, instants) {
    if ('failure' in answer) {
        const { status, outcome } = manners.showFailure(answer.failure);
        return { response: { status: String(status), outcome } };
    }
    if (isReading(answer)) {
        const { status, text, version, lastModified } = answer;
        return {
            resource: text,
            response: {
                status: STATUS[status],
                etag: version === undefined ? undefined : entityTag(version),
                lastModified: lastModified && instants.textOf(lastModified),
            },
        };
    }
    const outcome = manners.preference === 'OperationOutcome' ? showOutcome(answer, manners.language) : undefined;
    if (answer.status === 'nothing')
        return { response: { status: STATUS.nothing, outcome } };
    const { status, version, lastModified, text } = answer;
    return {
        resource: manners.preference === 'representation' && text ? text : undefined,
        response: {
            status: STATUS[status],
            location: status === 'deleted' ? undefined : versionedReference(answer),
            etag: entityTag(version),
            lastModified: instants.textOf(lastModified),
            outcome,
        },
    };
}
function isReading(answer) {
    return answer.status === 'read' || answer.status === 'held';
}
