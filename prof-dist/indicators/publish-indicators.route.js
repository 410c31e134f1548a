import { Type } from 'typebox';
import { transact } from '../database/client.js';
import { Problem } from '../faces/problem.js';
import { readDimensions } from './dimensions.rules.js';
import { PUBLISHED_DIMENSIONS, PublishedIndicators, publishIndicators } from './publish-indicators.js';
import { INDICATOR_FILTER } from './read-indicator-filter.js';
const { from, to, side } = INDICATOR_FILTER;
export const publishIndicatorsRoute = async (app) => {
    app.get('/indicators/published', {
        config: { work: 'report' },
        schema: {
            operationId: 'publishIndicators',
            summary: 'Rates of recognition as they may be published',
            description: 'Of whole months, by item-times, in total and by two dimensions at most. Small groups have no figure, and as many others as it takes that none of these can be computed ' +
                'from a total. With the scope `savings.read` or `audit.read` for the region, otherwise for the own institution.',
            tags: ['Indicators'],
            querystring: Type.Object({
                from,
                to,
                side,
                by: Type.Optional(Type.String({ maxLength: 100, description: `Two of ${PUBLISHED_DIMENSIONS.join(', ')} at most, with commas.` })),
            }, { additionalProperties: false }),
            response: { 200: PublishedIndicators, default: Problem },
        },
    }, async (request) => {
        const { caller } = request;
        const { by, ...texts } = request.query;
        const dimensions = readDimensions(by);
        return await transact(app.reportDb, (tx) => publishIndicators(tx, caller, texts, dimensions, new Date()));
    });
};
