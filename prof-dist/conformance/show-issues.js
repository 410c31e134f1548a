/** Every issue as an OperationOutcome, errors first; where there is no error, the first issue says that the resource is valid. */
export function showIssues(issues, language) {
    const order = ['error', 'warning', 'information'];
    const list = issues.map((it) => ({ severity: 'error', kind: 'invalid', ...it }));
    const isFine = list.every((it) => it.severity !== 'error');
    return {
        resourceType: 'OperationOutcome',
        issue: [
            ...(isFine ? [{ severity: 'information', code: 'informational', details: { text: language === 'zh' ? '校验通过' : 'valid' } }] : []),
            ...list
                .toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
                .map((it) => ({
                severity: it.severity,
                code: it.kind,
                details: { text: it[language] },
                diagnostics: it.path ? `${it.path}: ${it[language]}` : it[language],
                ...(it.path ? { expression: [it.path] } : {}),
            })),
        ],
    };
}
