import { Type } from 'typebox';
import { requirePatientName } from '../access-log/patient-query.rules.js';
import { Cursor, LIMIT_DEFAULT, Limit, Next } from '../faces/page.schema.js';
import { decodePlace } from '../faces/page-cursor.js';
import { Problem } from '../faces/problem.js';
import { requireScope } from '../security/require-scope.js';
import { ConsentView } from './consent.schema.js';
import { listConsents } from './list-consents.js';
export const listConsentsRoute = async (app) => {
    app.get('/consents', {
        schema: {
            operationId: 'listConsents',
            summary: 'Consents of one patient',
            description: 'Those the calling institution recorded, and the permits by which it may look; the latest first. An unknown patient has none.',
            tags: ['Consent'],
            querystring: Type.Object({
                'patient.identifier': Type.Optional(Type.String({ maxLength: 400, description: '`system|value`.', examples: ['urn:oid:2.16.156.10011.1.3|500103199001011231'] })),
                patient: Type.Optional(Type.String({ maxLength: 80, description: 'Id of a Patient, in place of the identifier.' })),
                limit: Type.Optional(Limit),
                cursor: Type.Optional(Cursor),
            }, { additionalProperties: false }),
            response: {
                200: Type.Object({
                    consents: Type.Array(ConsentView),
                    next: Next,
                }),
                default: Problem,
            },
        },
    }, async (request) => {
        const { caller, query } = request;
        requireScope(caller, 'system/Consent.s');
        const patient = requirePatientName(query.patient, query['patient.identifier']);
        const page = { after: decodePlace(query.cursor), limit: query.limit ?? LIMIT_DEFAULT };
        const { consents, next } = await listConsents(app.db, app.accessLog, caller, patient, page, new Date());
        return { consents: [...consents], ...(next === undefined ? {} : { next }) };
    });
};
