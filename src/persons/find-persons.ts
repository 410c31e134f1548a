import type { Reader } from '../database/client.ts';
import type { Identifier } from '../fhir/element.ts';
import { normalise } from '../fhir/person-name.ts';
import { hashIdentifier } from '../resources/hash.ts';
import { findByIdentifiers } from '../resources/resource.queries.ts';
import { decodeId, isPerson, type ResourceKey } from '../resources/resource-id.ts';
import type { Caller } from '../security/caller.ts';
import { ID_CARD_SYSTEM } from './id-card.rules.ts';
import {
  findDocuments,
  findKeysEver,
  findKeysOfDocument,
  findKeysOfPatient,
  findLinks,
  findLinksAmong,
  findLinksBy,
  type PersonKeys,
} from './person.queries.ts';

/** How a caller names a patient: an identity document or a number of its own, or the id of a Patient resource. */
export type PatientName = { readonly identifier: Identifier } | { readonly id: string };

/**
 * All keys of the human being the caller means, the named one first; none when nobody is known by that name.
 *
 * Other institutions' own numbers name nobody. Knowing a key reveals nothing: what may be seen of a person is decided by consent.
 */
export async function findPersons(reader: Reader, caller: Caller, name: PatientName): Promise<readonly bigint[]> {
  if ('id' in name) return keysIn(await findKeysOfPatient(reader, patientKey(name.id)));
  const { identifier } = name;
  if (identifier.system === ID_CARD_SYSTEM) return keysIn(await findKeysOfDocument(reader, documentOf(identifier)));
  const named = await personsOfIdentifier(reader, caller, identifier);
  // The same statements for nobody as for somebody: the time taken does not tell them apart.
  const keys = await keysOfPerson(reader, named[0] ?? 0n);
  // A number that stands for two people names neither; two records of one human being are one.
  return named.length > 0 && named.every((it) => keys.includes(it)) ? keys : [];
}

/** All keys of the human being a key stands for, itself first. */
export async function keysOfPerson(reader: Reader, person: bigint): Promise<readonly bigint[]> {
  return [person, ...(await findLinks(reader, [person]))];
}

/** The same as far as the exchange knew it at that moment: neither a document nor a merge of a later day had joined them. */
export async function keysOfPersonAt(reader: Reader, person: bigint, at: Date): Promise<readonly bigint[]> {
  return [person, ...(await findLinksBy(reader, person, at))];
}

/**
 * For each key all keys that ever stood for the same human being, itself included: what was done under one of them while a merge held was
 * done about that person, also when the merge has been taken back since. One statement, none for no keys.
 */
export async function everyKeyOf(reader: Reader, persons: readonly bigint[]): Promise<ReadonlyMap<bigint, readonly bigint[]>> {
  if (persons.length === 0) return new Map();
  const keys = new Map<bigint, bigint[]>();
  for (const [person, key] of await findKeysEver(reader, [...new Set(persons)])) {
    const list = keys.get(person);
    if (list) list.push(key);
    else keys.set(person, [key]);
  }
  return keys;
}

/** Every two of the keys that stand for one human being, in both directions. */
export function linksAmong(reader: Reader, persons: readonly bigint[]): Promise<readonly (readonly [bigint, bigint])[]> {
  return findLinksAmong(reader, persons);
}

/** The same by numbers of the caller's own alone; none where it is somebody's only by what others published. */
export async function findOwnPersons(reader: Reader, caller: Caller, identifier: Identifier): Promise<readonly bigint[]> {
  const hits = await findByIdentifiers(reader, caller.institution, [hashIdentifier('Patient', identifier)]);
  const own = hits.filter((it) => it.type === 'Patient').map((it) => it.person);
  const keys = await keysOfPerson(reader, own[0] ?? 0n);
  return own.length > 0 && own.every((it) => keys.includes(it)) ? keys : [];
}

function keysIn({ person, others }: PersonKeys): readonly bigint[] {
  return person === undefined ? [] : [person, ...others];
}

/** Nobody's where it can be no Patient's. */
function patientKey(id: string): ResourceKey {
  const key = decodeId(id.replace(/^Patient\//, ''));
  return key && isPerson(key.person) ? key : { person: 0n, id: 0n };
}

function documentOf({ system, value }: Identifier): Identifier {
  return { system, value: normalise(value) };
}

/**
 * An identifier that is no identity card is looked for among the caller's own numbers, and where it is none of them among the documents; a card
 * among the documents alone. A number of the caller's own means its own patient whether or not it is a stranger's document as well: otherwise the
 * answer would tell that there is such a stranger.
 */
async function personsOfIdentifier(reader: Reader, caller: Caller, identifier: Identifier): Promise<readonly bigint[]> {
  const [document] = await findDocuments(reader, [documentOf(identifier)]);
  const hits = await findByIdentifiers(reader, caller.institution, [hashIdentifier('Patient', identifier)]);
  const own = [...new Set(hits.filter((it) => it.type === 'Patient').map((it) => it.person))];
  return own.length === 0 && document ? [document.person] : own;
}
