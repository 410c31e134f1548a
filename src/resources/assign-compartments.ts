import type { Transaction } from '../database/client.ts';
import { Failure } from '../failure.ts';
import { objectsOf } from '../fhir/element.ts';
import type { Json, JsonValue } from '../fhir/exact-json.ts';
import type { Caller } from '../security/caller.ts';
import type { Custody } from './custody.ts';
import type { Passage } from './draft.ts';
import type { ReferenceResolver } from './resolve-references.ts';
import { freshNumber, isPerson } from './resource-id.ts';

/** Elements that say whom a resource is about, and those that lead there by way of another resource. */
const SUBJECTS = ['subject', 'patient', 'for', 'beneficiary'];
const ABOUT = ['target', 'focus'];

/**
 * Gives every resource its key: the compartment of the person it is about, or of the institution where it is about nobody.
 *
 * Throws `rule-violated` for a report that is about no Patient and for an update that would move a resource to another person;
 * `identity-mismatch` comes from the persons' room.
 */
export async function assignCompartments(
  tx: Transaction,
  custody: Custody,
  caller: Caller,
  passages: readonly Passage[],
  resolver: ReferenceResolver,
  now: Date,
): Promise<void> {
  const first = freshNumber();
  const patients = passages.filter((it) => it.draft.type === 'Patient' && it.fate.kind !== 'existing');
  if (patients.length > 0) {
    const claims = patients.map(({ draft, fate }) => ({
      path: draft.path,
      content: draft.content,
      ...(fate.kind === 'update' ? { person: fate.current.person } : {}),
    }));
    const persons = await custody.identify(tx, caller, claims, now);
    patients.forEach((patient, index) => {
      patient.key = { person: persons[index] as bigint, id: first + BigInt(passages.indexOf(patient)) };
    });
  }

  for (const passage of passages) {
    if (passage.fate.kind === 'existing') passage.key = passage.fate.key;
    if (passage.fate.kind === 'update') passage.key = passage.fate.current;
  }

  passages.forEach((passage, index) => {
    if (passage.fate.kind === 'existing' || passage.draft.type === 'Patient') return;
    const person = subjectOf(passage, resolver);
    if (passage.draft.type === 'DiagnosticReport' && person === undefined) throw aboutNobody(passage);
    if (passage.key === undefined) passage.key = person === undefined ? undefined : { person, id: first + BigInt(index) };
    else if (person !== undefined && person !== passage.key.person) throw otherPerson(passage);
  });
  // What is about another resource goes where that one went.
  passages.forEach((passage, index) => {
    passage.key ??= { person: aboutOf(passage, resolver) ?? BigInt(caller.institution), id: first + BigInt(index) };
  });
}

/** The person a resource names as its subject. */
function subjectOf(passage: Passage, resolver: ReferenceResolver): bigint | undefined {
  return compartmentsBy(passage, resolver, SUBJECTS).find(isPerson);
}

function aboutOf(passage: Passage, resolver: ReferenceResolver): bigint | undefined {
  return compartmentsBy(passage, resolver, ABOUT).find(isPerson);
}

function compartmentsBy(passage: Passage, resolver: ReferenceResolver, names: readonly string[]): readonly bigint[] {
  const holders = new Set<Json | readonly JsonValue[]>(names.flatMap((name) => objectsOf(passage.draft.content[name])));
  return passage.links.flatMap((link) => {
    if (link.kind !== 'reference' || !holders.has(link.holder)) return [];
    const target = resolver.follow(passage, link);
    if (!target) return [];
    const key = 'row' in target ? target.row : target.passage.key;
    return key ? [key.person] : [];
  });
}

function aboutNobody({ draft }: Passage): Failure {
  return new Failure('rule-violated', {
    path: `${draft.path}.subject`,
    en: 'a report must be about a Patient that this institution has published or publishes with it',
    zh: '报告的对象必须是本机构已发布或随本次一并发布的患者',
  });
}

function otherPerson({ draft }: Passage): Failure {
  return new Failure('rule-violated', {
    path: `${draft.path}.subject`,
    en: 'a new version cannot be about another person; withdraw this one and publish another',
    zh: '新版本不能改为另一患者；请撤回原报告后重新发布',
  });
}
