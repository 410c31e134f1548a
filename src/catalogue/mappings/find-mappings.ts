import type { Reader } from '../../database/client.ts';

/** What a local code of the asking institution stands for. */
export interface LocalCode {
  /** As it was asked for: `code`, or `system|code`. */
  readonly asked: string;
  /** Item codes; several where the local code is a panel. */
  readonly items: readonly string[];
}

/** What these texts mean as local codes of an institution; one that is mapped to nothing is missing. One statement. */
export async function findLocalCodes(_reader: Reader, _institution: number, _asked: readonly string[]): Promise<readonly LocalCode[]> {
  return [];
}

/** A local code by which an institution says that a result is one of an item. */
export interface MappedCode {
  readonly institution: number;
  /** `system|code`. */
  readonly code: string;
  readonly item: string;
}

/**
 * The local codes for these items, of the institutions that published anything about the persons. One statement, which does not grow with
 * the number of institutions of the region.
 */
export async function findMappedCodes(
  _reader: Reader,
  _persons: readonly bigint[],
  _items: readonly string[],
): Promise<readonly MappedCode[]> {
  return [];
}
