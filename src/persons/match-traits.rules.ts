import { type Identifier, identifiersOf, objectsOf, textOf } from '../fhir/element.ts';
import type { Json } from '../fhir/exact-json.ts';
import { namesOf, normalise } from '../fhir/person-name.ts';
import { ID_CARD_SYSTEM, type IdCard, readIdCard } from './id-card.rules.ts';
import { readIdentity } from './patient.rules.ts';

/** What a Patient says that can tell whether it is the same human being as another, in one spelling. */
export interface MatchTraits {
  /** Identity documents in force. */
  readonly documents: readonly Identifier[];
  /** All other identifiers that have a system, as `system|value`. */
  readonly identifiers: readonly string[];
  /** Every way in which the name may be written. */
  readonly names: readonly string[];
  readonly nameParts: readonly NameParts[];
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly birthDate: string | undefined;
  readonly gender: string | undefined;
  readonly telecoms: readonly string[];
  /** Whole addresses, and the places in them: postal codes and cities. */
  readonly addresses: readonly string[];
  readonly places: readonly string[];
  readonly mothersMaidenName: string | undefined;
}

/** A name as its parts, where it was given so. */
export interface NameParts {
  readonly family: string;
  readonly given: readonly string[];
}

const MOTHERS_MAIDEN_NAME = 'http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName';

/** Reads the traits of a Patient. A valid identity card number says birth date and sex where the Patient does not. */
export function readTraits(patient: Json, telecoms: readonly string[]): MatchTraits {
  const { identity } = readIdentity(patient);
  const card = identity.documents.map(readCard).find((it) => it !== undefined);
  const documents = new Set(identity.documents.map((it) => `${it.system}|${it.value}`));
  const birthDate = textOf(patient['birthDate']);
  const addresses = objectsOf(patient['address']);
  return {
    // A number that is none parts nobody.
    documents: identity.documents.filter((it) => it.system !== ID_CARD_SYSTEM || readCard(it)),
    identifiers: identifiersOf(patient)
      .filter((it) => it.system !== '' && !documents.has(`${it.system}|${normalise(it.value)}`))
      .map((it) => `${it.system}|${it.value}`),
    names: namesOf(patient),
    nameParts: objectsOf(patient['name']).flatMap(partsOf),
    birthDate: birthDate && /^\d{4}(-\d{2}){0,2}$/.test(birthDate) ? birthDate : card?.birthDate,
    gender: textOf(patient['gender']) ?? card?.gender,
    telecoms,
    addresses: addresses.map(addressOf).filter((it) => it !== ''),
    places: addresses
      .flatMap((it) => [it['postalCode'], it['city']].map((part) => normalise(textOf(part) ?? '')))
      .filter((it) => it !== ''),
    mothersMaidenName: objectsOf(patient['extension'])
      .filter((it) => it['url'] === MOTHERS_MAIDEN_NAME)
      .map((it) => normalise(textOf(it['valueString']) ?? ''))
      .find((it) => it !== ''),
  };
}

function readCard({ system, value }: Identifier): IdCard | undefined {
  const card = system === ID_CARD_SYSTEM ? readIdCard(value) : undefined;
  return typeof card === 'object' ? card : undefined;
}

function partsOf(name: Json): readonly NameParts[] {
  const family = normalise(textOf(name['family']) ?? '');
  const given = (Array.isArray(name['given']) ? (name['given'] as readonly unknown[]) : [])
    .map((it) => (typeof it === 'string' ? normalise(it) : ''))
    .filter((it) => it !== '');
  return family !== '' && given.length > 0 ? [{ family, given }] : [];
}

/** `text`, or else all of its lines and places one after the other. */
function addressOf(address: Json): string {
  const lines = Array.isArray(address['line']) ? (address['line'] as readonly unknown[]).filter((it) => typeof it === 'string') : [];
  const parts = [...lines, address['district'], address['city'], address['state'], address['postalCode'], address['country']];
  return normalise(textOf(address['text']) ?? parts.filter((it) => typeof it === 'string').join(''));
}
