import { Type } from 'typebox';
import { Problem } from '../../faces/problem.js';
import { auditReach } from '../audit-reach.js';
import { AccessProof } from './access-proof.schema.js';
import { proofText, proveAccess } from './prove-access.js';
export const proveAccessRoute = async (app) => {
    app.get('/access-log/:id/proof', {
        schema: {
            operationId: 'proveAccess',
            summary: 'Proof that an entry stands in the tree',
            description: 'The text that was committed to with its salt, its leaf, the hashes up to the root and the checkpoint that signs it: all that is needed to verify ' +
                'off line, also after the entry has been pruned here. For whoever may read the entry; an institution gets text and salt only of entries that name ' +
                'the person to it. With `Accept: text/plain` as a C2SP tlog-proof. 503 with Retry-After for an entry of this moment that has no place yet.',
            tags: ['Access log'],
            produces: ['application/json', 'text/plain'],
            params: Type.Object({ id: Type.String({ maxLength: 64, description: 'Id of the entry.' }) }),
            response: { 200: AccessProof, default: Problem },
        },
    }, async (request, reply) => {
        const { caller, params, headers } = request;
        const reach = auditReach(caller, 'r');
        const proof = await proveAccess(app.db, app.accessLog, caller, params.id, reach, new Date());
        if (!headers.accept?.includes('text/plain'))
            return proof;
        return reply
            .type('text/plain; charset=utf-8')
            .serializer(String)
            .send(proofText(proof));
    });
};
