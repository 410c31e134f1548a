/** Actions that write; what was only shown is no occasion. */
export const WRITING = ['C', 'U', 'D'];
/**
 * What an entry gives occasion to compare: the reports that were stored, changed or deleted; of measurements that were changed by themselves, these;
 * of a decision, the decision alone, since the reports that are named with it are what was decided on.
 */
export function namedIn({ outcome, action, entities }) {
    if (outcome !== 0 || !WRITING.includes(action))
        return [];
    const named = entities.flatMap((it) => {
        const [, type, id] = /^(DiagnosticReport|Observation|RecognitionDecision)\/([0-9a-f]{32})(?:\/_history\/\d+)?$/.exec(it) ?? [];
        return type && id ? [{ type: type, id }] : [];
    });
    const decisions = named.filter((it) => it.type === 'RecognitionDecision');
    if (decisions.length > 0)
        return decisions;
    const reports = named.filter((it) => it.type === 'DiagnosticReport');
    return reports.length > 0 ? reports : named;
}
