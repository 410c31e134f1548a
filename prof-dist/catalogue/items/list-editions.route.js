import { Type } from 'typebox';
import { Problem } from '../../faces/problem.js';
import { EditionSummary, shownEdition } from './edition.schema.js';
import { listEditions } from './item.queries.js';
export const listEditionsRoute = async (app) => {
    app.get('/catalogue/editions', {
        config: { unlogged: true },
        schema: {
            operationId: 'listEditions',
            summary: 'Editions of the list of recognisable items',
            description: 'The latest first. An edition holds from its day (Beijing time) until the next one begins, each in its newest revision.',
            tags: ['Catalogue'],
            querystring: Type.Object({}, { additionalProperties: false }),
            response: {
                200: Type.Object({
                    editions: Type.Array(EditionSummary),
                }),
                default: Problem,
            },
        },
    }, async () => ({ editions: (await listEditions(app.db)).map(shownEdition) }));
};
