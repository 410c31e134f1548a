import { Failure } from '../failure.js';
import { RESOURCE_TYPES } from '../fhir/resource-types.js';
/** Throws `not-found` for an address whose first part is no resource type of FHIR R4: no scope could open it. */
export function requireType(type) {
    if (RESOURCE_TYPES.has(type))
        return;
    throw new Failure('not-found', { path: type, en: `${type} is not a resource type of FHIR R4`, zh: `${type} 不是 FHIR R4 的资源类型` });
}
