import { Failure } from '../../failure.ts';

/** A patch that cannot be understood. */
export function malformedPatch(path: string, en: string, zh: string): Failure {
  return new Failure('malformed', { path, en, zh });
}

/** A patch that is understood, and does not fit the resource as it stands. */
export function cannotApply(path: string, en: string, zh: string): Failure {
  return new Failure('rule-violated', { path, en, zh });
}
