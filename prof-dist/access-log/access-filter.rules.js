/** operationIds of the doors to histories, whatever the action: of one resource, of a type, of all. */
export const HISTORIES = new Map([
    ['showHistory', 'history-instance'],
    ['showTypeHistory', 'history-type'],
    ['showSystemHistory', 'history-system'],
]);
/** operationIds of the doors at which callers prove who they are. */
export const AUTHENTICATIONS = ['issueToken', 'introspectToken', 'revokeToken'];
/** operationIds of the doors at which a part of a resource is changed. */
export const PATCHES = ['patchResource', 'patchByCriteria'];
/**
 * What the entry of an export is called: no door, but what a list that shows persons comes to where all of it is streamed as a file. It is a disclosure (IHE BALP, Privacy
 * Disclosure): what was exported is in nobody's keeping any more who is bound by this exchange. A look under a patient's consent, also at what
 * another institution has published, is none: it is what the exchange is for, stays under its rules, and is logged as the read or search it is.
 */
export const EXPORTS = ['exportAccessLog', 'exportSavings', 'exportLeads', 'exportRecalls'];
/** AuditEvent.action of a list that is read, a query, or of all of it that is exported, which is a read. */
export function actionOfList(interaction) {
    return EXPORTS.some((it) => it === interaction) ? 'R' : 'E';
}
/** How the operationId of a search begins; every other door whose action is E is an operation. For JavaScript and PostgreSQL alike. */
export const SEARCHES = '^(search|list|priorResults)';
