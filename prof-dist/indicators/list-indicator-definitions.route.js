import { Type } from 'typebox';
import { Problem } from '../faces/problem.js';
import { DEFINITIONS, DEFINITIONS_VERSION } from './definitions.rules.js';
const Definition = Type.Object({
    name: Type.String({ description: 'As the answers name it.', examples: ['ofReminders'] }),
    nameZh: Type.String({ examples: ['同期互认率'] }),
    nameEn: Type.String(),
    definitionZh: Type.String(),
    definitionEn: Type.String(),
    source: Type.String({ description: 'Where the formula or the term comes from.' }),
});
export const listIndicatorDefinitionsRoute = async (app) => {
    app.get('/indicators/definitions', {
        config: { unlogged: true },
        schema: {
            operationId: 'listIndicatorDefinitions',
            summary: 'What the indicators count',
            description: 'Each count and formula, in Chinese and English, with where it comes from. Figures of different versions cannot be compared.',
            tags: ['Indicators'],
            response: { 200: Type.Object({ version: Type.String(), definitions: Type.Array(Definition) }), default: Problem },
        },
    }, async () => ({ version: DEFINITIONS_VERSION, definitions: [...DEFINITIONS] }));
};
