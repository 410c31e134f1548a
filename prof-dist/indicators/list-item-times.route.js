import { Type } from 'typebox';
import { readMoment } from '../beijing-time.js';
import { transact } from '../database/client.js';
import { Cursor, LIMIT_DEFAULT, Limit, Next } from '../faces/page.schema.js';
import { decodeCursor, encodeCursor } from '../faces/page-cursor.js';
import { Problem } from '../faces/problem.js';
import { ItemTimeShown } from './indicators.schema.js';
import { readItemTimes } from './list-item-times.js';
import { INDICATOR_FILTER } from './read-indicator-filter.js';
/** Day, institution, visit, item and source of the last row. */
const CURSOR_FORMS = [/^\d{4}-\d{2}-\d{2}$/, /^\d{1,9}$/, /^\d{1,9}$/, /^[^\p{C}]{0,200}$/u, /^\d{1,9}$/];
export const listItemTimesRoute = async (app) => {
    app.get('/indicators/item-times', {
        config: { work: 'report' },
        schema: {
            operationId: 'listItemTimes',
            summary: 'What the indicators are made of',
            description: 'The item-times (项次), by day. With the same filter they add up to the indicators. Nothing of them tells whose visit it was. They name doctors: an institution ' +
                'sees those of its own, with `audit.read` all are seen.',
            tags: ['Indicators'],
            querystring: Type.Object({ ...INDICATOR_FILTER, limit: Type.Optional(Limit), cursor: Type.Optional(Cursor) }, { additionalProperties: false }),
            response: { 200: Type.Object({ itemTimes: Type.Array(ItemTimeShown), next: Next }), default: Problem },
        },
    }, async (request) => {
        const { caller } = request;
        const { limit = LIMIT_DEFAULT, cursor, ...texts } = request.query;
        const after = cursor === undefined ? undefined : placeOf(decodeCursor(cursor, CURSOR_FORMS));
        const { itemTimes, last } = await transact(app.reportDb, (tx) => readItemTimes(tx, caller, texts, { after, limit }, new Date()));
        return { itemTimes: [...itemTimes], ...(last ? { next: encodeCursor(wordsOf(last)) } : {}) };
    });
};
/** A day that is in no calendar comes after all others. */
function placeOf([day = '', institution, visit, item = '', source]) {
    return {
        day: readMoment(day) ? day : '9999-12-31',
        institution: Number(institution),
        visit: Number(visit),
        item,
        source: Number(source),
    };
}
function wordsOf({ day, institution, visit, item, source }) {
    return [day, String(institution), String(visit), item, String(source)];
}
