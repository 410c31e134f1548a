import { Failure } from '../../failure.js';
/** A patch that cannot be understood. */
export function malformedPatch(path, en, zh) {
    return new Failure('malformed', { path, en, zh });
}
/** A patch that is understood, and does not fit the resource as it stands. */
export function cannotApply(path, en, zh) {
    return new Failure('rule-violated', { path, en, zh });
}
