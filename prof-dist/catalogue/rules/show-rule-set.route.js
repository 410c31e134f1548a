import { Type } from 'typebox';
import { Problem } from '../../faces/problem.js';
import { Failure } from '../../failure.js';
import { selectRuleSet } from './rule-set.queries.js';
import { RuleSetShown, showRuleSet } from './rule-set.schema.js';
const RuleSetName = Type.String({
    pattern: '^[a-z0-9][a-z0-9-]{0,63}(\\.[1-9][0-9]{0,8})?$',
    description: 'Code of the rules, or the name of a version of them.',
    examples: ['chongqing', 'chongqing.2'],
});
export const showRuleSetRoute = async (app) => {
    app.get('/catalogue/rules/:code', {
        config: { unlogged: true },
        schema: {
            operationId: 'showRuleSet',
            summary: 'A region’s rules of recognition',
            description: 'The latest version; or one of them, by the name that a check gives it (`chongqing.2` is version 2 of `chongqing`) or by `version`. For every caller.',
            tags: ['Catalogue'],
            params: Type.Object({ code: RuleSetName }),
            querystring: Type.Object({ version: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'Number of a version.' })) }, { additionalProperties: false }),
            response: { 200: RuleSetShown, default: Problem },
        },
    }, async (request) => {
        const [code = '', named] = request.params.code.split('.');
        const ruleSet = await selectRuleSet(app.db, code, named === undefined ? request.query.version : Number(named));
        if (!ruleSet)
            throw new Failure('not-found', { path: 'code', en: 'there are no such rules', zh: '没有该规则或该版本' });
        return showRuleSet(ruleSet);
    });
};
