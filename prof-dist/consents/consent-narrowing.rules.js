import { isConfidentiality } from '../resources/label.rules.js';
import { periodOf } from './row-rule.rules.js';
/** Reads back what the flat body can say; everything else makes `saysMore`. */
export function narrowingOf({ root, nested }) {
    const opening = nested.filter((it) => isPlain({ ...it, labels: [] }) && it.type === 'permit' && it.labels.length > 0);
    const closing = nested.filter((it) => isPlain({ ...it, data: null }) && it.type === 'deny' && it.data !== null);
    const excepted = closing.flatMap((it) => it.data ?? []);
    const reports = excepted.flatMap((it) => (it.kind === 'instance' && it.target?.type === 'DiagnosticReport' ? it.target.id : []));
    const publishedBy = excepted.flatMap((it) => (it.kind === 'authoredby' && it.institution !== undefined ? it.institution : []));
    const labels = [...root.labels, ...opening.flatMap((it) => it.labels)];
    const { organizations, people } = root.recipients;
    const isFlat = root.isEvaluable &&
        organizations.length + people.length === 0 &&
        root.data === null &&
        !labels.some(isConfidentiality) &&
        (root.type === 'deny' || root.labels.length === 0) &&
        opening.length + closing.length === nested.length &&
        reports.length + publishedBy.length === excepted.length;
    return {
        sensitivities: [...new Set(labels.filter((it) => !isConfidentiality(it)))],
        period: periodOf(root.dataPeriod),
        reports,
        publishedBy,
        saysMore: !isFlat,
    };
}
/** Says nothing but its type. */
function isPlain({ isEvaluable, recipients, purposes, categories, dataPeriod, labels, data, ...time }) {
    const { institutions, organizations, people } = recipients;
    const lists = [institutions, organizations, people, purposes, categories, labels];
    return (isEvaluable && lists.every((it) => it.length === 0) && [dataPeriod, data, time.validFrom, time.validUntil].every((it) => it === null));
}
