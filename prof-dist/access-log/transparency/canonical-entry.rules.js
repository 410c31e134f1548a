/**
 * The one text of an entry that its commitment is made of: JSON as RFC 8785 (JCS) has it, names in order, no blanks, absent members left out.
 *
 * It is made of the entry as auditors see it, so that whoever holds an export can make it again. What may change later is not in it: the
 * name of an institution (its credit code is), a review, the place in the tree.
 */
export function canonicalEntry(entry) {
    const { action, address, client, consents = [], entities, failure, id, institution, interaction, outcome } = entry;
    const { person, practitioner, purpose, query, reason, recordedAt, requestId, reviewDue } = entry;
    return JSON.stringify({
        action,
        address,
        client,
        consents,
        entities,
        failure,
        id,
        institution: institution?.uscc,
        interaction,
        outcome,
        person,
        practitioner: practitioner && { name: practitioner.name, system: practitioner.system, value: practitioner.value },
        purpose,
        query,
        reason,
        recordedAt,
        requestId,
        reviewDue,
        v: 1,
    });
}
