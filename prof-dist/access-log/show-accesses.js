import { findInstitutions } from '../institutions/find-institution.js';
import { encodeAccessId } from './access-entry-id.js';
import { personText } from './discretion.rules.js';
/** Names of institutions, each looked up once for as long as the object lives: for one answer, not longer. */
export class InstitutionNames {
    known = new Map();
    reader;
    constructor(reader) {
        this.reader = reader;
    }
    /** The institutions of these rows, and of those who reviewed them; one statement, or none where all are known. */
    async of(rows) {
        const asked = rows.flatMap((it) => [it.institution ?? [], it.review?.institution ?? []].flat());
        const fresh = new Set(asked.filter((it) => !this.known.has(it)));
        if (fresh.size > 0) {
            const found = await findInstitutions(this.reader, [...fresh]);
            for (const number of fresh)
                this.known.set(number, found.get(number));
        }
        return this.known;
    }
}
/** A row as the flat route shows it; an emergency access that was reviewed says how. */
export function accessEntry(row, institutions) {
    const institution = institutionOf(row.institution, institutions);
    return {
        id: encodeAccessId(row),
        recordedAt: row.recordedAt.toISOString(),
        action: row.action,
        interaction: row.interaction,
        outcome: row.outcome,
        ...(row.failure === null ? {} : { failure: row.failure }),
        ...(row.person === 0n ? {} : { person: personText(row.person) }),
        ...(institution ? { institution } : {}),
        ...(row.client === null ? {} : { client: row.client }),
        ...(row.practitionerValue === null
            ? {}
            : { practitioner: { system: row.practitionerSystem ?? '', value: row.practitionerValue, name: row.practitionerName ?? '' } }),
        purpose: row.purpose,
        ...(row.reason === null ? {} : { reason: row.reason }),
        reviewDue: row.reviewDue,
        ...(row.review ? { review: showReview(row.review, institutions) } : {}),
        entities: [...row.entities],
        ...(row.consents.length > 0 ? { consents: [...row.consents] } : {}),
        ...(row.query === null ? {} : { query: row.query }),
        requestId: row.requestId,
        ...(row.address === null ? {} : { address: row.address }),
        ...(row.leaf ? { leaf: { index: Number(row.leaf.index), salt: row.leaf.salt } } : {}),
    };
}
function showReview(review, institutions) {
    const institution = institutionOf(review.institution, institutions);
    return {
        outcome: review.outcome,
        text: review.text,
        reviewedAt: review.reviewedAt.toISOString(),
        reviewer: { system: review.practitionerSystem, value: review.practitionerValue, name: review.practitionerName },
        ...(institution ? { institution } : {}),
    };
}
function institutionOf(number, institutions) {
    const found = number === null ? undefined : institutions.get(number);
    return found && { uscc: found.uscc, name: found.name };
}
