import { Type } from 'typebox';
import { Moment, Words } from '../recognition/check.schema.js';
import { LEAD_EVENTS, LEAD_OUTCOMES, LEAD_STATES, REVIEW_OUTCOMES } from './lead.rules.js';
export const LeadId = Type.Object({ id: Words(64, { description: 'Id of the lead.' }) });
const CLINICIAN = {
    system: Type.Union([Type.String(), Type.Null()]),
    value: Type.Union([Type.String(), Type.Null()]),
    name: Type.Union([Type.String(), Type.Null()]),
};
const Institution = Type.Object({ uscc: Type.String({ description: '统一社会信用代码.' }), name: Type.String() });
const LEAD = {
    id: Type.String(),
    state: Type.Enum(LEAD_STATES, { description: 'Of a closed one `outcome` says how it ended.' }),
    outcome: Type.Optional(Type.Enum(LEAD_OUTCOMES, {
        description: '`justified`, `unjustified`, `data-error`: as a reviewer says. By facts that came later: `explained` (a lawful reason), `repeated` (a recognition, whose saving is reversed), `withdrawn` (the report), `unfounded` (corrected: nothing was recognisable).',
    })),
    institution: Institution,
    item: Type.String({ examples: ['WBC'] }),
    report: Type.String({ description: 'The examination that was made again.', examples: ['DiagnosticReport/2b0c…'] }),
    performedAt: Moment('When it was sampled or examined.'),
    doctor: Type.Optional(Type.Object(CLINICIAN, {
        description: 'Who was shown the prior result at a check; else whom the order, or the report itself, names.',
    })),
    openedAt: Moment('When it was found.'),
    changedAt: Moment('When its state changed last.'),
    reviewer: Type.Optional(Type.Object(CLINICIAN, { description: 'Who has it in review, or closed it; absent where the exchange did.' })),
};
export const LeadShown = Type.Object(LEAD);
const Recognisable = Type.Object({
    report: Type.String({ description: 'In the version that stood then.', examples: ['DiagnosticReport/2b0c…/_history/1'] }),
    source: Institution,
    performedAt: Type.Optional(Moment('When it was sampled or examined.')),
    reportedAt: Type.Optional(Moment('Issue of the report.')),
    validUntil: Type.Optional(Moment('Last moment at which it could be recognised.')),
    window: Type.Object({ minutes: Type.Integer(), basis: Type.String(), source: Type.String() }),
    edition: Type.Union([Type.String(), Type.Null()]),
    rulesVersion: Type.String(),
}, { description: 'What the institution could have recognised instead.' });
const CheckShown = Type.Object({
    id: Type.String(),
    checkedAt: Moment('When it was made.'),
    isReminded: Type.Boolean({ description: 'Whether a card of order entry showed the result.' }),
    shown: Type.Array(Type.String(), { description: 'Report versions that it showed of the item.' }),
}, { description: 'The last check on the item before it was examined; absent where nobody asked.' });
export const LeadWithEvidence = Type.Object({
    ...LEAD,
    reportVersion: Type.Integer({ description: 'The version of the report that was compared last.' }),
    evidence: Type.Object({
        recognisable: Type.Optional(Recognisable),
        isWithheld: Type.Boolean({
            description: 'true: what was recognisable is not told, since the patient does not consent any more that this institution sees it, and it was not shown before.',
        }),
        check: Type.Optional(CheckShown),
    }, { description: 'As of the finding that stands; nothing is left of it where the lead was closed by facts.' }),
    events: Type.Array(Type.Object({
        kind: Type.Enum(LEAD_EVENTS),
        at: Moment('When it happened.'),
        outcome: Type.Optional(Type.Enum(LEAD_OUTCOMES)),
        text: Type.Optional(Type.String()),
        institution: Type.Optional(Institution),
        practitioner: Type.Optional(Type.Object(CLINICIAN)),
    }), { description: 'Everything that happened to it, in its order.' }),
});
export const OutcomeRequest = Type.Object({
    outcome: Type.Enum(REVIEW_OUTCOMES, { description: 'There was a good reason; there was none; the data were wrong.' }),
    text: Words(2_000, {
        description: 'How it was found out, and what follows from it.',
        examples: ['患者病情变化，复查有必要，未及时填写理由'],
    }),
}, { additionalProperties: false });
