import { Type } from 'typebox';
import { transact } from '../../database/client.js';
import { LIMIT_DEFAULT, Limit } from '../../faces/page.schema.js';
import { Problem } from '../../faces/problem.js';
import { listUnmappedCodes } from './list-unmapped-codes.js';
import { UnmappedCode, Uscc } from './mapping.schema.js';
import { mappingHolder } from './mapping-holder.js';
const DAYS_DEFAULT = 30;
const DAY_MS = 24 * 60 * 60 * 1_000;
export const listUnmappedCodesRoute = async (app) => {
    app.get('/catalogue/mappings/unmapped', {
        config: { work: 'report' },
        schema: {
            operationId: 'listUnmappedCodes',
            summary: 'Local codes without a mapping',
            description: 'Codes on the results that an institution published in the last days which stand for no item: neither item codes nor LOINC codes of ' +
                'items, nor mapped, nor said to be `unmatched`. The most frequent first, each with the items it most likely means. At most 20,000 resources are looked through, ' +
                'the newest first; the answer says how many. The caller’s own institution; any for the operator. The look is logged.',
            tags: ['Catalogue'],
            querystring: Type.Object({
                uscc: Type.Optional(Uscc),
                days: Type.Optional(Type.Integer({
                    minimum: 1,
                    maximum: 366,
                    default: DAYS_DEFAULT,
                    description: 'How many days back, counted in hours from now.',
                })),
                limit: Type.Optional(Limit),
            }, { additionalProperties: false }),
            response: {
                200: Type.Object({
                    uscc: Type.String(),
                    since: Type.String({ format: 'date-time' }),
                    edition: Type.Union([Type.String(), Type.Null()], { description: 'The edition in force.' }),
                    lookedThrough: Type.Integer({ description: 'Resources looked through.' }),
                    isCutOff: Type.Boolean({ description: 'Whether there were more within these days.' }),
                    results: Type.Integer({ description: 'Results among them.' }),
                    mapped: Type.Integer({ description: 'Results that stand for an item, or are said to stand for none.' }),
                    uncoded: Type.Integer({ description: 'Results without any code.' }),
                    total: Type.Integer({ description: 'Different codes without a mapping; the most frequent are listed.' }),
                    codes: Type.Array(UnmappedCode),
                }),
                default: Problem,
            },
        },
    }, async (request) => {
        const { caller, query } = request;
        const { days = DAYS_DEFAULT, limit = LIMIT_DEFAULT } = query;
        const now = new Date();
        const since = new Date(now.getTime() - days * DAY_MS);
        const institution = await mappingHolder(app.reportDb, caller, query.uscc);
        const report = await transact(app.reportDb, (tx) => listUnmappedCodes(tx, caller, institution, { since, limit }, now));
        return {
            ...report,
            uscc: institution.uscc,
            since: since.toISOString(),
            codes: report.codes.map((it) => ({
                ...it,
                firstSeen: it.firstSeen.toISOString(),
                lastSeen: it.lastSeen.toISOString(),
                nearest: [...it.nearest],
            })),
        };
    });
};
