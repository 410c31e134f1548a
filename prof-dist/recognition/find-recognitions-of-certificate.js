import { CONCERNED_MAX } from '../catalogue/certificates/recognitions-concerned.js';
import { findInstitutions } from '../institutions/find-institution.js';
import { findRowsOnCertificate } from './decision.queries.js';
import { idOfDecision } from './show-decision.js';
/**
 * Recognitions that stand (made, and not taken back) and relied on this certificate for a result sampled or examined at `from` or after: those
 * that are concerned when it is withdrawn from then on; a panel is one of them by the certificate of any member. By the time of sampling or examination, the first `CONCERNED_MAX`. Two statements.
 */
export async function findRecognitionsOfCertificate(reader, certificate, from) {
    const rows = await findRowsOnCertificate(reader, certificate, from, CONCERNED_MAX);
    const institutions = await findInstitutions(reader, [...new Set(rows.map((it) => it.institution))]);
    return rows.map((it) => {
        const institution = institutions.get(it.institution);
        return {
            decision: idOfDecision(it),
            institution: { uscc: institution?.uscc ?? '', name: institution?.name ?? '' },
            item: it.item,
            report: it.report,
            reportVersion: it.reportVersion,
            performedAt: it.performedAt?.toISOString() ?? '',
            decidedAt: it.decidedAt.toISOString(),
        };
    });
}
