import { Type } from 'typebox';
import { hasTag } from '../faces/entity-tags.js';
import { fhirFailures, Resource, SubsetQuery } from '../fhir/schemas.js';
import { subsetText } from '../fhir/subset.js';
import { readSubsetWish } from '../fhir/subset-wish.js';
import { invalid } from './operation-input.js';
import { MODES, Statements } from './statements.js';
/** FHIR capabilities interaction, without a token: https://hl7.org/fhir/R4/http.html#capabilities */
export const metadataRoute = async (app, speaker) => {
    const statements = new Statements(app.definitions, speaker);
    app.get('/metadata', {
        schema: {
            operationId: 'showCapabilities',
            summary: 'What this server does (CapabilityStatement)',
            description: 'Which types, interactions, search parameters, profiles and operations there are; without a token. With `mode=terminology` the ' +
                'TerminologyCapabilities. With `_summary` or `_elements` a part of it.',
            tags: ['FHIR'],
            produces: ['application/fhir+json'],
            security: [],
            querystring: Type.Interface([SubsetQuery], {
                mode: Type.Optional(Type.String({ enum: [...MODES], description: 'full, normative or terminology.' })),
            }),
            headers: Type.Object({ 'If-None-Match': Type.Optional(Type.String({ description: '304 where nothing has changed.' })) }),
            response: { 200: Resource, 304: Type.Null({ description: 'The caller has it already.' }), ...fhirFailures },
        },
    }, async (request, reply) => {
        const mode = MODES.find((it) => it === (request.query.mode ?? 'full'));
        if (!mode)
            throw invalid('mode', `takes one of ${MODES.join(', ')}`, `应为 ${MODES.join('、')} 之一`);
        const wish = readSubsetWish(new URLSearchParams(request.url.split('?')[1]));
        await app.definitions.renewIfPossible(new Date());
        const { text, tag } = statements.of(mode);
        reply.header('etag', tag).header('cache-control', 'no-cache');
        return hasTag(request.headers['if-none-match'], tag) ? reply.code(304).send() : reply.send(wish ? subsetText(text, wish) : text);
    });
};
