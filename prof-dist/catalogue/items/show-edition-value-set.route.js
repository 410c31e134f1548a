import { Type } from 'typebox';
import { Problem } from '../../faces/problem.js';
import { EditionName } from './edition.schema.js';
import { VALUE_SET_NAMES, valueSetWithCodes } from './edition-value-sets.rules.js';
import { showEdition } from './show-edition.js';
export const showEditionValueSetRoute = async (app) => {
    app.get('/catalogue/editions/:edition/value-sets/:valueSet', {
        config: { unlogged: true },
        schema: {
            operationId: 'showEditionValueSet',
            summary: 'A value set of an edition',
            description: 'All items, those of a kind, or the negative list, as a FHIR ValueSet with its codes.',
            tags: ['Catalogue'],
            produces: ['application/fhir+json'],
            params: Type.Object({
                edition: EditionName,
                valueSet: Type.Enum(VALUE_SET_NAMES, { description: 'Which one.', examples: ['item-laboratory'] }),
            }),
            querystring: Type.Object({}, { additionalProperties: false }),
            response: { 200: Type.Object({ resourceType: Type.Literal('ValueSet') }, { additionalProperties: true }), default: Problem },
        },
    }, async (request, reply) => {
        const { params } = request;
        const { head, items } = await showEdition(app.db, params.edition, 'edition');
        reply.type('application/fhir+json; charset=utf-8');
        return reply.send(JSON.stringify(valueSetWithCodes(params.valueSet, head.edition, items, new Date())));
    });
};
