import type { Reader } from '../database/client.ts';
import type { Json } from '../fhir/exact-json.ts';
import type { Permission } from '../resources/custody.ts';
import type { Caller } from '../security/caller.ts';

/** A prior result as the exchange holds it: an Observation of a report, or the report itself (imaging, ECG, pathology). */
export interface Result {
  readonly person: bigint;
  /** Number of the institution that published it. */
  readonly institution: number;
  /** `Observation/…` or `DiagnosticReport/…`, without version. */
  readonly reference: string;
  /** Parsed content of that resource. */
  readonly content: Json;
  /** The same content as it was published: its numbers keep their digits. */
  readonly text: string;
  /** The report it belongs to. */
  readonly report: {
    readonly reference: string;
    readonly version: number;
    readonly status: string;
    readonly content: Json;
    /** References of its ImagingStudies. */
    readonly studies: readonly string[];
  };
}

/**
 * The person's results with one of the codes (`system|code`), newest first, from every institution the permission covers and from the
 * caller's own. One statement, whatever the number of codes.
 */
export declare function findResults(
  reader: Reader,
  persons: readonly bigint[],
  codes: readonly string[],
  permission: Permission,
  caller: Caller,
): Promise<readonly Result[]>;
