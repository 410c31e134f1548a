import { Type } from 'typebox';
import { Problem } from '../../faces/problem.js';
import { readLogKeys } from './checkpoint.queries.js';
export const listLogKeysRoute = async (app) => {
    app.get('/keys', {
        config: { unlogged: true },
        schema: {
            operationId: 'listLogKeys',
            summary: 'The keys that signed checkpoints',
            description: 'One a line, the first first: `<name>+<id>+<type and public key>` (C2SP signed-note). Every key that ever signed is among them. An auditor takes ' +
                'the key once over another way and keeps it: from whoever could forge the log, its keys prove nothing.',
            tags: ['Transparency'],
            security: [],
            produces: ['text/plain'],
            response: { 200: Type.String({ description: 'A key a line.' }), default: Problem },
        },
    }, async (_request, reply) => {
        const keys = await readLogKeys(app.db);
        reply.header('cache-control', 'public, max-age=60').type('text/plain; charset=utf-8');
        return reply.send(keys.map((it) => `${it}\n`).join(''));
    });
};
