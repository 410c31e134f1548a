import { Failure } from '../failure.js';
import { objectOf } from '../fhir/element.js';
import { RESOURCE_TYPES } from '../fhir/resource-types.js';
import { profileIssues } from '../fhir/validation/profile.js';
import { readProfile } from './read-profile.js';
const BASE_PROFILE = 'http://hl7.org/fhir/StructureDefinition/';
/**
 * Holds resources to the profiles they claim in `meta.profile` (https://hl7.org/fhir/R4/profiling.html#resources).
 *
 * A profile of a loaded package is checked, in the version named or, where that one was never loaded, in the one in force; one that is not
 * loaded is a claim that nobody here can judge; one of the base types must be that of the resource. Throws `rule-violated` with every
 * error and its path. Without a claim that a package knows, no statement is sent.
 */
export async function conformToProfiles(registry, reader, resources) {
    const issues = [];
    for (const { path, content } of resources) {
        for (const canonical of claimedProfiles(content))
            issues.push(...(await issuesAgainst(registry, reader, content, canonical, path)));
    }
    const errors = issues.filter((it) => (it.severity ?? 'error') === 'error');
    if (errors.length > 0)
        throw new Failure('rule-violated', errors);
}
/** The profiles that a resource says it keeps. */
export function claimedProfiles(content) {
    const profile = objectOf(content['meta'])?.['profile'];
    return Array.isArray(profile) ? profile.filter((it) => typeof it === 'string') : [];
}
/**
 * Every issue of a resource against one profile, warnings as well. That a profile is not known here is an issue of the severity given; none
 * where none is given.
 */
export async function issuesAgainst(registry, reader, content, canonical, path, ifUnknown) {
    const type = String(content['resourceType']);
    const base = canonical.startsWith(BASE_PROFILE) ? canonical.slice(BASE_PROFILE.length).split('|')[0] : undefined;
    if (base !== undefined && RESOURCE_TYPES.has(base))
        return base === type ? [] : [otherType(path, canonical, base, type)];
    const row = registry.find('StructureDefinition', canonical);
    if (!row)
        return ifUnknown ? [unknownProfile(path, canonical, ifUnknown)] : [];
    if (!row.subjects.includes(type))
        return [otherType(path, canonical, row.subjects.join(', '), type)];
    const { profile, terminology, resolve } = await readProfile(registry, reader, row);
    return profileIssues(content, profile, terminology, path, resolve);
}
function unknownProfile(path, canonical, severity) {
    return {
        path: `${path}.meta.profile`,
        kind: 'not-found',
        severity,
        en: `the profile ${canonical} is not loaded here, so that nobody can say whether it is kept`,
        zh: `本系统未装载专规 ${canonical}，无法判断是否符合`,
    };
}
function otherType(path, canonical, wanted, type) {
    return {
        path: `${path}.meta.profile`,
        kind: 'structure',
        en: `${canonical} is a profile of ${wanted}; this is a resource of type ${type}`,
        zh: `${canonical} 是 ${wanted} 的专规，而此资源的类型为 ${type}`,
    };
}
