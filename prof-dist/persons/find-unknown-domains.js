import { findDomains } from './person.queries.js';
/** Of these identifier systems, those that no Patient was ever published with, whoever asks: which are in use is a fact of the directory. */
export async function findUnknownDomains(reader, systems) {
    const known = await findDomains(reader, systems);
    return systems.filter((it) => !known.has(it));
}
