import { Type } from 'typebox';
const Institution = Type.Object({ uscc: Type.String({ examples: ['11500000MB1670604W'] }), name: Type.String() });
const Clinician = Type.Object({ system: Type.String(), value: Type.String(), name: Type.String() });
export const ReviewOutcome = Type.Enum(['justified', 'not-justified'], {
    description: 'Whether there was an emergency that called for it.',
});
/** How an emergency access was judged afterwards. */
const Review = Type.Object({
    outcome: ReviewOutcome,
    text: Type.String({ description: 'What the reviewer found.' }),
    reviewedAt: Type.String({ description: 'UTC.' }),
    reviewer: Clinician,
    institution: Type.Optional(Institution),
});
/** Where an entry stands in the transparency log. */
const Leaf = Type.Object({
    index: Type.Integer({ description: 'Number of the leaf, from 0 on.' }),
    salt: Type.String({ description: 'A UUID: its 16 bytes before the canonical text of the entry, hashed by SHA-256, are the leaf.' }),
}, { description: 'Where `leaves` asks for it; absent for an entry that has no place in the tree yet.' });
/** An entry of the access log as the flat route shows it. */
export const AccessEntry = Type.Object({
    id: Type.String({ description: 'The same entry is `/fhir/AuditEvent/{id}`.' }),
    recordedAt: Type.String({ description: 'UTC.', examples: ['2026-03-01T01:30:00.000Z'] }),
    action: Type.String({ description: 'Create, read, update, delete, or execute (search, operation).', examples: ['R'] }),
    interaction: Type.String({
        description: 'operationId of the door; `decideConsent` is no door, but what was decided of the patient’s consent.',
        examples: ['readResource'],
    }),
    outcome: Type.Integer({ description: '0 served, 4 refused, 8 could not be served now, 12 broken down.', examples: [0] }),
    failure: Type.Optional(Type.String({ description: 'Code of the failure.', examples: ['not-found'] })),
    person: Type.Optional(Type.String({ description: 'The key of the person concerned: the first 16 digits of the ids of that person’s resources.' })),
    institution: Type.Optional(Institution),
    client: Type.Optional(Type.String({ description: 'The calling system.' })),
    practitioner: Type.Optional(Clinician),
    purpose: Type.String({ description: 'v3-ActReason.', examples: ['TREAT'] }),
    reason: Type.Optional(Type.String({ description: 'The written reason of an emergency access.' })),
    reviewDue: Type.Boolean({ description: 'An emergency access, to be looked at afterwards.' }),
    review: Type.Optional(Review),
    entities: Type.Array(Type.String(), { description: 'What was shown or stored.', examples: [['DiagnosticReport/…/_history/1']] }),
    consents: Type.Optional(Type.Array(Type.String(), { description: 'The consents it rests on, or the policy where none is on file.' })),
    query: Type.Optional(Type.String({ description: 'The request as it was asked, for searches and operations.' })),
    requestId: Type.String(),
    address: Type.Optional(Type.String()),
    leaf: Type.Optional(Leaf),
});
