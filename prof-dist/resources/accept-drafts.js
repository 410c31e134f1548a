import { Failure } from '../failure.js';
import { structureIssues } from '../fhir/validation/structure.js';
/**
 * Throws `malformed` with every place where a resource is not one of base R4, and then `rule-violated` with every business rule that is broken.
 * A patch was understood before it was applied, so that what it leaves can only be `rule-violated`.
 */
export function acceptDrafts(custody, caller, drafts, now) {
    const [malformed, patched] = [[], []];
    for (const { content, path, wish } of drafts) {
        const isPatched = wish.kind === 'update' && wish.basis !== undefined;
        (isPatched ? patched : malformed).push(...structureIssues(content, path));
    }
    if (malformed.length > 0)
        throw new Failure('malformed', malformed.slice(0, ISSUES_MAX));
    if (patched.length > 0)
        throw new Failure('rule-violated', patched.slice(0, ISSUES_MAX));
    custody.accept(drafts, caller, now);
}
/** More issues than these help nobody. */
const ISSUES_MAX = 200;
