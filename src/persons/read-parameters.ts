import { Failure } from '../failure.ts';
import { type ExactDocument, parseExactJson } from '../fhir/exact-json.ts';

/** The body of an operation: a Parameters resource. Throws `malformed`. */
export function readParameters(text: string): ExactDocument {
  const document = parseExactJson(text, 'Parameters');
  if (document.value['resourceType'] === 'Parameters') return document;
  throw new Failure('malformed', {
    path: 'Parameters.resourceType',
    en: 'must be Parameters',
    zh: '应为 Parameters',
  });
}
