import type { Reader } from '../database/client.ts';
import { normalise } from '../fhir/person-name.ts';
import { disagreements } from './patient.rules.ts';
import { findDocumentsOf } from './person.queries.ts';

/** What a caller says of a patient beside the identifier. */
export interface PersonClaim {
  /** The name, or every way in which it may be written; one that is known is enough. */
  readonly name?: string | readonly string[] | undefined;
  /** `YYYY-MM-DD`. */
  readonly birthDate?: string | undefined;
}

/**
 * In what the name or birth date a caller has for a patient differs from the identity documents that the person (all keys) was seen with.
 * What is not claimed differs in nothing, and so does the claim about a person without documents. One statement.
 */
export async function findDisagreements(
  reader: Reader,
  persons: readonly bigint[],
  { name, birthDate }: PersonClaim,
): Promise<readonly ('name' | 'birthDate')[]> {
  const documents = await findDocumentsOf(reader, persons);
  const found = documents.flatMap((known) =>
    disagreements(known, {
      documents: [],
      names: name === undefined ? known.names : [name].flat().map(normalise),
      birthDate: birthDate ?? known.birthDate,
      gender: undefined,
    }),
  );
  return [...new Set(found)];
}
