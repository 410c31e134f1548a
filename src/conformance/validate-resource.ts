import type { Reader } from '../database/client.ts';
import type { Issue } from '../failure.ts';
import { isObject } from '../fhir/element.ts';
import { type ExactDocument, type Json, parseExactJson } from '../fhir/exact-json.ts';
import { structureIssues } from '../fhir/validation/structure.ts';
import { claimedProfiles, issuesAgainst } from './conform-to-profiles.ts';
import type { DefinitionRegistry } from './definition-registry.ts';
import { invalid, type OperationInput, readOperationInput } from './operation-input.ts';
import { VALIDATE } from './operations.ts';

/** Values of `mode` (https://hl7.org/fhir/R4/valueset-resource-validation-mode.html). */
const MODES = ['create', 'update', 'delete', 'profile'] as const;

export type ValidationMode = (typeof MODES)[number];

/** What is to be validated, against what. */
export interface Validation {
  readonly mode: ValidationMode | undefined;
  readonly profiles: readonly string[];
  /** The resource with its own text; `undefined` where the call brought none along. */
  readonly sent: { readonly content: Json; readonly text: string } | undefined;
}

/**
 * Reads a call of `$validate`: Parameters, or the resource itself as the body (https://hl7.org/fhir/R4/resource-operation-validate.html).
 * Throws `malformed`, `parameter-invalid` and `not-supported`.
 */
export function readValidation(
  query: Readonly<Record<string, string | readonly string[] | undefined>>,
  body: string | undefined,
): Validation {
  const document = body === undefined || body === '' ? undefined : parseExactJson(body, '$');
  const isWrapped =
    document?.value['resourceType'] === 'Parameters' && (Object.hasOwn(document.value, 'parameter') || document.value['id'] === undefined);
  const input = readOperationInput(VALIDATE.parameters, query, isWrapped ? body : undefined);
  const mode = input.text('mode');
  if (mode !== undefined && !MODES.some((it) => it === mode))
    throw invalid('mode', `takes one of ${MODES.join(', ')}`, `应为 ${MODES.join('、')} 之一`);
  return {
    mode: mode as ValidationMode | undefined,
    profiles: input.all('profile').map(String),
    sent: isWrapped ? sentIn(input) : document && { content: document.value, text: document.text },
  };
}

/** The resource inside the Parameters, with its own part of their text. */
function sentIn(input: OperationInput): Validation['sent'] {
  const [resource] = input.all('resource');
  const document = input.document as ExactDocument;
  if (!isObject(resource)) return undefined;
  const span = document.spans.get(resource);
  return { content: resource, text: span ? document.text.slice(span.start, span.end) : JSON.stringify(resource) };
}

/**
 * Every issue of a resource: against base R4 (warnings as well), the profiles it claims, and those that are named. A profile that is named
 * and not known here is an error, since nobody can say that it is kept; one that is merely claimed is a warning.
 */
export async function validateResource(
  registry: DefinitionRegistry,
  reader: Reader,
  content: Json,
  profiles: readonly string[],
): Promise<readonly Issue[]> {
  const type = String(content['resourceType']);
  const issues: Issue[] = [...structureIssues(content, type, { warnings: true })];
  // What is no resource of R4 cannot be held against anything finer.
  if (issues.some((it) => it.kind === 'structure' && it.path === `${type}.resourceType`)) return issues;
  for (const canonical of profiles) issues.push(...(await issuesAgainst(registry, reader, content, canonical, type, 'error')));
  const claimed = claimedProfiles(content).filter((it) => !profiles.includes(it));
  for (const canonical of claimed) issues.push(...(await issuesAgainst(registry, reader, content, canonical, type, 'warning')));
  return issues;
}
