import { Type } from 'typebox';
import { transact } from '../../database/client.js';
import { Problem } from '../../faces/problem.js';
import { requireScope } from '../../security/require-scope.js';
import { RuleSetCode, RuleSetShown, Rules, showRuleSet } from './rule-set.schema.js';
import { setRuleSet } from './set-rule-set.js';
export const setRuleSetRoute = async (app) => {
    app.put('/catalogue/rules/:code', {
        schema: {
            operationId: 'setRuleSet',
            summary: 'Set a region’s rules of recognition',
            description: 'By the operator. What differs from the latest version is a new one (201), which holds at once wherever the rules are assigned; the same ' +
                'again makes none (200). A version never changes, since checks name it. Every fault is told with its place.',
            tags: ['Catalogue'],
            params: Type.Object({ code: RuleSetCode }),
            body: Rules,
            response: { 200: RuleSetShown, 201: RuleSetShown, default: Problem },
        },
    }, async (request, reply) => {
        const { caller, params, body } = request;
        requireScope(caller, 'operator');
        const { isNew, stored } = await transact(app.db, (tx) => setRuleSet(tx, caller, params.code, body, new Date()));
        return reply.code(isNew ? 201 : 200).send(showRuleSet(stored));
    });
};
