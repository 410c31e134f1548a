import { Type } from 'typebox';
import { transact } from '../../database/client.js';
import { takeCsv } from '../../faces/csv-body.js';
import { Problem } from '../../faces/problem.js';
import { Failure } from '../../failure.js';
import { RevisionMembers, SentMappings, Uscc } from './mapping.schema.js';
import { readMappingCsv } from './mapping-csv.js';
import { mappingsOfConceptMap, mappingsOfJson } from './read-mappings.js';
import { replaceMappingsBy } from './replace-mappings-by.js';
export const replaceMappingsRoute = async (app) => {
    takeCsv(app);
    app.addContentTypeParser('application/fhir+json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    app.put('/catalogue/mappings', {
        schema: {
            operationId: 'replaceMappings',
            summary: 'Replace the mappings of an institution',
            description: 'What the local codes of an institution mean in items of the catalogue, many to many: all of its mappings at once, by the institution ' +
                'itself or by the operator. As JSON, as CSV with the header system,code,display,item,equivalence,comment (UTF-8, or `charset=gb18030`), or as a FHIR ConceptMap (R4) with ' +
                'the target https://tongjian.example/fhir/CodeSystem/item; all three say the same. Each load is a new revision; the same mappings ' +
                'again change nothing. All rows or none: every faulty one is told with its row and column, or its path.',
            tags: ['Catalogue'],
            consumes: ['application/json', 'text/csv', 'application/fhir+json'],
            querystring: Type.Object({ uscc: Type.Optional(Uscc) }, { additionalProperties: false }),
            body: {
                content: {
                    'application/json': { schema: SentMappings },
                    'text/csv': { schema: Type.String({ description: 'CSV with a header line.' }) },
                    'application/fhir+json': { schema: Type.Any({ description: 'A ConceptMap of FHIR R4.' }) },
                },
            },
            response: {
                200: Type.Object({
                    ...RevisionMembers,
                    changed: Type.Boolean({ description: 'Whether this made a new revision.' }),
                }),
                default: Problem,
            },
        },
    }, async (request) => {
        const { caller, query, body } = request;
        const sent = sentBy(body, request.headers['content-type'] ?? '');
        const { institution, load } = await transact(app.db, (tx) => replaceMappingsBy(tx, caller, query.uscc, sent, new Date()));
        const { revision, loadedAt, mappings, changed } = load;
        return { uscc: institution.uscc, revision, loadedAt: loadedAt.toISOString(), count: mappings, changed };
    });
};
/** The mappings of a body as its parser left it: CSV is text, a ConceptMap bytes, JSON has passed its schema. Other types have none here. */
function sentBy(body, contentType) {
    const type = contentType.split(';')[0]?.trim().toLowerCase();
    if (typeof body === 'string' && type === 'text/csv')
        return readMappingCsv(body);
    if (Buffer.isBuffer(body))
        return mappingsOfConceptMap(body);
    if (type === 'application/json')
        return mappingsOfJson(body);
    throw new Failure('media-type-unsupported', {
        path: 'Content-Type',
        en: 'mappings are sent as application/json, text/csv or application/fhir+json',
        zh: '对照关系应以 application/json、text/csv 或 application/fhir+json 提交',
    });
}
