import { Type } from 'typebox';
import { transact } from '../../database/client.js';
import { Problem } from '../../faces/problem.js';
import { requireScope } from '../../security/require-scope.js';
import { recordAccess } from '../record-access.js';
import { setWitnesses, takenOf } from './set-witnesses.js';
import { readWitnesses } from './witness.queries.js';
const Witnesses = Type.Object({
    witnesses: Type.Array(Type.Object({ key: Type.String(), since: Type.String({ description: 'UTC.', examples: ['2026-03-01T01:30:00.000Z'] }) })),
});
/** Whose cosignatures stand under the checkpoints of the log: https://c2sp.org/tlog-cosignature */
export const setWitnessesRoute = async (app) => {
    app.put('/audit-log/witnesses', {
        schema: {
            operationId: 'setWitnesses',
            summary: 'Set the witnesses of the log',
            description: 'By the operator: cosignatures of these keys are taken from now on, and of no others. A witness is somebody else, another region’s exchange or an ' +
                'auditor, who keeps the newest checkpoint it saw and signs only what grew from it; what it signed cannot be denied later.',
            tags: ['Access log'],
            body: Type.Object({
                witnesses: Type.Array(Type.String({ maxLength: 512, description: '`<name>+<id>+<base64>` of the type cosignature/v1 (C2SP signed-note).' }), { maxItems: 16 }),
            }, { additionalProperties: false }),
            response: { 200: Witnesses, default: Problem },
        },
    }, async (request) => {
        const { caller, body } = request;
        const now = new Date();
        requireScope(caller, 'operator');
        const taken = await transact(app.db, async (tx) => {
            const set = await setWitnesses(tx, body.witnesses, caller.client, now);
            await recordAccess(tx, caller, [{ person: 0n, action: 'U', interaction: 'setWitnesses', entities: [] }], now);
            return set;
        });
        return shown(taken);
    });
    app.get('/audit-log/witnesses', {
        config: { unlogged: true },
        schema: {
            operationId: 'listWitnesses',
            summary: 'The witnesses of the log',
            description: 'The keys whose cosignatures are taken. For every caller.',
            tags: ['Access log'],
            response: { 200: Witnesses, default: Problem },
        },
    }, async () => shown(takenOf(await readWitnesses(app.db))));
};
function shown(rows) {
    return { witnesses: rows.map((it) => ({ key: it.vkey, since: it.setAt.toISOString() })) };
}
