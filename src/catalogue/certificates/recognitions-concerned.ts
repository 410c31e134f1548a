import type { Reader } from '../../database/client.ts';

/** A recognition that relied on a certificate: who recognised what. Of the patient it says nothing but the ids of decision and report. */
export interface ConcernedRecognition {
  readonly decision: string;
  /** The institution that recognised the result. */
  readonly institution: { readonly uscc: string; readonly name: string };
  readonly item: string;
  readonly report: string;
  readonly reportVersion: number;
  readonly performedAt: string;
  readonly decidedAt: string;
}

/** As many as a withdrawal lists. */
export const CONCERNED_MAX = 1_000;

/**
 * Recognitions that stand and relied on the certificate for a result sampled or examined at that moment or after, by that time, at most
 * `CONCERNED_MAX`. The catalogue names what it needs; `server.ts` hands it the one of recognition, which lives on a higher floor.
 */
export type RecognitionsConcerned = (reader: Reader, certificate: string, from: Date) => Promise<readonly ConcernedRecognition[]>;
