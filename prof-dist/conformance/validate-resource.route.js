import { Type } from 'typebox';
import { languageOf } from '../faces/shown-failures.js';
import { fhirFailures, InstanceParams, Resource, TypeParams } from '../fhir/schemas.js';
import { requireType } from '../resources/require-type.js';
import { requireScope } from '../security/require-scope.js';
import { readValidation } from './read-validation.js';
import { showIssues } from './show-issues.js';
import { validateResource } from './validate-resource.js';
const Parameters = Type.Object({
    mode: Type.Optional(Type.String({ enum: ['create', 'update', 'delete', 'profile'], description: 'The interaction that is meant.' })),
    profile: Type.Optional(Type.String({ description: 'A profile beside those that the resource claims.' })),
});
const described = {
    description: 'Against base R4 and every profile that is claimed or named; with the mode create, update or delete also against all rules of that ' +
        'interaction, which is done and taken back. Answers 200 with an OperationOutcome whether or not the resource is valid. Nothing is stored.',
    tags: ['FHIR'],
    produces: ['application/fhir+json'],
    response: { 200: Resource, ...fhirFailures },
};
const byPost = { ...described, consumes: ['application/fhir+json'], querystring: Parameters, body: Resource };
/** Operation `$validate` on a type and on an instance: https://hl7.org/fhir/R4/resource-operation-validate.html */
export const validateResourceRoute = async (app, { custody, base }) => {
    const validate = async (request) => {
        const { caller, params, query, body, headers } = request;
        requireType(params.type);
        const validation = readValidation(params.type, query, body);
        requireScope(caller, `system/${params.type}.${{ create: 'c', update: 'u', delete: 'd', profile: 'r' }[validation.mode ?? 'profile']}`);
        const issues = await validateResource(app.db, app.definitions, custody, caller, { ...params, ...validation, base }, new Date());
        return JSON.stringify(showIssues(issues, languageOf(headers['accept-language'])));
    };
    app.post('/:type/$validate', { schema: { operationId: 'validateResource', summary: 'Would this resource be accepted?', params: TypeParams, ...byPost } }, async (request, reply) => reply.send(await validate(request)));
    app.post('/:type/:id/$validate', {
        schema: { operationId: 'validateChange', summary: 'Would this change of a resource be accepted?', params: InstanceParams, ...byPost },
    }, async (request, reply) => reply.send(await validate(request)));
    app.get('/:type/:id/$validate', {
        schema: {
            operationId: 'validateStored',
            summary: 'Is a stored resource valid?',
            params: InstanceParams,
            querystring: Parameters,
            ...described,
        },
    }, async (request, reply) => reply.send(await validate(request)));
};
