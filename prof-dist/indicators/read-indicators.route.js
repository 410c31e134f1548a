import { Type } from 'typebox';
import { transact } from '../database/client.js';
import { answerCsv } from '../faces/csv-body.js';
import { Problem } from '../faces/problem.js';
import { readDimensions } from './dimensions.rules.js';
import { indicatorCsv } from './indicator-csv.rules.js';
import { BY, Indicators } from './indicators.schema.js';
import { INDICATOR_FILTER } from './read-indicator-filter.js';
import { readIndicators } from './read-indicators.js';
export const readIndicatorsRoute = async (app) => {
    app.get('/indicators', {
        config: { work: 'report' },
        schema: {
            operationId: 'readIndicators',
            summary: 'Rates of recognition, reasons and time to decide',
            description: '同期互认率, 调阅互认率, 互认率, by item-times and person-times, on the receiving or the source side; `/v1/indicators/definitions` says what is counted. ' +
                'With the scope `savings.read` or `audit.read` for the region, otherwise for the own institution; departments and doctors for the own institution and with `audit.read`. ' +
                'With `Accept: text/csv` one line a group.',
            tags: ['Indicators'],
            produces: ['application/json', 'text/csv'],
            querystring: Type.Object({ ...INDICATOR_FILTER, by: BY }, { additionalProperties: false }),
            response: { 200: Indicators, default: Problem },
        },
    }, async (request, reply) => {
        const { caller } = request;
        const { by, ...texts } = request.query;
        const dimensions = readDimensions(by);
        const indicators = await transact(app.reportDb, (tx) => readIndicators(tx, caller, texts, dimensions, new Date()));
        if (!(request.headers.accept ?? '').includes('text/csv'))
            return indicators;
        answerCsv(reply, 'indicators.csv');
        return reply.send(indicatorCsv(indicators, dimensions));
    });
};
