import { encodeId } from '../resources/resource-id.js';
/** The logical id of a decision. */
export function idOfDecision(decision) {
    return encodeId(decision);
}
/** A decision as the institution that made it sees it. `posting` is what the savings account has for it. */
export function showDecision(decision, posting) {
    return {
        id: idOfDecision(decision),
        check: encodeId({ person: decision.person, id: decision.check }),
        item: decision.item,
        decision: decision.decision,
        ...(decision.reasonList === null ? {} : { reasonList: decision.reasonList }),
        ...(decision.reason === null ? {} : { reason: decision.reason }),
        ...(decision.reasonText === null ? {} : { reasonText: decision.reasonText }),
        countsAsDenial: decision.countsAsDenial,
        report: decision.report,
        reportVersion: decision.reportVersion,
        ...(decision.performedAt === null ? {} : { performedAt: decision.performedAt.toISOString() }),
        certificates: decision.certificates,
        ...(decision.edition === null ? {} : { edition: decision.edition }),
        ...(decision.rulesVersion === null ? {} : { rulesVersion: decision.rulesVersion }),
        source: decision.source,
        practitioner: decision.practitioner,
        decidedAt: decision.decidedAt.toISOString(),
        ...(decision.citedAt === null ? {} : { citedAt: decision.citedAt.toISOString() }),
        ...(decision.revokedAt === null ? {} : { revokedAt: decision.revokedAt.toISOString() }),
        ...(decision.revocationReason === null ? {} : { revocationReason: decision.revocationReason }),
        ...(decision.recordText === null ? {} : { recordText: decision.recordText }),
        ...(decision.decision === 'recognised'
            ? { saving: posting ? { posted: true, ...posting } : { posted: false, amountFen: 0, priced: false, version: null } }
            : {}),
    };
}
