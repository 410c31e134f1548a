import { normalise } from '../fhir/person-name.js';
import { disagreements } from './patient.rules.js';
import { findDocumentsOf } from './person.queries.js';
/**
 * In what the name or birth date a caller has for a patient differs from the identity documents that the person (all keys) was seen with.
 * What is not claimed differs in nothing, and so does the claim about a person without documents. One statement.
 */
export async function findDisagreements(reader, persons, { name, birthDate }) {
    const documents = await findDocumentsOf(reader, persons);
    const found = documents.flatMap((known) => disagreements(known, {
        documents: [],
        names: name === undefined ? known.names : [name].flat().map(normalise),
        birthDate: birthDate ?? known.birthDate,
        gender: undefined,
    }));
    return [...new Set(found)];
}
