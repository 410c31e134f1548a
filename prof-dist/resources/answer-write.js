import { Type } from 'typebox';
import { readPrefer } from '../faces/prefer.js';
import { languageOf } from '../faces/shown-failures.js';
import { entityTag } from '../fhir/entity-tag.rules.js';
import { requireScope } from '../security/require-scope.js';
import { setVersionHeaders } from './outcome-headers.js';
import { showOutcome } from './show-outcome.js';
/** The headers of every door that writes, for its description. */
export const WRITE_HEADERS = {
    Prefer: Type.Optional(Type.String({
        description: 'What the answer holds: the resource unless said otherwise, nothing, or an OperationOutcome.',
        examples: ['return=minimal', 'return=OperationOutcome'],
    })),
    'X-Provenance': Type.Optional(Type.String({ description: 'A Provenance in JSON without target; it is stored with the versions written as its target.' })),
};
/** The headers of every door that changes what is there. */
export const CHANGE_HEADERS = {
    ...WRITE_HEADERS,
    'If-Match': Type.Optional(Type.String({ description: 'Versions the caller has read; 412 where another one stands.', examples: ['W/"3"'] })),
};
/** What the headers of a request that writes say. Throws `scope-insufficient` where it brings a Provenance it may not store. */
export function readWriteHeaders({ headers, caller }) {
    const provenance = headers['x-provenance'];
    if (provenance !== undefined)
        requireScope(caller, 'system/Provenance.c');
    return { provenance, ifMatch: headers['if-match'], ifNoneMatch: headers['if-none-match'] };
}
/** Sends what was stored, with its version in the headers, in the form the caller prefers (R4, 3.1.0.1.11). */
export function sendWritten(request, reply, outcome, base) {
    const answer = setVersionHeaders(reply.code(outcome.status === 'created' ? 201 : 200), outcome, base);
    switch (readPrefer(request.headers['prefer']).return) {
        case 'minimal':
            return answer.send('');
        case 'OperationOutcome':
            return answer.send(showOutcome(outcome, languageOf(request.headers['accept-language'])));
        default:
            return answer.send(outcome.text ?? '');
    }
}
/** A deletion: 204, or 200 with an OperationOutcome where the caller prefers one. */
export function sendRemoved(request, reply, outcome) {
    const answer = outcome.status === 'nothing' ? reply : reply.header('etag', entityTag(outcome.version));
    if (readPrefer(request.headers['prefer']).return !== 'OperationOutcome')
        return answer.code(204).send();
    return answer.code(200).send(showOutcome(outcome, languageOf(request.headers['accept-language'])));
}
