import { NATIONAL_2022 } from '../catalogue/rules/find-rule-set.js';
export function evidenceOf({ answer }) {
    const { items, basis } = answer;
    const { reasonList, citationHours } = NATIONAL_2022;
    const certificates = Object.fromEntries(Object.entries(basis.certificates ?? {}).map(([item, it]) => [item, [it].flat()]));
    return { items, basis: { reasonList, citationHours, performedAt: {}, ...basis, certificates } };
}
/** What was shown of an item; the item must have a result. */
export function resultEvidence({ items, basis }, item) {
    const candidate = items.find((it) => it.item === item)?.candidate;
    const performedAt = basis.performedAt[item] ?? candidate?.sampledAt ?? candidate?.examinedAt;
    return {
        sourceInstitution: basis.sources[item] ?? 0,
        report: candidate?.report ?? '',
        reportVersion: candidate?.reportVersion ?? 0,
        performedAt: performedAt === undefined ? null : new Date(performedAt),
        certificates: [...(basis.certificates[item] ?? [])],
    };
}
