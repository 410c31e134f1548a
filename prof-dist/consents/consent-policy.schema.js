import { Type } from 'typebox';
import { IMPLICIT_POLICIES } from './implicit-policy.rules.js';
export const Division = Type.String({
    pattern: '^(\\d{2}|\\d{4}|\\d{6})?$',
    description: 'First two, four or all six digits of a division code (GB/T 2260); empty: everywhere. The longest that fits an institution holds.',
    examples: ['50'],
});
export const Policy = Type.Enum(IMPLICIT_POLICIES, {
    description: 'What holds for a patient without a consent on file, by its name in IHE PCF (`https://profiles.ihe.net/ITI/PCF/Policy-…`): normal data for ' +
        'treatment, payment and operation; normal data for every purpose; nothing but in an emergency; nothing at all.',
});
export const StoredPolicy = Type.Object({
    division: Division,
    version: Type.Integer({ description: 'Counted by division.' }),
    policy: Policy,
    validFrom: Type.String({ format: 'date-time' }),
    recordedAt: Type.String({ format: 'date-time' }),
});
