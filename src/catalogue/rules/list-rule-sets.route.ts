import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Problem } from '../../faces/problem.ts';
import { listRuleSets } from './rule-set.queries.ts';
import { RuleSetListed } from './rule-set.schema.ts';
import { versionName } from './rule-set.ts';

export const listRuleSetsRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/catalogue/rules',
    {
      config: { unlogged: true },
      schema: {
        operationId: 'listRuleSets',
        summary: 'Rules of recognition of all regions',
        description: 'Each with its versions. For every caller.',
        tags: ['Catalogue'],
        response: { 200: Type.Object({ rules: Type.Array(RuleSetListed) }), default: Problem },
      },
    },
    async () => {
      const rows = await listRuleSets(app.db);

      return {
        rules: rows.flatMap((latest, index) => {
          if (rows[index - 1]?.code === latest.code) return [];
          const { code, titleZh, titleEn, source } = latest;
          const versions = rows
            .filter((it) => it.code === code)
            .map((it) => ({ version: versionName(code, it.version), recordedAt: it.recordedAt.toISOString() }));
          return [{ code, titleZh, titleEn, source, version: versionName(code, latest.version), versions }];
        }),
      };
    },
  );
};
