import { Type } from 'typebox';
import { Problem } from '../../faces/problem.js';
import { Failure } from '../../failure.js';
import { sizeOfNewestCheckpoint } from './checkpoint.queries.js';
import { consistencyRanges, inclusionRanges } from './merkle-tree.js';
import { hashesOver } from './prove.js';
import { Hashes, IMMUTABLE, Size } from './transparency.schema.js';
/** Proofs made ready, for those who do not want to make them of tiles. */
export const proveGrowthRoute = async (app) => {
    app.get('/consistency', {
        config: { unlogged: true },
        schema: {
            operationId: 'proveConsistency',
            summary: 'Proof that the tree has only grown',
            description: 'The hashes that lead from the root of the tree of `from` leaves to that of `to` leaves (RFC 9162, 2.1.4): whoever holds both checkpoints sees ' +
                'that everything in the older one is in the newer one, unchanged and in its place.',
            tags: ['Transparency'],
            security: [],
            querystring: Type.Object({ from: Size, to: Type.Optional(Size) }, { additionalProperties: false }),
            response: { 200: Type.Object({ from: Size, to: Size, proof: Hashes }), default: Problem },
        },
    }, async (request, reply) => {
        const newest = await sizeOfNewestCheckpoint(app.db);
        const { from, to = newest } = request.query;
        if (to > newest)
            throw beyond('to', newest);
        if (from > to)
            throw beyond('from', to);
        const proof = await hashesOver(app.db, consistencyRanges(from, to));
        if (request.query.to !== undefined)
            reply.header('cache-control', IMMUTABLE);
        return { from, to, proof: proof.map((it) => it.toString('base64')) };
    });
    app.get('/inclusion', {
        config: { unlogged: true },
        schema: {
            operationId: 'proveInclusion',
            summary: 'Proof that a leaf is in the tree',
            description: 'The hashes that lead from leaf `leaf` to the root of the tree of `size` leaves (RFC 9162, 2.1.3). For an entry of the access log with its text, ' +
                'see `/v1/access-log/{id}/proof`.',
            tags: ['Transparency'],
            security: [],
            querystring: Type.Object({ leaf: Size, size: Type.Optional(Size) }, { additionalProperties: false }),
            response: { 200: Type.Object({ leaf: Size, size: Size, proof: Hashes }), default: Problem },
        },
    }, async (request, reply) => {
        const newest = await sizeOfNewestCheckpoint(app.db);
        const { leaf, size = newest } = request.query;
        if (size > newest)
            throw beyond('size', newest);
        if (leaf >= size)
            throw beyond('leaf', size - 1);
        const proof = await hashesOver(app.db, inclusionRanges(leaf, size));
        if (request.query.size !== undefined)
            reply.header('cache-control', IMMUTABLE);
        return { leaf, size, proof: proof.map((it) => it.toString('base64')) };
    });
};
function beyond(path, most) {
    return new Failure('not-found', {
        path,
        en: most < 0 ? 'the tree has no leaf yet' : `the tree has come no further than ${most}`,
        zh: most < 0 ? '树中还没有叶节点' : `目前的树只到 ${most}`,
    });
}
