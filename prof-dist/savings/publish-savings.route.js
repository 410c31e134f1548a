import { Type } from 'typebox';
import { transact } from '../database/client.js';
import { Problem } from '../faces/problem.js';
import { LEAST } from './publication.rules.js';
import { DIMENSIONS_MAX, Published, publishSavings } from './publish-savings.js';
import { By, readDimensions } from './read-dimensions.js';
import { FILTER } from './read-filter.js';
const { from, to, month } = FILTER;
export const publishSavingsRoute = async (app) => {
    app.get('/savings/published', {
        config: { work: 'report' },
        schema: {
            operationId: 'publishSavings',
            summary: 'Savings as they may be published',
            description: `Of whole months, in total and by two dimensions at most. Groups of fewer than ${LEAST} persons or items have no figure, and as many others as it takes that none of these can be ` +
                'computed from a total. With the scope `savings.read` for the region, otherwise for the own institution. The office’s own view, exact, is `/v1/savings/summary`.',
            tags: ['Savings'],
            querystring: Type.Object({ from, to, month, by: By }, { additionalProperties: false }),
            response: { 200: Published, default: Problem },
        },
    }, async (request) => {
        const { caller } = request;
        const { by, ...texts } = request.query;
        const dimensions = readDimensions(by, DIMENSIONS_MAX);
        return await transact(app.reportDb, (tx) => publishSavings(tx, caller, texts, dimensions, new Date()));
    });
};
