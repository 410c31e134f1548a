import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { requirePatientName } from '../access-log/patient-query.rules.ts';
import { decodeCursor, encodeCursor } from '../faces/page-cursor.ts';
import { Problem } from '../faces/problem.ts';
import { requireScope } from '../security/require-scope.ts';
import { ConsentView } from './consent.schema.ts';
import { listConsents } from './list-consents.ts';

const CURSOR = [/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, /^\d{1,19}$/];

export const listConsentsRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/consents',
    {
      schema: {
        operationId: 'listConsents',
        summary: 'Consents of one patient',
        description:
          'Those the calling institution recorded, and the permits by which it may look; the latest first. An unknown patient has none.',
        tags: ['Consent'],
        querystring: Type.Object(
          {
            'patient.identifier': Type.Optional(
              Type.String({ maxLength: 400, description: '`system|value`.', examples: ['urn:oid:2.16.156.10011.1.3|500103199001011231'] }),
            ),
            patient: Type.Optional(Type.String({ maxLength: 80, description: 'Id of a Patient, in place of the identifier.' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50, description: 'Rows of a page.' })),
            cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 500, description: '`next` of the page before.' })),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            consents: Type.Array(ConsentView),
            next: Type.Optional(Type.String({ description: 'Cursor of the next page; absent on the last one.' })),
          }),
          default: Problem,
        },
      },
    },
    async (request) => {
      const { caller, query } = request;
      requireScope(caller, 'system/Consent.s');

      const patient = requirePatientName(query.patient, query['patient.identifier']);
      const [recordedAt, id] = query.cursor === undefined ? [] : decodeCursor(query.cursor, CURSOR);
      const after = recordedAt && id ? { recordedAt: new Date(recordedAt), id: BigInt(id) } : undefined;
      const page = await listConsents(app.db, app.accessLog, caller, patient, { after, limit: query.limit ?? 50 }, new Date());

      return {
        consents: [...page.consents],
        ...(page.next ? { next: encodeCursor([page.next.recordedAt.toISOString(), String(page.next.id)]) } : {}),
      };
    },
  );
};
