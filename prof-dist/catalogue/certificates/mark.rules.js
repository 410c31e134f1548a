import { contains, SCOPE_KINDS } from './scope.rules.js';
/**
 * The HR mark of a result (国卫医发〔2022〕6号: marked is what passed the quality assessment of the item, in the scope of the body that
 * assessed): valid if a certificate of its institution for the item covered the moment of sampling or examination, and contains the
 * receiving institution in a scope that counts there. The first and the last day of a certificate count; the day from which it is
 * withdrawn does not. A moment that is not known is covered by none.
 *
 * Of several the widest is shown, since it is the strongest evidence: nation, region, province, city, district, alliance; then the one
 * that holds longest, then the higher score. Without a valid one the reason is that of the certificate which came nearest to it. The order
 * of the certificates does not matter, and a further one never makes a valid mark invalid.
 */
export function judgeMark(certificates, performedAt, receiver) {
    if (certificates.length === 0)
        return { reason: 'no-hr-mark' };
    const covering = certificates.filter((it) => performedAt !== undefined && covers(it, performedAt));
    if (covering.length === 0)
        return { reason: 'certificate-lapsed' };
    const [certificate] = covering
        .filter(({ scope }) => receiver.acceptedScopes.includes(scope.kind) && contains(scope, receiver.place))
        .sort(byStrength);
    return certificate ? { certificate } : { reason: 'scope-mismatch' };
}
/** Whether a certificate held at that moment. */
function covers({ validFrom, validUntil, withdrawnFrom }, moment) {
    return validFrom <= moment && moment <= validUntil && (withdrawnFrom === null || moment < withdrawnFrom);
}
/** The kinds of scope stand in the order of their reach. */
function byStrength(a, b) {
    return (SCOPE_KINDS.indexOf(a.scope.kind) - SCOPE_KINDS.indexOf(b.scope.kind) ||
        endOf(b) - endOf(a) ||
        (b.score ?? -1) - (a.score ?? -1) ||
        (a.id < b.id ? -1 : 1));
}
function endOf({ validUntil, withdrawnFrom }) {
    return Math.min(validUntil.getTime(), withdrawnFrom?.getTime() ?? Number.POSITIVE_INFINITY);
}
