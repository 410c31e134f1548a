import { Readable } from 'node:stream';
import { Type } from 'typebox';
import { transact } from '../database/client.js';
import { answerCsv, csvStream } from '../faces/csv-body.js';
import { Problem } from '../faces/problem.js';
import { By, readDimensions } from './read-dimensions.js';
import { FILTER } from './read-filter.js';
import { showSummary, summaryColumns, summaryLines } from './show-summary.js';
import { Summary } from './statement.schema.js';
import { summariseSavings } from './summarise-savings.js';
export const summariseSavingsRoute = async (app) => {
    app.get('/savings/summary', {
        config: { work: 'report' },
        schema: {
            operationId: 'summariseSavings',
            summary: 'Savings of a period',
            description: 'In total and by dimensions, the very sum of the entries: the avoided cost, and what of it the fund of the health insurance and the patients would have paid. ' +
                'With the scope `savings.read` for the region, otherwise for the own institution. With `Accept: text/csv` the groups as CSV, without dimensions the total. ' +
                'Figures are exact; what is to be published comes from `/v1/savings/published`.',
            tags: ['Savings'],
            produces: ['application/json', 'text/csv'],
            querystring: Type.Object({ ...FILTER, by: By }, { additionalProperties: false }),
            response: { 200: Summary, default: Problem },
        },
    }, async (request, reply) => {
        const { caller } = request;
        const { by, ...texts } = request.query;
        const dimensions = readDimensions(by);
        const question = { texts, by: [dimensions], interaction: 'summariseSavings', asked: { by: dimensions.join(',') } };
        const statement = await transact(app.reportDb, (tx) => summariseSavings(tx, caller, question, new Date()));
        if (!(request.headers.accept ?? '').includes('text/csv'))
            return showSummary(statement, texts);
        answerCsv(reply, 'savings.csv');
        return reply.send(csvStream(summaryColumns(dimensions), Readable.from(summaryLines(statement, dimensions))));
    });
};
