import { Type } from 'typebox';
import { Problem } from '../faces/problem.js';
import { selectRegions } from './alliance.queries.js';
import { StoredRegion, showRegion } from './alliance.schema.js';
export const listRegionsRoute = async (app) => {
    app.get('/regions', {
        config: { unlogged: true },
        schema: {
            operationId: 'listRegions',
            summary: 'List the named regions',
            description: 'Regions of several administrative divisions, such as 川渝. For every caller.',
            tags: ['Institutions'],
            response: { 200: Type.Object({ regions: Type.Array(StoredRegion) }), default: Problem },
        },
    }, async () => {
        const regions = await selectRegions(app.db);
        return { regions: regions.map(showRegion) };
    });
};
