import { Type } from 'typebox';
import { RuleSetCode } from './rule-set.schema.js';
export const Division = Type.String({
    pattern: '^(\\d{2}){0,3}$',
    description: 'Administrative division (GB/T 2260): empty for the nation, the first two figures of a province, four of a city, six of a district.',
    examples: ['50'],
});
const AssignedRules = Type.Union([RuleSetCode, Type.Null()], {
    description: 'Code of the rules; null: none of its own any more, so that it follows the division above it.',
});
export const AssignmentInput = Type.Object({
    division: Division,
    ruleSet: AssignedRules,
    validFrom: Type.Optional(Type.String({
        maxLength: 40,
        description: 'Beginning: a day (midnight in Beijing) or a date and time with offset; now where it is left out.',
        examples: ['2026-01-01'],
    })),
}, { additionalProperties: false });
export const AssignmentShown = Type.Object({
    division: Division,
    ruleSet: AssignedRules,
    version: Type.Integer({ description: 'Of this division, counted from 1.' }),
    validFrom: Type.String({ format: 'date-time' }),
});
export function showAssignment({ division, ruleSet, version, validFrom }) {
    return { division, ruleSet, version, validFrom: validFrom.toISOString() };
}
