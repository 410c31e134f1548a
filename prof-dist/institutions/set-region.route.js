import { Type } from 'typebox';
import { transact } from '../database/client.js';
import { Problem } from '../faces/problem.js';
import { requireScope } from '../security/require-scope.js';
import { Code, Divisions, Name, oneOf, Parts, StoredRegion, showRegion } from './alliance.schema.js';
import { setRegion } from './set-region.js';
export const setRegionRoute = async (app, { record }) => {
    app.put('/regions/:code', {
        schema: {
            operationId: 'setRegion',
            summary: 'Set a named region',
            description: 'By the operator: name, divisions and the regions in it are what is given here, whatever they were. Every region in it must be set; a ' +
                'region that would be in itself, on however many steps, is refused.',
            tags: ['Institutions'],
            params: Code,
            body: Type.Object({ name: Name, divisions: Type.Optional(Divisions), regions: Type.Optional(Parts) }, { additionalProperties: false, ...oneOf('divisions', 'regions') }),
            response: { 200: StoredRegion, default: Problem },
        },
    }, async (request) => {
        const { caller, params, body } = request;
        const now = new Date();
        requireScope(caller, 'operator');
        const region = await transact(app.db, async (tx) => {
            const { name, divisions = [], regions = [] } = body;
            const set = await setRegion(tx, { code: params.code, name, divisions, regions }, now);
            await record(tx, caller, [{ person: 0n, action: 'U', interaction: 'setRegion', entities: [`Region/${params.code}`] }], now);
            return set;
        });
        return showRegion(region);
    });
};
