import { Type } from 'typebox';
import { transact } from '../database/client.js';
import { Problem } from '../faces/problem.js';
import { requireScope } from '../security/require-scope.js';
import { deleteRegion } from './alliance.queries.js';
import { Code } from './alliance.schema.js';
import { requireFree } from './nest-parts.js';
export const removeRegionRoute = async (app, { record }) => {
    app.delete('/regions/:code', {
        schema: {
            operationId: 'removeRegion',
            summary: 'Remove a named region',
            description: 'By the operator. Removing one that is not there changes nothing; one that is a part of another is refused with 409.',
            tags: ['Institutions'],
            params: Code,
            response: { 204: Type.Null({ description: 'It is not there any more.' }), default: Problem },
        },
    }, async (request, reply) => {
        const { caller, params } = request;
        const now = new Date();
        requireScope(caller, 'operator');
        await transact(app.db, async (tx) => {
            await requireFree(tx, 'named_regions', params.code);
            await deleteRegion(tx, params.code);
            await record(tx, caller, [{ person: 0n, action: 'D', interaction: 'removeRegion', entities: [`Region/${params.code}`] }], now);
        });
        return reply.code(204).send(null);
    });
};
