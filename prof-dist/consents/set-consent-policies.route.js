import { Type } from 'typebox';
import { transact } from '../database/client.js';
import { Problem } from '../faces/problem.js';
import { requireScope } from '../security/require-scope.js';
import { Division, Policy, StoredPolicy } from './consent-policy.schema.js';
import { setConsentPolicies } from './set-consent-policies.js';
export const setConsentPoliciesRoute = async (app, { record }) => {
    app.put('/consent-policies', {
        schema: {
            operationId: 'setConsentPolicies',
            summary: 'Set what holds for patients without a consent on file',
            description: 'By the operator. Every change is a new version from its beginning on, which does not lie in the past; the same sent again changes nothing. All rows or none.',
            tags: ['Consent'],
            body: Type.Object({
                policies: Type.Array(Type.Object({
                    division: Division,
                    policy: Policy,
                    validFrom: Type.Optional(Type.String({
                        maxLength: 40,
                        description: 'Beginning: a day (midnight in Beijing) or a date and time with offset; now where it is left out.',
                        examples: ['2027-01-01'],
                    })),
                }, { additionalProperties: false }), { minItems: 1, maxItems: 1_000 }),
            }, { additionalProperties: false }),
            response: { 200: Type.Object({ policies: Type.Array(StoredPolicy) }), default: Problem },
        },
    }, async (request) => {
        const { caller, body } = request;
        requireScope(caller, 'operator');
        const set = await transact(app.db, (tx) => setConsentPolicies(tx, record, caller, body.policies, new Date()));
        return { policies: set.map((it) => ({ ...it, validFrom: it.validFrom.toISOString(), recordedAt: it.recordedAt.toISOString() })) };
    });
};
