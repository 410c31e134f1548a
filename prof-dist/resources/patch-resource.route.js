import { Type } from 'typebox';
import { readPatch } from '../fhir/patch/read-patch.js';
import { fhirFailures, InstanceParams, Resource } from '../fhir/schemas.js';
import { requireScope } from '../security/require-scope.js';
import { CHANGE_HEADERS, readWriteHeaders, sendWritten } from './answer-write.js';
import { patchResource } from './patch-resource.js';
import { requireType } from './require-type.js';
import { transactAgain } from './transact-again.js';
/** FHIR patch interaction, by JSON Patch or FHIRPath Patch: https://hl7.org/fhir/R4/http.html#patch */
export const patchResourceRoute = async (app, { custody, base }) => {
    app.patch('/:type/:id', {
        config: { work: 'publication' },
        schema: {
            operationId: 'patchResource',
            summary: 'Change parts of a resource of this institution',
            description: 'A JSON Patch (application/json-patch+json) or a FHIRPath Patch (Parameters). What it does not touch keeps its digits. A patch that ' +
                'cannot be understood is 400, one that does not fit the resource, or a `test` that fails, 422. The result is taken as an update is.',
            tags: ['FHIR'],
            consumes: ['application/json-patch+json', 'application/fhir+json'],
            produces: ['application/fhir+json'],
            params: InstanceParams,
            headers: Type.Object(CHANGE_HEADERS),
            response: { 200: Resource, ...fhirFailures },
        },
    }, async (request, reply) => {
        const { caller, params, body, headers } = request;
        requireType(params.type);
        requireScope(caller, `system/${params.type}.u`);
        const patch = readPatch(body ?? '', headers['content-type']);
        const write = { interaction: 'patchResource', base, ...readWriteHeaders(request) };
        const outcome = await transactAgain(app.db, (tx, attempt) => patchResource(tx, custody, caller, params, patch, { ...write, again: attempt > 1 }, new Date()));
        return sendWritten(request, reply, outcome, base);
    });
};
