import { Type } from 'typebox';
import { AccessEntry, ReviewOutcome } from './access-entry.schema.js';
/** An emergency access on the list of those that are reviewed afterwards. */
export const EmergencyAccess = Type.Interface([AccessEntry], {
    state: Type.Enum(['open', 'reviewed'], { description: 'Whether it has been reviewed.' }),
    waitingDays: Type.Optional(Type.Integer({ description: 'Whole days since the access, while it is open.', examples: [3] })),
});
/** What a reviewer says. */
export const ReviewRequest = Type.Object({
    outcome: ReviewOutcome,
    text: Type.String({
        minLength: 1,
        maxLength: 2_000,
        pattern: '\\S',
        description: 'What was found, for the record; the patient’s own log shows it.',
        examples: ['患者入院时昏迷，符合紧急调阅条件'],
    }),
}, { additionalProperties: false });
