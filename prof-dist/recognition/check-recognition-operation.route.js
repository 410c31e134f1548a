import { Type } from 'typebox';
import { readFlat, writeFlat } from '../conformance/flat-values.js';
import { transact } from '../database/client.js';
import { asFailure } from '../faces/as-failure.js';
import { Failure } from '../failure.js';
import { fhirFailures } from '../fhir/schemas.js';
import { BODY_LIMIT_BYTES, readParameters } from '../persons/read-parameters.js';
import { requirePractitioner } from '../security/require-practitioner.js';
import { requireScope } from '../security/require-scope.js';
import { CheckQuestion } from './check.schema.js';
import { checkRecognition } from './check-recognition.js';
import { ANSWER, CHECK_RECOGNITION, QUESTION } from './check-recognition-operation.js';
import { requireItems } from './require-items.js';
const Parameters = Type.Object({ resourceType: Type.Literal('Parameters') }, { additionalProperties: true });
const EXAMPLE = {
    resourceType: 'Parameters',
    parameter: [
        { name: 'patient', valueReference: { identifier: { system: 'urn:oid:2.16.156.10011.1.3', value: '11010519491231002X' } } },
        { name: 'encounter', valueString: 'OP-20260301-0042' },
        { name: 'setting', valueCode: 'outpatient' },
        { name: 'trigger', valueCode: 'order-entry' },
        { name: 'item', valueString: 'WBC' },
        { name: 'item', valueString: 'CT-CHEST-PLAIN' },
    ],
};
/** Operation `$check-recognition` on the whole server (https://hl7.org/fhir/R4/operations.html). `validator` is that of flat bodies. */
export const checkRecognitionOperationRoute = async (app, { validator, base }) => {
    app.post('/$check-recognition', {
        bodyLimit: BODY_LIMIT_BYTES,
        config: { onePatient: true },
        schema: {
            operationId: 'checkRecognitionByOperation',
            summary: CHECK_RECOGNITION.title,
            description: `${CHECK_RECOGNITION.description} Parameters in and out, as the OperationDefinition check-recognition says. A body is at most 64 KiB.`,
            tags: ['FHIR'],
            consumes: ['application/fhir+json'],
            produces: ['application/fhir+json'],
            body: { ...Parameters, examples: [EXAMPLE] },
            response: { 200: Parameters, ...fhirFailures },
        },
    }, async ({ caller, body }, reply) => {
        requireScope(caller, 'recognition.check');
        const practitioner = requirePractitioner(caller);
        const reading = readFlat(QUESTION, readParameters(body ?? '').value, base);
        const question = questionIn(reading, validator.compile(CheckQuestion)); // Made once: the validator keeps it.
        const answer = await placed(reading, () => {
            requireItems(question);
            return transact(app.db, (tx) => checkRecognition(tx, caller, practitioner, question, new Date()));
        });
        return reply.send(JSON.stringify(writeFlat(ANSWER, answer)));
    });
};
/** The question that the parameters ask. Throws `malformed` with the places in the parameters. */
function questionIn(reading, isQuestion) {
    if (reading.issues.length > 0)
        throw new Failure('malformed', reading.issues);
    const { value } = reading;
    if (isQuestion(value))
        return value;
    throw inParameters(asFailure({ validation: isQuestion.errors, validationContext: 'body' }), reading);
}
/** Does it; what is refused is told with its place in the parameters. */
async function placed(reading, work) {
    try {
        return await work();
    }
    catch (error) {
        throw error instanceof Failure ? inParameters(error, reading) : error;
    }
}
function inParameters({ code, issues, person, retryAfterSeconds, cause }, reading) {
    return new Failure(code, issues.map((it) => (it.path === undefined ? it : { ...it, path: reading.placeOf(it.path) })), { ...(person === undefined ? {} : { person }), ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }), cause });
}
