import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Problem } from '../../faces/problem.ts';
import { Failure } from '../../failure.ts';
import { selectRuleSet } from './rule-set.queries.ts';
import { RuleSetCode, RuleSetShown, showRuleSet } from './rule-set.schema.ts';

export const showRuleSetRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/catalogue/rules/:code',
    {
      config: { unlogged: true },
      schema: {
        operationId: 'showRuleSet',
        summary: 'A region’s rules of recognition',
        description: 'The latest version, or the one a check names: `chongqing.2` is version 2 of `chongqing`. For every caller.',
        tags: ['Catalogue'],
        params: Type.Object({ code: RuleSetCode }),
        querystring: Type.Object(
          { version: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'Number of a version.' })) },
          { additionalProperties: false },
        ),
        response: { 200: RuleSetShown, default: Problem },
      },
    },
    async (request) => {
      const ruleSet = await selectRuleSet(app.db, request.params.code, request.query.version);
      if (!ruleSet) throw new Failure('not-found', { path: 'code', en: 'there are no such rules', zh: '没有该规则或该版本' });

      return showRuleSet(ruleSet);
    },
  );
};
