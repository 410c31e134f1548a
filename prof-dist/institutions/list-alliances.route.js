import { Type } from 'typebox';
import { Problem } from '../faces/problem.js';
import { selectAlliances } from './alliance.queries.js';
import { StoredAlliance, showAlliance } from './alliance.schema.js';
export const listAlliancesRoute = async (app) => {
    app.get('/alliances', {
        config: { unlogged: true },
        schema: {
            operationId: 'listAlliances',
            summary: 'List the medical alliances',
            description: '医共体, 城市医疗集团, 医联体, each with its members. For every caller.',
            tags: ['Institutions'],
            response: { 200: Type.Object({ alliances: Type.Array(StoredAlliance) }), default: Problem },
        },
    }, async () => {
        const alliances = await selectAlliances(app.db);
        return { alliances: alliances.map(showAlliance) };
    });
};
