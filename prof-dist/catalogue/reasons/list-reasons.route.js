import { Type } from 'typebox';
import { Problem } from '../../faces/problem.js';
import { Failure } from '../../failure.js';
import { findInstitution } from '../../institutions/find-institution.js';
import { findRuleSet } from '../rules/find-rule-set.js';
import { findReasons, listReasonLists } from './find-reasons.js';
export const listReasonsRoute = async (app) => {
    app.get('/catalogue/reasons', {
        config: { unlogged: true },
        schema: {
            operationId: 'listReasons',
            summary: 'Reasons for not recognising a result',
            description: 'One published list: that of the rules in force for the caller’s institution unless another is named. Decisions on a check take the codes of the list that the rules of the check name.',
            tags: ['Catalogue'],
            querystring: Type.Object({
                list: Type.Optional(Type.String({
                    minLength: 1,
                    maxLength: 64,
                    description: 'Name of a list.',
                    examples: ['national-2022'],
                })),
            }, { additionalProperties: false }),
            response: {
                200: Type.Object({
                    list: Type.String(),
                    lists: Type.Array(Type.String(), { description: 'Every list there is.' }),
                    reasons: Type.Array(Type.Object({
                        code: Type.String({ examples: ['2'] }),
                        textZh: Type.String(),
                        textEn: Type.String(),
                        countsAsDenial: Type.Boolean({ description: 'Whether it is counted as a refusal to recognise.' }),
                        noteRequired: Type.Boolean({ description: 'Whether a text of its own must be given with it.' }),
                    })),
                }),
                default: Problem,
            },
        },
    }, async (request) => {
        const { caller, query } = request;
        const district = query.list === undefined ? (await findInstitution(app.db, caller.institution))?.district : undefined;
        const list = query.list ?? (await findRuleSet(app.db, district ?? '', new Date())).reasonList;
        const lists = await listReasonLists(app.db);
        if (!lists.includes(list)) {
            throw new Failure('not-found', {
                path: 'list',
                en: `There is no list of reasons "${list}". There are: ${lists.join(', ')}.`,
                zh: `没有名为“${list}”的理由清单。现有清单：${lists.join('、')}。`,
            });
        }
        return { list, lists: [...lists], reasons: [...(await findReasons(app.db, list))] };
    });
};
