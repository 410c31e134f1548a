import type { Reader } from '../database/client.ts';
import { Failure, type Issue } from '../failure.ts';
import { objectOf } from '../fhir/element.ts';
import type { Json } from '../fhir/exact-json.ts';
import { RESOURCE_TYPES } from '../fhir/resource-types.ts';
import { profileIssues } from '../fhir/validation/profile.ts';
import type { DefinitionRegistry } from './definition-registry.ts';
import { readProfile } from './read-profile.ts';

/** A resource that says which profiles it keeps. */
interface Claimant {
  /** Where it stands in the request. */
  readonly path: string;
  readonly content: Json;
}

const BASE_PROFILE = 'http://hl7.org/fhir/StructureDefinition/';

/**
 * Holds resources to the profiles they claim in `meta.profile` (https://hl7.org/fhir/R4/profiling.html#resources).
 *
 * A profile of a loaded package is checked, in the version named or, where that one was never loaded, in the one in force; one that is not
 * loaded is a claim that nobody here can judge; one of the base types must be that of the resource. Throws `rule-violated` with every
 * error and its path. Without a claim that a package knows, no statement is sent.
 */
export async function conformToProfiles(registry: DefinitionRegistry, reader: Reader, resources: readonly Claimant[]): Promise<void> {
  const issues: Issue[] = [];
  for (const { path, content } of resources) {
    for (const canonical of claimedProfiles(content)) issues.push(...(await issuesAgainst(registry, reader, content, canonical, path)));
  }
  const errors = issues.filter((it) => (it.severity ?? 'error') === 'error');
  if (errors.length > 0) throw new Failure('rule-violated', errors);
}

/** The profiles that a resource says it keeps. */
export function claimedProfiles(content: Json): readonly string[] {
  const profile = objectOf(content['meta'])?.['profile'];
  return Array.isArray(profile) ? profile.filter((it) => typeof it === 'string') : [];
}

/**
 * Every issue of a resource against one profile, warnings as well. That a profile is not known here is an issue of the severity given; none
 * where none is given.
 */
export async function issuesAgainst(
  registry: DefinitionRegistry,
  reader: Reader,
  content: Json,
  canonical: string,
  path: string,
  ifUnknown?: 'error' | 'warning',
): Promise<readonly Issue[]> {
  const type = String(content['resourceType']);
  const base = canonical.startsWith(BASE_PROFILE) ? canonical.slice(BASE_PROFILE.length).split('|')[0] : undefined;
  if (base !== undefined && RESOURCE_TYPES.has(base)) return base === type ? [] : [otherType(path, canonical, base, type)];
  const row = registry.find('StructureDefinition', canonical);
  if (!row) return ifUnknown ? [unknownProfile(path, canonical, ifUnknown)] : [];
  if (!row.subjects.includes(type)) return [otherType(path, canonical, row.subjects.join(', '), type)];
  const { profile, terminology, resolve } = await readProfile(registry, reader, row);
  return profileIssues(content, profile, terminology, path, resolve);
}

function unknownProfile(path: string, canonical: string, severity: 'error' | 'warning'): Issue {
  return {
    path: `${path}.meta.profile`,
    kind: 'not-found',
    severity,
    en: `the profile ${canonical} is not loaded here, so that nobody can say whether it is kept`,
    zh: `本系统未装载专规 ${canonical}，无法判断是否符合`,
  };
}

function otherType(path: string, canonical: string, wanted: string, type: string): Issue {
  return {
    path: `${path}.meta.profile`,
    kind: 'structure',
    en: `${canonical} is a profile of ${wanted}; this is a resource of type ${type}`,
    zh: `${canonical} 是 ${wanted} 的专规，而此资源的类型为 ${type}`,
  };
}
