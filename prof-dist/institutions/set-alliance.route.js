import { Type } from 'typebox';
import { transact } from '../database/client.js';
import { Problem } from '../faces/problem.js';
import { requireScope } from '../security/require-scope.js';
import { Code, Members, Name, oneOf, Parts, StoredAlliance, showAlliance } from './alliance.schema.js';
import { setAlliance } from './set-alliance.js';
export const setAllianceRoute = async (app, { record }) => {
    app.put('/alliances/:code', {
        schema: {
            operationId: 'setAlliance',
            summary: 'Set a medical alliance',
            description: 'By the operator: name, members and the alliances in it are what is given here, whatever they were. Every member must be registered ' +
                'and every alliance set; an alliance that would be in itself, on however many steps, is refused.',
            tags: ['Institutions'],
            params: Code,
            body: Type.Object({ name: Name, members: Type.Optional(Members), alliances: Type.Optional(Parts) }, { additionalProperties: false, ...oneOf('members', 'alliances') }),
            response: { 200: StoredAlliance, default: Problem },
        },
    }, async (request) => {
        const { caller, params, body } = request;
        const now = new Date();
        requireScope(caller, 'operator');
        const alliance = await transact(app.db, async (tx) => {
            const { name, members = [], alliances = [] } = body;
            const set = await setAlliance(tx, { code: params.code, name, members, alliances }, now);
            await record(tx, caller, [{ person: 0n, action: 'U', interaction: 'setAlliance', entities: [`Alliance/${params.code}`] }], now);
            return set;
        });
        return showAlliance(alliance);
    });
};
