import { applyFhirPathPatch } from './apply-fhirpath-patch.js';
import { readTree, writeTree } from './exact-tree.js';
import { applyJsonPatch } from './json-patch.js';
/**
 * The text of a resource with a patch applied to it. What the patch does not touch keeps its digits and its order; white space between the
 * tokens goes. Throws `rule-violated` for an operation that does not fit what stands there; whether the result is a resource is not asked.
 */
export function applyPatch(text, patch) {
    const tree = readTree(text);
    return writeTree(patch.kind === 'json' ? applyJsonPatch(tree, patch.operations, patch.path) : applyFhirPathPatch(tree, patch.operations, patch.path));
}
