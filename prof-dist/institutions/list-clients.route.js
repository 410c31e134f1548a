import { Type } from 'typebox';
import { Cursor, LIMIT_DEFAULT, Limit, Next } from '../faces/page.schema.js';
import { decodeCursor, encodeCursor, MOMENT_PART } from '../faces/page-cursor.js';
import { Problem } from '../faces/problem.js';
import { findClients } from '../security/find-clients.js';
import { requireScope } from '../security/require-scope.js';
import { StoredClient, showClient, Uscc } from './client.schema.js';
import { findInstitutions } from './find-institution.js';
import { requireInstitution } from './require-institution.js';
const ID = /^[!-~]{1,64}$/;
export const listClientsRoute = async (app) => {
    app.get('/clients', {
        config: { unlogged: true },
        schema: {
            operationId: 'listClients',
            summary: 'List the calling systems',
            description: 'By the operator, in the order of their registration; removed ones too.',
            tags: ['Clients'],
            querystring: Type.Object({
                institution: Type.Optional(Uscc),
                limit: Type.Optional(Limit),
                cursor: Type.Optional(Cursor),
            }, { additionalProperties: false }),
            response: {
                200: Type.Object({
                    clients: Type.Array(StoredClient),
                    next: Next,
                }),
                default: Problem,
            },
        },
    }, async (request) => {
        const { caller, query } = request;
        const { limit = LIMIT_DEFAULT } = query;
        requireScope(caller, 'operator');
        const [time, id] = query.cursor === undefined ? [] : decodeCursor(query.cursor, [MOMENT_PART, ID]);
        const institution = query.institution === undefined ? undefined : await requireInstitution(app.db, query.institution, 'institution');
        const filter = {
            ...(institution && { institution: institution.institution }),
            ...(time && id && { after: { registeredAt: new Date(time), id } }),
        };
        const rows = await findClients(app.db, filter, limit + 1);
        const page = rows.slice(0, limit);
        const institutions = await findInstitutions(app.db, [...new Set(page.map((it) => it.institution))]);
        const last = rows.length > limit ? page.at(-1) : undefined;
        return {
            clients: page.map((it) => showClient(it, institutions.get(it.institution))),
            ...(last && { next: encodeCursor([last.registeredAt.toISOString(), last.id]) }),
        };
    });
};
