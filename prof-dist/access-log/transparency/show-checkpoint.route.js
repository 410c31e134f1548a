import { Type } from 'typebox';
import { hasTag } from '../../faces/entity-tags.js';
import { Problem } from '../../faces/problem.js';
import { Failure } from '../../failure.js';
import { findCheckpoint, findNewestCheckpoint } from './checkpoint.queries.js';
import { withCosignatures } from './checkpoint.rules.js';
import { HELD, Size } from './transparency.schema.js';
/** The checkpoint of the tree: https://c2sp.org/tlog-checkpoint */
export const showCheckpointRoute = async (app) => {
    app.get('/checkpoint', {
        config: { unlogged: true },
        schema: {
            operationId: 'showCheckpoint',
            summary: 'The signed head of the tree',
            description: 'How many entries have a place in the tree and the root over them, signed by the keys of the log (C2SP tlog-checkpoint), with the ' +
                'cosignatures of witnesses behind. An auditor who keeps it can prove later that nothing before it was changed. The newest one, or with ' +
                '`size` the one of that size, or with `witnesses` the newest that so many witnesses stand for; 404 where there is none.',
            tags: ['Transparency'],
            security: [],
            produces: ['text/plain'],
            querystring: Type.Object({
                size: Type.Optional(Size),
                witnesses: Type.Optional(Type.Integer({ minimum: 0, maximum: 64, description: 'Witnesses that stand for it, at least.' })),
            }, { additionalProperties: false }),
            response: { 200: Type.String({ description: 'A signed note.' }), 304: HELD, default: Problem },
        },
    }, async (request, reply) => {
        const { size, witnesses } = request.query;
        const found = size === undefined ? await findNewestCheckpoint(app.db, witnesses) : await findCheckpoint(app.db, size);
        if (!found || found.cosignatures.length < (witnesses ?? 0)) {
            throw new Failure('not-found', { en: 'no such checkpoint was signed', zh: '没有签署过这样的检查点' });
        }
        const tag = `"${found.size}-${found.cosignatures.length}"`;
        reply.header('etag', tag).header('cache-control', 'public, max-age=2').type('text/plain; charset=utf-8');
        if (hasTag(request.headers['if-none-match'], tag))
            return reply.code(304).send(null);
        return reply.send(withCosignatures(found.note, found.cosignatures));
    });
};
