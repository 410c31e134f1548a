import type { Transaction } from '../database/client.ts';
import { Failure, type Issue } from '../failure.ts';
import type { PatientClaim } from '../resources/custody.ts';
import { freshPerson } from '../resources/resource-id.ts';
import { Collision } from '../resources/store-resources.ts';
import type { Caller } from '../security/caller.ts';
import { disagreements, type Identity, readIdentity } from './patient.rules.ts';
import { findDocuments, findLinks, insertDocuments, insertLinks, type KnownDocument, type NewDocument } from './person.queries.ts';

/**
 * Whose each Patient is: the person its identity documents stand for, or a person never seen before.
 *
 * Two institutions' Patients are one person by a common document together with name and birth date. The same document with another name
 * or birth date is a mistake that nobody here can settle: `identity-mismatch`, naming the element, and nothing is stored. A wrong
 * number is `rule-violated`. At most four statements, whatever the number of Patients.
 */
export async function identifyPersons(
  tx: Transaction,
  caller: Caller,
  claims: readonly PatientClaim[],
  now: Date,
): Promise<readonly bigint[]> {
  const identities = claims.map(readClaim);
  const documents = identities.flatMap((it) => it.documents);
  const known = new Map((documents.length > 0 ? await findDocuments(tx, documents) : []).map((it) => [nameOf(it), it]));

  const fresh: NewDocument[] = [];
  const linked: bigint[][] = [];
  const persons = claims.map((claim, index) => {
    const identity = identities[index] as Identity;
    const met = identity.documents.flatMap((it) => known.get(nameOf(it)) ?? []);
    for (const document of met) refuseMismatch(document, claim, identity);
    const keys = [...new Set([...(claim.person === undefined ? [] : [claim.person]), ...met.map((it) => it.person)])];
    const person = keys[0] ?? freshPerson();
    if (keys.length > 1) linked.push(keys);
    for (const document of identity.documents) {
      if (known.has(nameOf(document))) continue;
      const row = { ...document, person, names: identity.names, birthDate: identity.birthDate as string, gender: identity.gender ?? null };
      known.set(nameOf(document), row);
      fresh.push(row);
    }
    return person;
  });

  if (fresh.length > 0 && !(await insertDocuments(tx, caller.institution, fresh, now))) throw new Collision();
  // Links are kept complete: every key of one human being knows every other.
  for (const keys of linked) await insertLinks(tx, caller.institution, [...new Set([...keys, ...(await findLinks(tx, keys))])], now);
  return persons;
}

function readClaim({ path, content }: PatientClaim): Identity {
  const { identity, issues } = readIdentity(content);
  if (issues.length > 0)
    throw new Failure(
      'rule-violated',
      issues.map((it): Issue => ({ ...it, path: `${path}.${it.path}` })),
    );
  return identity;
}

function refuseMismatch(document: KnownDocument, { path }: PatientClaim, identity: Identity): void {
  const elements = disagreements(document, identity);
  if (elements.length === 0) return;
  throw new Failure(
    'identity-mismatch',
    elements.map((element) => ({
      path: `${path}.${element}`,
      en: `${element === 'name' ? 'the name' : 'the birth date'} differs from the one this identity document was registered with`,
      zh: `${element === 'name' ? '姓名' : '出生日期'}与该证件已登记的信息不一致`,
    })),
    { person: document.person },
  );
}

const nameOf = ({ system, value }: { system: string; value: string }): string => `${system}|${value}`;
