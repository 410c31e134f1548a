import { Type } from 'typebox';
import { beijingDay, readMoment } from '../../beijing-time.js';
import { answerCsv, csvStream } from '../../faces/csv-body.js';
import { Cursor, LIMIT_DEFAULT, Limit, Next } from '../../faces/page.schema.js';
import { decodeCursor, encodeCursor } from '../../faces/page-cursor.js';
import { Problem } from '../../faces/problem.js';
import { Failure } from '../../failure.js';
import { findInstitutionByUscc, findInstitutions } from '../../institutions/find-institution.js';
import { normaliseUscc } from '../../institutions/uscc.rules.js';
import { listCertificates } from './certificate.queries.js';
import { CertificateShown, showCertificate } from './certificate.schema.js';
import { LIST_COLUMNS } from './certificate-csv.js';
import { findScopesOver } from './find-scopes-over.js';
import { readScope } from './scope.rules.js';
import { placeOf, streamCertificates } from './stream-certificates.js';
const CURSOR_FORMS = [/^[\x20-\x7e]{1,40}$/, /^\d{1,9}$/, /^\d{4}-\d{2}-\d{2}$/, /^hr-[0-9a-f]{16}$/];
/** No institution has this number. */
const NOBODY = 0;
export const listCertificatesRoute = async (app) => {
    app.get('/catalogue/certificates', {
        config: { unlogged: true },
        schema: {
            operationId: 'listCertificates',
            summary: 'Quality certificates',
            description: 'What HR marks rest on, by item, institution and first day, withdrawn ones included. With `Accept: text/csv` all that the filter meets is ' +
                'streamed, whatever `limit` and `cursor` say.',
            tags: ['Catalogue'],
            produces: ['application/json', 'text/csv'],
            querystring: Type.Object({
                uscc: Type.Optional(Type.String({ maxLength: 36, description: 'Of this institution.', examples: ['12330000470051726F'] })),
                item: Type.Optional(Type.String({ minLength: 1, maxLength: 40, description: 'For this item.', examples: ['K'] })),
                at: Type.Optional(Type.String({
                    maxLength: 40,
                    description: 'Only those that hold then: a day in Beijing, or a date and time with offset.',
                    examples: ['2026-03-01'],
                })),
                covers: Type.Optional(Type.String({
                    maxLength: 80,
                    description: 'Only those whose scope has the whole of this one in it: whose marks hold everywhere there.',
                    examples: ['province:50'],
                })),
                limit: Type.Optional(Limit),
                cursor: Type.Optional(Cursor),
            }, { additionalProperties: false }),
            response: { 200: Type.Object({ certificates: Type.Array(CertificateShown), next: Next }), default: Problem },
        },
    }, async (request, reply) => {
        const { uscc, item, at, covers, limit = LIMIT_DEFAULT, cursor } = request.query;
        const after = cursor === undefined ? undefined : readPlace(cursor);
        const day = at === undefined ? undefined : readDay(at);
        const covered = covers === undefined ? undefined : readCovered(covers);
        const institution = uscc === undefined ? undefined : await findInstitutionByUscc(app.db, normaliseUscc(uscc));
        const scopes = covered && (await findScopesOver(app.db, covered));
        const filter = { institution: uscc === undefined ? undefined : (institution?.institution ?? NOBODY), item, day, scopes };
        if (request.headers.accept?.includes('text/csv')) {
            answerCsv(reply, 'certificates.csv');
            return reply.send(csvStream(LIST_COLUMNS, streamCertificates(app.db, filter)));
        }
        const rows = await listCertificates(app.db, filter, after, limit + 1);
        const page = rows.slice(0, limit);
        const institutions = await findInstitutions(app.db, [...new Set(page.map((it) => it.institution))]);
        const last = rows.length > limit ? page.at(-1) : undefined;
        return {
            certificates: page.map((it) => showCertificate(it, institutions)),
            ...(last ? { next: encodeCursor(placeOf(last).map(String)) } : {}),
        };
    });
};
function readPlace(cursor) {
    const [item = '', institution = '', validFrom = '', id = ''] = decodeCursor(cursor, CURSOR_FORMS);
    // A day that looks like one and is none would be refused by the database.
    if (!readMoment(validFrom))
        decodeCursor('', CURSOR_FORMS);
    return [item, Number(institution), validFrom, id];
}
function readDay(text) {
    const moment = readMoment(text);
    if (moment)
        return beijingDay(moment);
    throw new Failure('parameter-invalid', {
        path: 'at',
        en: 'takes a day as in 2026-03-01, or a time as in 2026-03-01T08:00:00+08:00 (write + as %2B)',
        zh: '应为 2026-03-01 形式的日期，或 2026-03-01T08:00:00+08:00 形式的时间（+ 须写作 %2B）',
    });
}
function readCovered(text) {
    const scope = readScope(text);
    if (scope)
        return scope;
    throw new Failure('parameter-invalid', {
        path: 'covers',
        en: 'takes a scope: nation, province:50, city:4201, district:500112, region:<code> or alliance:<code>',
        zh: '应为范围：nation、province:50、city:4201、district:500112、region:代码 或 alliance:代码',
    });
}
