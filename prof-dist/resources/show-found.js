import { subsetText } from '../fhir/subset.js';
import { wantedDomains } from '../fhir/wanted-domains.js';
import { INCLUDED_MAX } from './find-inclusions.js';
import { encodeId } from './resource-id.js';
/**
 * The entries of a page: matches, what comes with them, and an outcome where there is something to say about the search itself.
 * `unknownDomains`: identifier systems it asks for that nobody here uses.
 */
export function showFound(matches, included, search, unknownDomains, language) {
    const domains = wantedDomains(search);
    const entry = (mode) => (it) => ({
        reference: `${it.type}/${encodeId(it)}`,
        text: shown(it.content ?? '', search, mode === 'match' ? domains : []),
        mode,
    });
    const remarks = [...remarksOf(included, search), ...unknownDomains.map(unknownDomain)];
    return [
        ...matches.map(entry('match')),
        ...included.rows.map(entry('include')),
        ...(remarks.length === 0 ? [] : [{ reference: undefined, text: outcomeOf(remarks, language), mode: 'outcome' }]),
    ];
}
/** In the words of IHE PDQm (ITI-78, 2:3.78.4.1.3, case 4). */
function unknownDomain(system) {
    return { path: 'identifier', en: `targetSystem not found: ${system}`, zh: `标识体系 ${system} 未知`, code: 'not-found' };
}
function remarksOf({ isCut }, { ignored }) {
    if (!isCut)
        return ignored;
    const en = `a page takes ${INCLUDED_MAX} included resources and 8 MiB of them; the rest is left out. Ask for fewer matches a page (_count)`;
    const zh = `每页最多包含 ${INCLUDED_MAX} 个附带资源且不超过 8 MiB，其余已省略；请减小每页数量（_count）`;
    return [...ignored, { path: '_include', en, zh }];
}
/** The published text, or the part of it that was asked for. */
function shown(text, { summary, elements }, domains) {
    const part = summary === 'true' || summary === 'text' || summary === 'data' ? summary : undefined;
    if (part === undefined && elements === undefined && domains.length === 0)
        return text;
    return subsetText(text, {
        ...(part ? { summary: part } : {}),
        ...(elements ? { elements } : {}),
        ...(domains.length > 0 ? { identifierSystems: domains } : {}),
    });
}
function outcomeOf(remarks, language) {
    return JSON.stringify({
        resourceType: 'OperationOutcome',
        issue: remarks.map((it) => ({
            severity: 'warning',
            code: it.code ?? (it.path === '_include' ? 'incomplete' : 'not-supported'),
            details: { text: it[language] },
            diagnostics: it[language],
            expression: [it.path],
        })),
    });
}
