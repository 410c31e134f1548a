import type { Custody } from './custody.ts';

/** What the doors to resources are given by `server.ts`. */
export interface ResourceOptions {
  readonly custody: Custody;
  /** This server's FHIR address, without a trailing slash. */
  readonly base: string;
}
