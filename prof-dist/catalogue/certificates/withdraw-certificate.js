import { recordAccess } from '../../access-log/record-access.js';
import { readMoment } from '../../beijing-time.js';
import { Failure } from '../../failure.js';
import { insertWithdrawal, lockCertificates } from './certificate.queries.js';
import { isDay } from './certificate.rules.js';
import { requireCertificate } from './require-certificate.js';
/**
 * Takes a certificate back from a day in Beijing on: results sampled or examined on that day or later lose its mark, earlier ones keep it. What
 * was checked and decided before stays as it was; the recognitions that relied on it for such a result are named, for somebody to look at.
 *
 * Idempotent: the same day and reason again gets the first withdrawal, with the recognitions that are concerned now; another one is a `conflict`.
 * Throws `not-found`, `rule-violated`.
 */
export async function withdrawCertificate(tx, recognitionsConcerned, caller, request, now) {
    await lockCertificates(tx);
    const { id, from } = request;
    const reason = request.reason.trim();
    const former = await requireCertificate(tx, id);
    const begin = isDay(from) ? readMoment(from) : undefined;
    if (!begin || from > former.validUntil)
        throw wrongDay(former.validUntil);
    if (reason === '')
        throw reasonMissing();
    const withdrawal = { from, reason, recordedAt: now };
    const isNew = await insertWithdrawal(tx, id, withdrawal);
    if (!isNew && (former.withdrawal?.from !== from || former.withdrawal.reason !== reason))
        throw withdrawnOtherwise(former.withdrawal, from);
    const certificate = isNew ? { ...former, withdrawal } : former;
    const recognitions = await recognitionsConcerned(tx, id, begin);
    const entities = [`Certificate/${id}`, ...recognitions.map((it) => `RecognitionDecision/${it.decision}`)];
    await recordAccess(tx, caller, [{ person: 0n, action: 'U', interaction: 'withdrawCertificate', entities }], now);
    return { isNew, certificate, recognitions };
}
function wrongDay(last) {
    return new Failure('rule-violated', {
        path: 'from',
        en: `takes a day as in 2026-03-01, not after ${last}, the last one of the certificate`,
        zh: `应为 2026-03-01 形式的日期，且不晚于证书的截止日 ${last}`,
    });
}
function reasonMissing() {
    return new Failure('rule-violated', { path: 'reason', en: 'say why the certificate is withdrawn', zh: '请说明撤销证书的原因' });
}
function withdrawnOtherwise(former, from) {
    return new Failure('conflict', {
        path: former?.from === from ? 'reason' : 'from',
        en: `the certificate was withdrawn before, from ${former?.from} on: ${former?.reason}`,
        zh: `该证书此前已自 ${former?.from} 起撤销：${former?.reason}`,
    });
}
