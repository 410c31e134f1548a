import { Type } from 'typebox';
import { recordAccess } from '../../access-log/record-access.js';
import { transact } from '../../database/client.js';
import { takeCsv } from '../../faces/csv-body.js';
import { JSON_TYPES } from '../../faces/media-type.rules.js';
import { Problem } from '../../faces/problem.js';
import { requireScope } from '../../security/require-scope.js';
import { EditionName, EditionSummary, shownEdition } from './edition.schema.js';
import { loadEdition } from './load-edition.js';
import { readCodeSystemEdition, readCsvEdition } from './read-edition.js';
/** Some thousand items, with every text as long as it may be. */
const BODY_LIMIT_BYTES = 4 * 1024 * 1024;
export const loadEditionRoute = async (app) => {
    app.removeAllContentTypeParsers();
    takeCsv(app, { bodyLimit: BODY_LIMIT_BYTES });
    app.addContentTypeParser([...JSON_TYPES], { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES }, (_request, body, done) => done(null, body));
    app.put('/catalogue/editions/:edition', {
        bodyLimit: BODY_LIMIT_BYTES,
        schema: {
            operationId: 'loadEdition',
            summary: 'Load an edition of the list',
            description: 'By the operator, up to 5,000 items in 4 MiB: as CSV (UTF-8, or `charset=gb18030`), whose title and day stand in the ' +
                'address, or as a FHIR CodeSystem, which says them itself. Both say the same by the same names; an export can be changed and sent ' +
                'back. Until its day begins (midnight in Beijing) an edition may be loaded again and is a new revision; from then on it is closed: ' +
                'the same content is answered 200, another one 409. All items or none: every fault is named with its row and column.',
            tags: ['Catalogue'],
            consumes: ['text/csv', 'application/fhir+json'],
            params: Type.Object({ edition: EditionName }),
            querystring: Type.Object({
                title: Type.Optional(Type.String({ maxLength: 200, description: 'What the edition is called; with CSV.', examples: ['渝中区互认目录'] })),
                effectiveFrom: Type.Optional(Type.String({ maxLength: 10, description: 'First day, Beijing time; with CSV.', examples: ['2027-01-01'] })),
            }, { additionalProperties: false }),
            response: { 200: EditionSummary, 201: EditionSummary, default: Problem },
        },
    }, async (request, reply) => {
        const { caller, params, query } = request;
        const now = new Date();
        requireScope(caller, 'operator');
        const body = request.body;
        const { head, items } = typeof body === 'string' ? readCsvEdition(params.edition, query, body) : readCodeSystemEdition(params.edition, query, body);
        const loaded = await transact(app.db, async (tx) => {
            const { edition, isNew } = await loadEdition(tx, head, items, now);
            const entities = [`CatalogueEdition/${edition.edition}/_history/${edition.revision}`];
            const action = isNew ? (edition.revision === 1 ? 'C' : 'U') : 'E';
            await recordAccess(tx, caller, [{ person: 0n, action, interaction: 'loadEdition', entities }], now);
            return { edition, isNew };
        });
        return reply.code(loaded.isNew ? 201 : 200).send(shownEdition(loaded.edition));
    });
};
