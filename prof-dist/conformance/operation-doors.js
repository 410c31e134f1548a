import { Type } from 'typebox';
import { fhirFailures, Resource } from '../fhir/schemas.js';
/**
 * Opens the doors of an operation on one resource type: by GET with simple parameters, by POST with a Parameters resource, and the same on an
 * instance (https://hl7.org/fhir/R4/operations.html#request). What is asked and answered is about no person.
 */
export function openOperation(app, operation, operationId, answer) {
    const [type] = operation.resource;
    const { parameters, onInstance, title, description, code } = operation;
    const described = { summary: title, description, tags: ['Terminology'], produces: ['application/fhir+json'] };
    const response = { 200: Resource, ...fhirFailures };
    const body = { consumes: ['application/fhir+json'], body: Resource };
    const querystring = queryOf(parameters);
    const params = Type.Object({ id: Type.String({ description: `Logical id of a ${type}.` }) });
    const open = (method, url, schema) => app.route({
        method,
        url,
        config: { unlogged: true },
        schema: { ...described, response, ...schema },
        handler: async (request, reply) => reply.send(JSON.stringify(await answer(request))),
    });
    open('GET', `/${type}/$${code}`, { operationId, querystring });
    open('POST', `/${type}/$${code}`, { operationId: `${operationId}ByPost`, ...body });
    if (!onInstance)
        return;
    open('GET', `/${type}/:id/$${code}`, { operationId: `${operationId}OfInstance`, params, querystring });
    open('POST', `/${type}/:id/$${code}`, { operationId: `${operationId}OfInstanceByPost`, params, ...body });
}
/** What can be said in an address: everything but resources and data types of several parts. */
function queryOf(parameters) {
    const simple = parameters.filter((it) => /^[a-z]/.test(it.type));
    return Type.Object(Object.fromEntries(simple.map(({ name, documentation }) => [name, Type.Optional(Type.String({ description: documentation }))])));
}
