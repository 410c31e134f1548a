import { hash } from 'node:crypto';
import { encodeId } from '../resources/resource-id.js';
import { differenceOf } from './difference.rules.js';
/** The correction that was made at such a moment; `undefined` where nothing clinical was changed. */
export function correctionOf(stored, parts) {
    const { person, institution, leaf } = stored;
    const report = `DiagnosticReport/${encodeId({ person, id: stored.report })}`;
    const difference = differenceOf(report, parts);
    if (difference.length === 0)
        return undefined;
    const versions = Object.fromEntries(parts.flatMap(({ reference, change }) => (change ? [[reference, change.version]] : [])));
    const changed = Object.entries(versions).map(([reference, version]) => `${reference}/_history/${version}`);
    const own = difference.find((it) => it.reference === report);
    return {
        person,
        id: numberOf([report, ...changed.toSorted()].join(' ')),
        report: stored.report,
        reportVersion: versions[report] ?? null,
        institution,
        kind: own?.change === 'withdrawn' ? 'withdrawn' : 'corrected',
        correctedAt: stored.recordedAt,
        leaf,
        parts: parts.map((it) => it.reference),
        versions,
        isWhole: own !== undefined,
        difference,
    };
}
/** `DiagnosticReport/…` that was corrected. */
export function reportOf({ person, report }) {
    return `DiagnosticReport/${encodeId({ person, id: report })}`;
}
/** The number under which an institution is told of a correction; always the same. */
export function recallNumber(correction, institution) {
    return numberOf(`recall ${correction} ${institution}`);
}
/** 62 bits of a SHA-256, as numbers within a person are made of. */
function numberOf(text) {
    return BigInt(`0x${hash('sha256', text).slice(0, 16)}`) >> 2n;
}
