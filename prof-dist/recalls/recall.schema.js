import { Type } from 'typebox';
const Institution = Type.Object({ uscc: Type.String({ examples: ['11500000MB1670604W'] }), name: Type.String() });
const Clinician = Type.Object({ system: Type.String(), value: Type.String(), name: Type.String() });
const Moment = (description) => Type.String({ description, examples: ['2026-03-01T01:30:00.000Z'] });
const ElementChanged = Type.Object({
    element: Type.String({ description: 'As FHIR R4 calls it.', examples: ['value'] }),
    zh: Type.String({ examples: ['结果'] }),
    en: Type.String(),
    old: Type.Optional(Type.String({ description: 'With the digits of the source; absent where it said nothing.', examples: ['6.10 10*9/L'] })),
    new: Type.Optional(Type.String({ description: 'Absent where it says nothing, or may not be shown.', examples: ['61.0 10*9/L'] })),
});
const ResultChanged = Type.Object({
    reference: Type.String({ description: 'The report, or one of its Observations or ImagingStudies.', examples: ['Observation/2b0c…'] }),
    from: Type.Integer({ description: 'Version before; 0 where there is none.' }),
    to: Type.Integer({ description: 'Version since.' }),
    change: Type.Enum(['changed', 'withdrawn', 'added'], { description: '`withdrawn`: entered in error, cancelled or deleted.' }),
    name: Type.Object({ system: Type.Optional(Type.String()), code: Type.Optional(Type.String()), text: Type.Optional(Type.String()) }),
    elements: Type.Array(ElementChanged),
});
const RelianceShown = Type.Object({
    basis: Type.Enum(['recognised', 'read']),
    decision: Type.Optional(Type.String({ description: 'The recognition.' })),
    item: Type.Optional(Type.String({ examples: ['WBC'] })),
    concerned: Type.Boolean({ description: 'Whether the very result was changed; `false`: another one of the same report.' }),
    practitioner: Type.Optional(Clinician),
    encounter: Type.Optional(Type.String()),
    reliedAt: Moment('When it was recognised or read.'),
    citedAt: Type.Optional(Moment('When it was written into the medical record.')),
    revokedAt: Type.Optional(Moment('When the recognition was taken back.')),
});
const LISTED = {
    id: Type.String(),
    kind: Type.Enum(['corrected', 'withdrawn']),
    state: Type.Enum(['open', 'acknowledged']),
    report: Type.String({ examples: ['DiagnosticReport/2b0c…'] }),
    reportVersion: Type.Optional(Type.Integer({ description: 'The version that stands since; absent where only a result has a new one.' })),
    changes: Type.Integer({ description: 'How many results, studies and reports were changed.' }),
    source: Type.Object(Institution.properties, { description: 'Who published the report.' }),
    receiver: Type.Optional(Type.Object(Institution.properties, {
        description: 'Who is told. The publisher is told it only of those that have recognised the result.',
    })),
    notice: Type.Object({ zh: Type.String(), en: Type.String() }, { description: 'What has happened and what is to be done, in words.' }),
    correctedAt: Moment('When the new version was stored.'),
    toldAt: Moment('Since when this recall is listed.'),
    dueAt: Moment('Until when it is to be acknowledged.'),
    ageHours: Type.Integer({ minimum: 0, description: 'Full hours since it was told, or from then to its acknowledgement.' }),
    overdue: Type.Boolean({ description: 'Open, and past `dueAt`.' }),
    bases: Type.Optional(Type.Array(Type.Enum(['recognised', 'cited', 'revoked', 'read']), {
        description: 'How the institution relied on the version before; `revoked`: a recognition that was taken back since.',
    })),
    lastReliedAt: Type.Optional(Moment('The last time it did.')),
    acknowledgedAt: Type.Optional(Moment('When somebody of the institution confirmed that it knows.')),
    acknowledgedBy: Type.Optional(Clinician),
    note: Type.Optional(Type.String()),
    supersedes: Type.Optional(Type.String({ description: 'The recall of the correction before, of the same report.' })),
    supersededBy: Type.Optional(Type.String({ description: 'The recall of a later correction of the same report.' })),
};
export const RecallListed = Type.Object(LISTED);
/** A recall with everything that its reader may know of it. */
export const RecallShown = Type.Object({
    ...LISTED,
    difference: Type.Array(ResultChanged, { description: 'What was changed, result by result.' }),
    withheld: Type.Integer({
        minimum: 0,
        description: 'Changed results of which the new value, or anything, is not shown: the patient’s consent does not cover them now.',
    }),
    reliances: Type.Optional(Type.Array(RelianceShown, { description: 'Recognitions first, each kind the latest first; at most 200.' })),
});
export const RecallId = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64, description: 'Id of the recall.' }) });
