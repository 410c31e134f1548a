import { Type } from 'typebox';
import { transact } from '../../database/client.js';
import { Problem } from '../../faces/problem.js';
import { takeCosignatures } from './take-cosignatures.js';
const BODY_LIMIT_BYTES = 16 * 1024;
/** What a witness says about a checkpoint: https://c2sp.org/tlog-cosignature */
export const takeCosignaturesRoute = async (app) => {
    app.addContentTypeParser('text/plain', { parseAs: 'string', bodyLimit: BODY_LIMIT_BYTES }, (_request, body, done) => done(null, body));
    app.post('/cosignatures', {
        config: { unlogged: true },
        bodyLimit: BODY_LIMIT_BYTES,
        schema: {
            operationId: 'takeCosignatures',
            summary: 'Hand in the cosignature of a witness',
            description: 'The checkpoint as it was served, with the cosignature of a registered witness behind (cosignature/v1). Without a token: the signature says who it ' +
                'is. For any size that was signed here; sent again it changes nothing. From then on `/audit-log/checkpoint` shows it.',
            tags: ['Transparency'],
            security: [],
            consumes: ['text/plain'],
            body: Type.String({ maxLength: BODY_LIMIT_BYTES, description: 'A signed note.' }),
            response: {
                200: Type.Object({
                    taken: Type.Array(Type.Object({
                        witness: Type.String({ description: 'Its key.' }),
                        time: Type.Integer({ description: 'Seconds since 1970.' }),
                    })),
                }),
                default: Problem,
            },
        },
    }, async (request) => {
        const taken = await transact(app.db, (tx) => takeCosignatures(tx, request.body, new Date()));
        return { taken: taken.map(({ key, time = 0 }) => ({ witness: key.vkey, time })) };
    });
};
