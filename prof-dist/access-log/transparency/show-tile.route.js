import { Type } from 'typebox';
import { hasTag } from '../../faces/entity-tags.js';
import { Problem } from '../../faces/problem.js';
import { Failure } from '../../failure.js';
import { readBundle } from './read-bundle.js';
import { readTiles } from './read-tiles.js';
import { requireTile } from './require-tile.js';
import { parseLevel, parseTilePath } from './tile.rules.js';
import { HELD, IMMUTABLE } from './transparency.schema.js';
const PATH = Type.String({
    maxLength: 64,
    description: 'Index of the tile in threes of digits, all but the last with an `x` before; `.p/<width>` for one that was not full.',
    examples: ['x001/x234/067', '003.p/17'],
});
const BYTES = Type.Unsafe({ type: 'string', format: 'binary', description: 'The bytes.' });
const HEADERS = Type.Object({ 'If-None-Match': Type.Optional(Type.String({ description: '304 where the caller has it already.' })) });
/** The tree and its leaves in tiles: https://c2sp.org/tlog-tiles */
export const showTileRoute = async (app) => {
    app.get('/tile/:level/*', {
        config: { unlogged: true },
        schema: {
            operationId: 'showTile',
            summary: 'Hashes of the tree',
            description: 'Up to 256 hashes of 32 bytes side by side (C2SP tlog-tiles): at level 0 of leaves, above it the roots of the full tiles below. Whoever has ' +
                'the tiles can make every proof. A tile never changes; every width it has had while it grew stays. 404 beyond the newest checkpoint.',
            tags: ['Transparency'],
            security: [],
            produces: ['application/octet-stream'],
            headers: HEADERS,
            params: Type.Object({ level: Type.String({ maxLength: 2, description: '0 to 63.' }), '*': PATH }),
            response: { 200: BYTES, 304: HELD, default: Problem },
        },
    }, async (request, reply) => {
        const { level: text, '*': path } = request.params;
        const [level, place] = [parseLevel(text), parseTilePath(path)];
        if (level === undefined || !place)
            throw misspelt();
        const tile = { level, ...place };
        await requireTile(app.db, tile);
        const tag = `"${level}-${tile.index}-${tile.width}"`;
        reply.header('etag', tag).header('cache-control', IMMUTABLE).type('application/octet-stream');
        if (hasTag(request.headers['if-none-match'], tag))
            return reply.code(304).send(null);
        const [hashes = []] = await readTiles(app.db, [tile]);
        return reply.send(Buffer.concat(hashes));
    });
    app.get('/tile/entries/*', {
        config: { unlogged: true },
        schema: {
            operationId: 'showEntryBundle',
            summary: 'Leaves of the tree',
            description: 'What up to 256 leaves are the hashes of (C2SP tlog-tiles, entry bundles): each the length in two bytes, 32, and the salted commitment to an ' +
                'entry of the access log. It says nothing about anybody: the entry and its salt are known only to those who may see the entry.',
            tags: ['Transparency'],
            security: [],
            produces: ['application/octet-stream'],
            headers: HEADERS,
            params: Type.Object({ '*': PATH }),
            response: { 200: BYTES, 304: HELD, default: Problem },
        },
    }, async (request, reply) => {
        const place = parseTilePath(request.params['*']);
        if (!place)
            throw misspelt();
        await requireTile(app.db, { level: 0, ...place });
        const tag = `"entries-${place.index}-${place.width}"`;
        reply.header('etag', tag).header('cache-control', IMMUTABLE).type('application/octet-stream');
        if (hasTag(request.headers['if-none-match'], tag))
            return reply.code(304).send(null);
        return reply.send(await readBundle(app.db, place));
    });
};
function misspelt() {
    return new Failure('parameter-invalid', {
        path: 'url',
        en: 'is no address of a tile; they are written like tile/0/x001/234 or tile/entries/003.p/17',
        zh: '不是有效的 tile 地址；正确写法如 tile/0/x001/234 或 tile/entries/003.p/17',
    });
}
