import { Type } from 'typebox';
import { answerCsv } from '../../faces/csv-body.js';
import { Cursor, LIMIT_DEFAULT, Limit, Next } from '../../faces/page.schema.js';
import { decodeCursor, encodeCursor } from '../../faces/page-cursor.js';
import { Problem } from '../../faces/problem.js';
import { conceptMapOf } from './concept-map.rules.js';
import { findRevision, listMappings } from './mapping.queries.js';
import { RevisionMembers, StoredMapping, Uscc } from './mapping.schema.js';
import { mappingCsv } from './mapping-csv.js';
import { mappingHolder } from './mapping-holder.js';
/** Revision, and the row the page before ended with. Pages are of one revision, whatever is loaded meanwhile. */
const CURSOR_FORMS = [/^\d{1,9}$/, /^\S{1,255}$/u, /^[^\p{C}]{1,128}$/u, /^[\x21-\x7e]{0,40}$/];
export const listMappingsRoute = async (app) => {
    app.get('/catalogue/mappings', {
        config: { unlogged: true },
        schema: {
            operationId: 'listMappings',
            summary: 'Mappings of an institution',
            description: 'What local codes mean in items of the catalogue, by system, code and item: the newest revision of the caller’s own institution; of any ' +
                'institution for the operator. With `Accept: text/csv` or `application/fhir+json` all of them as CSV or as a ConceptMap, which may be sent back as they are.',
            tags: ['Catalogue'],
            produces: ['application/json', 'text/csv', 'application/fhir+json'],
            querystring: Type.Object({ uscc: Type.Optional(Uscc), limit: Type.Optional(Limit), cursor: Type.Optional(Cursor) }, { additionalProperties: false }),
            response: {
                200: Type.Object({ ...RevisionMembers, mappings: Type.Array(StoredMapping), next: Next }),
                default: Problem,
            },
        },
    }, async (request, reply) => {
        const { caller, query, headers } = request;
        const { limit = LIMIT_DEFAULT, cursor } = query;
        const [pageRevision, ...place] = cursor === undefined ? [] : decodeCursor(cursor, CURSOR_FORMS);
        const { institution, uscc, name } = await mappingHolder(app.db, caller, query.uscc);
        const load = await findRevision(app.db, institution, pageRevision === undefined ? undefined : Number(pageRevision));
        const { revision = 0, mappings: count = 0 } = load ?? {};
        const accept = headers.accept ?? '';
        if (accept.includes('text/csv')) {
            const csv = mappingCsv(await listMappings(app.db, institution, revision));
            answerCsv(reply, `mappings-${uscc}.csv`);
            return reply.send(csv);
        }
        if (accept.includes('application/fhir+json')) {
            const map = conceptMapOf({ uscc, name, revision }, await listMappings(app.db, institution, revision));
            return reply.type('application/fhir+json; charset=utf-8').send(JSON.stringify(map));
        }
        const after = cursor === undefined ? undefined : place;
        const rows = await listMappings(app.db, institution, revision, { after, limit: limit + 1 });
        const page = rows.slice(0, limit);
        const last = rows.length > limit ? page.at(-1) : undefined;
        return {
            uscc,
            revision,
            loadedAt: load?.loadedAt.toISOString() ?? null,
            count,
            mappings: page.map((it) => ({ ...it })),
            ...(last ? { next: encodeCursor([String(revision), last.system, last.code, last.item ?? '']) } : {}),
        };
    });
};
