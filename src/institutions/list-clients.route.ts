import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { decodeCursor, encodeCursor } from '../faces/page-cursor.ts';
import { Problem } from '../faces/problem.ts';
import { findClients } from '../security/find-clients.ts';
import { requireScope } from '../security/require-scope.ts';
import { StoredClient, showClient, Uscc } from './client.schema.ts';
import { findInstitutions } from './find-institution.ts';
import { requireInstitution } from './require-institution.ts';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const ID = /^[!-~]{1,64}$/;

export const listClientsRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/clients',
    {
      config: { unlogged: true },
      schema: {
        operationId: 'listClients',
        summary: 'List the calling systems',
        description: 'By the operator, in the order of their registration; removed ones too.',
        tags: ['Clients'],
        querystring: Type.Object(
          {
            institution: Type.Optional(Uscc),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50, description: 'Rows of a page.' })),
            cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 500, description: '`next` of the page before.' })),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            clients: Type.Array(StoredClient),
            next: Type.Optional(Type.String({ description: 'Cursor of the next page; absent on the last one.' })),
          }),
          default: Problem,
        },
      },
    },
    async (request) => {
      const { caller, query } = request;
      const { limit = 50 } = query;
      requireScope(caller, 'operator');
      const [time, id] = query.cursor === undefined ? [] : decodeCursor(query.cursor, [TIME, ID]);

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
    },
  );
};
