import { Failure } from '../failure.js';
import { structureIssues } from '../fhir/validation/structure.js';
import { createResource } from '../resources/create-resource.js';
import { deleteResource } from '../resources/delete-resource.js';
import { answerRead } from '../resources/read-resource.js';
import { isPerson } from '../resources/resource-id.js';
import { updateResource } from '../resources/update-resource.js';
import { claimedProfiles, issuesAgainst } from './conform-to-profiles.js';
import { rehearseWrite } from './rehearse-write.js';
/**
 * Operation `$validate`: every issue of the resource that was sent or, on an instance without one, of the resource that is stored
 * (https://hl7.org/fhir/R4/resource-operation-validate.html).
 *
 * With a mode the interaction itself is done and taken back, so that nothing it would refuse passes here; but only for what is valid in
 * itself. The call is in the access log before this resolves. Throws `not-found` and `gone` for an instance that the caller cannot read,
 * `parameter-invalid` where there is nothing to validate.
 */
export async function validateResource(db, registry, custody, caller, asked, now) {
    const { type, id, mode, sent, profiles } = asked;
    const stored = id === undefined ? undefined : await answerRead(db, custody, caller, { type, id }, now);
    const content = sent?.content ?? (stored && mode !== 'create' ? JSON.parse(stored.content) : undefined);
    if (!content) {
        throw new Failure('parameter-invalid', {
            path: 'resource',
            kind: 'required',
            en: 'there is no resource to validate',
            zh: '没有需要校验的资源',
        });
    }
    const issues = mode === 'delete' ? [] : await issuesOf(registry, db, content, profiles);
    const isValid = issues.every((it) => (it.severity ?? 'error') !== 'error');
    const refusal = isValid ? await rehearse(db, custody, caller, asked, stored?.content, now) : undefined;
    await custody.record(null, caller, [{ person: refusal?.person ?? personOf(stored), action: 'E', interaction: 'validateResource', entities: [] }], now);
    return [...issues, ...(refusal?.issues ?? [])];
}
/** Whom a stored resource is about; 0n for nobody, whose compartment is an institution's. */
function personOf(stored) {
    return stored && isPerson(stored.person) ? stored.person : 0n;
}
/**
 * Every issue of a resource in itself: against base R4 (warnings as well), the profiles it claims, and those that are named. A profile that
 * is named and not known here is an error, since nobody can say that it is kept; one that is merely claimed is a warning.
 */
async function issuesOf(registry, reader, content, profiles) {
    const type = String(content['resourceType']);
    const issues = [...structureIssues(content, type, { warnings: true })];
    for (const canonical of profiles)
        issues.push(...(await issuesAgainst(registry, reader, content, canonical, type, 'error')));
    const claimed = claimedProfiles(content).filter((it) => !profiles.includes(it));
    for (const canonical of claimed)
        issues.push(...(await issuesAgainst(registry, reader, content, canonical, type, 'warning')));
    return issues;
}
/** Why the interaction of the mode would be refused. */
async function rehearse(db, custody, caller, { type, id, mode, sent, base }, storedText, now) {
    const request = { interaction: 'validateResource', base };
    if (mode === 'create' && sent)
        return rehearseWrite(db, (tx) => createResource(tx, custody, caller, type, sent.text, request, now));
    const text = sent?.text ?? storedText;
    if (mode === 'update' && id !== undefined && text !== undefined) {
        return rehearseWrite(db, (tx) => updateResource(tx, custody, caller, { type, id }, text, request, now));
    }
    if (mode === 'delete' && id !== undefined) {
        return rehearseWrite(db, (tx) => deleteResource(tx, custody, caller, { type, id }, request, now));
    }
    return undefined;
}
