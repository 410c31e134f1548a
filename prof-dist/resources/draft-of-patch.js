import { Failure } from '../failure.js';
import { parseExactJson } from '../fhir/exact-json.js';
import { applyPatch } from '../fhir/patch/apply-patch.js';
import { findAimed, questionsOfAims } from './find-aimed.js';
import { lookUp } from './look-up.js';
import { noSuchResource } from './own-resource.js';
import { lockIdentifiers } from './resource.queries.js';
import { encodeId } from './resource-id.js';
/**
 * Patches applied to what stands now: each becomes the draft of an update, and goes the way of one. Statements, whatever their number: one
 * for identifiers, one or two for keys, one for each other condition; and `again`, where another request was quicker before, a lock on what
 * they are about and these once more.
 *
 * Throws `not-found`, `not-owner`, `gone`, `precondition-failed`; `malformed` for a patch that cannot be understood, and `rule-violated`
 * where it cannot be applied or leaves what is no resource any more.
 */
export async function draftsOfPatches(tx, custody, caller, patches, { base, again }, now) {
    if (patches.length === 0)
        return [];
    const look = () => lookUp(tx, custody, caller, questionsOfAims(patches.map((it) => it.wish.aim)), base, now);
    let answers = await look();
    if (again && answers.byKey.size > 0) {
        await lockIdentifiers(tx, caller.institution, [...answers.byKey.keys()]);
        answers = await look();
    }
    const drafts = [];
    for (const patching of patches) {
        const { path, fullUrl, type, wish } = patching;
        const row = await findAimed(tx, custody, caller, patching, answers, now);
        if (!row)
            throw noSuchResource('PATCH', type, path);
        if (row.content === null) {
            throw new Failure('gone', { path, en: `${type}/${encodeId(row)} was deleted`, zh: `${type}/${encodeId(row)} 已被删除` });
        }
        const document = parsePatched(applyPatch(row.content, wish.patch), path);
        const content = document.value;
        if (content['resourceType'] !== type || content['id'] !== encodeId(row)) {
            throw new Failure('rule-violated', { path, en: 'type and id of a resource cannot be patched', zh: '不能修改资源的类型和 id' });
        }
        const key = { person: row.person, id: row.id };
        const { ifMatch, ifNoneMatch } = wish;
        const preconditions = { ...(ifMatch === undefined ? {} : { ifMatch }), ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }) };
        const update = { kind: 'update', aim: { key }, bodyId: encodeId(row), basis: row.version, ...preconditions };
        drafts.push({ path, fullUrl, document, content, type, wish: update });
    }
    return drafts;
}
/** The patch was understood, so what it leaves is to blame: `rule-violated` instead of `malformed`. */
function parsePatched(text, path) {
    try {
        return parseExactJson(text, path);
    }
    catch (error) {
        if (error instanceof Failure && error.code === 'malformed')
            throw new Failure('rule-violated', error.issues);
        throw error;
    }
}
