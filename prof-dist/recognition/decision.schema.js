import { Type } from 'typebox';
import { Uscc } from '../institutions/client.schema.js';
import { ITEM_LENGTH_MAX, Moment, Words } from './check.schema.js';
export const DecisionId = Type.Object({ id: Words(64, { description: 'Id of the decision.' }) });
const SAY = {
    decision: Type.Enum(['recognised', 'not-recognised']),
    reason: Type.Optional(Words(16, { description: "Code in the region's list; with not-recognised only.", examples: ['2'] })),
    reasonText: Type.Optional(Words(500, { description: 'Mandatory where the list says so.' })),
};
const Entry = Type.Union([
    Type.Object({ item: Words(ITEM_LENGTH_MAX, { examples: ['WBC'] }), ...SAY }, { additionalProperties: false, title: 'One item' }),
    Type.Object({ source: Type.Object({ uscc: Uscc }, { additionalProperties: false }), ...SAY }, {
        additionalProperties: false,
        title: 'All items of one source institution',
        description: 'Answers every item whose result this institution issued: recognised, those that are recognisable; not-recognised, all of them. A panel from several institutions belongs to the one whose report is its `candidate`. An item named beside it is answered as it is named.',
    }),
]);
export const DecisionRequest = Type.Object({
    check: Words(64, { description: 'Id of the check that showed the results.' }),
    decisions: Type.Array(Entry, { minItems: 1, maxItems: 100 }),
}, { additionalProperties: false });
export const DecisionShown = Type.Object({
    id: Type.String(),
    check: Type.String(),
    item: Type.String({ examples: ['WBC'] }),
    decision: Type.Enum(['recognised', 'not-recognised']),
    reasonList: Type.Optional(Type.String({ examples: ['national-2022'] })),
    reason: Type.Optional(Type.String({ examples: ['2'] })),
    reasonText: Type.Optional(Type.String()),
    countsAsDenial: Type.Boolean({
        description: 'Whether it is counted as a refusal to recognise: not of a recognition, nor where the list says so of the reason (images not received, serial monitoring).',
    }),
    report: Type.String({ description: 'The DiagnosticReport that was decided on.' }),
    reportVersion: Type.Integer({ description: 'The version that the check showed.' }),
    performedAt: Type.Optional(Moment('Sampling or examination of the result; of a panel the last of its members.')),
    certificates: Type.Array(Type.String(), {
        description: 'The quality certificates that the mark of the result, of a panel the marks of its members, rested on; none where it had none.',
    }),
    edition: Type.Optional(Type.String({ description: 'Edition of the list that the check applied.', examples: ['tongjian-1'] })),
    rulesVersion: Type.Optional(Type.String({ description: 'Version of the rules that the check applied.', examples: ['national-2022.1'] })),
    source: Type.Object({ uscc: Type.String(), name: Type.String() }, { description: 'The institution that issued the report.' }),
    practitioner: Type.Object({ system: Type.String(), value: Type.String(), name: Type.String() }),
    decidedAt: Moment('When it was decided.'),
    citedAt: Type.Optional(Moment('When it was written into the medical record.')),
    revokedAt: Type.Optional(Moment('When it was taken back.')),
    revocationReason: Type.Optional(Type.String()),
    recordText: Type.Optional(Type.Object({ zh: Type.String(), en: Type.String() }, { description: 'Of a recognition: as the check offered it for the medical record.' })),
    saving: Type.Optional(Type.Object({
        posted: Type.Boolean({
            description: 'False: all of it has been saved in this visit already, by itself or within a panel, so nothing was posted.',
        }),
        amountFen: Type.Integer({ description: 'The price; of a panel less what the visit saved already of its members.' }),
        priced: Type.Boolean({ description: 'False: no price is configured, so the amount is 0.' }),
        version: Type.Union([Type.String(), Type.Null()], { description: 'Whose price, in which version.' }),
    }, { description: 'What was posted to the savings account when the result was recognised.' })),
});
/** A recognition as the institution sees it whose result was used. */
export const UseShown = Type.Object({
    item: Type.String({ examples: ['WBC'] }),
    decision: Type.Enum(['recognised']),
    report: Type.String({ description: 'The own DiagnosticReport.' }),
    reportVersion: Type.Integer(),
    receiver: Type.Object({ uscc: Type.String(), name: Type.String() }, { description: 'The institution that recognised it.' }),
    decidedAt: Moment('When it was recognised.'),
    citedAt: Type.Optional(Moment('When it was written into the medical record.')),
    revokedAt: Type.Optional(Moment('When it was taken back.')),
});
export const Unanswered = Type.Array(Type.String(), {
    description: 'Items of the check that showed a result and have no answer yet, which is no refusal.',
    examples: [['HGB']],
});
export const DecisionAnswer = Type.Object({ check: Type.String(), decisions: Type.Array(DecisionShown), unanswered: Unanswered });
