import { languageOf, SHOWN } from './shown-failures.js';
/** CodeSystem of the failure codes, as `OperationOutcome.issue.details` names them. */
const FAILURE_SYSTEM = 'https://tongjian.example/fhir/CodeSystem/failure';
/** A failure as FHIR says it: one issue a reason, with the stable code in `details` and the place in `expression`. */
export function operationOutcome(failure, language) {
    const { issue } = SHOWN[failure.code];
    return {
        resourceType: 'OperationOutcome',
        issue: failure.issues.map((it) => ({
            severity: failure.code === 'internal' ? 'fatal' : (it.severity ?? 'error'),
            code: it.kind ?? issue,
            details: { coding: [it.coding ?? { system: FAILURE_SYSTEM, code: failure.code }], text: it[language] },
            diagnostics: it.path ? `${it.path}: ${it[language]}` : it[language],
            ...(it.path ? { expression: [it.path] } : {}),
        })),
    };
}
/** The failure of one entry of a batch: its status and outcome. */
export function showEntryFailure(failure, acceptLanguage) {
    return { status: SHOWN[failure.code].status, outcome: operationOutcome(failure, languageOf(acceptLanguage)) };
}
