import { Failure } from '../failure.js';
import { RESOURCE_TYPES, SERVER_MADE } from '../fhir/resource-types.js';
/** The types that a search of the whole server names in `_type`, each once. Throws `parameter-invalid` where none is, or one that R4 does not have. */
export function readTypes(pairs) {
    const types = [...new Set(pairs.filter(([name]) => name === '_type').flatMap(([, value]) => value.split(',')))];
    if (types.length === 0) {
        throw invalid('names the types to be searched, parted by commas; a search of the whole server needs it', '须列出要检索的资源类型（以逗号分隔）');
    }
    const unknown = types.find((it) => !RESOURCE_TYPES.has(it));
    if (unknown !== undefined)
        throw invalid(`"${unknown}" is not a resource type of FHIR R4`, `“${unknown}”不是 FHIR R4 的资源类型`);
    const made = types.find((it) => SERVER_MADE.has(it));
    if (made !== undefined)
        throw invalid(`does not take ${made}, which is searched by itself`, `不支持 ${made}，请单独检索`);
    return types;
}
function invalid(en, zh) {
    return new Failure('parameter-invalid', { path: '_type', en: `_type ${en}`, zh: `_type ${zh}` });
}
