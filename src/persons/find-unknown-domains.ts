import type { Reader } from '../database/client.ts';
import { findDomains } from './person.queries.ts';

/** Of these identifier systems, those that no Patient was ever published with, whoever asks: which are in use is a fact of the directory. */
export async function findUnknownDomains(reader: Reader, systems: readonly string[]): Promise<readonly string[]> {
  const known = await findDomains(reader, systems);
  return systems.filter((it) => !known.has(it));
}
