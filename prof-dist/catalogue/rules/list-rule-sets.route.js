import { Type } from 'typebox';
import { Problem } from '../../faces/problem.js';
import { listRuleSets } from './rule-set.queries.js';
import { RuleSetListed } from './rule-set.schema.js';
import { versionName } from './rule-set.js';
export const listRuleSetsRoute = async (app) => {
    app.get('/catalogue/rules', {
        config: { unlogged: true },
        schema: {
            operationId: 'listRuleSets',
            summary: 'Rules of recognition of all regions',
            description: 'Each with its versions. For every caller.',
            tags: ['Catalogue'],
            response: { 200: Type.Object({ rules: Type.Array(RuleSetListed) }), default: Problem },
        },
    }, async () => {
        const rows = await listRuleSets(app.db);
        return {
            rules: rows.flatMap((latest, index) => {
                if (rows[index - 1]?.code === latest.code)
                    return [];
                const { code, titleZh, titleEn, source } = latest;
                const versions = rows
                    .filter((it) => it.code === code)
                    .map((it) => ({ version: versionName(code, it.version), recordedAt: it.recordedAt.toISOString() }));
                return [{ code, titleZh, titleEn, source, version: versionName(code, latest.version), versions }];
            }),
        };
    });
};
