import type { Transaction } from '../database/client.ts';
import type { Json } from '../fhir/exact-json.ts';
import type { Caller } from '../security/caller.ts';

/** Days of a calendar in Beijing, for which a measure is evaluated. */
export interface MeasurePeriod {
  /** First day, `2026-01-01`. */
  readonly start: string;
  /** Last day, which counts. */
  readonly end: string;
  /** The day after the last one. */
  readonly until: string;
}

/** What is asked of a measure. */
export interface MeasureQuestion {
  readonly period: MeasurePeriod;
  /** The institution that is reported on, as the caller named it; without one whatever the caller may see. */
  readonly reporter: string | undefined;
  /** Canonical of the measure with its version, for the report. */
  readonly canonical: string;
  /** This server's FHIR address. */
  readonly base: string;
}

/** A measure that this server evaluates. Rooms above make them, `server.ts` hands them in. */
export interface ServedMeasure {
  /** `Measure/{id}`: small letters and hyphens, so that no stored resource is called so. */
  readonly id: string;
  /** The Measure resource (https://hl7.org/fhir/R4/measure.html) but for id, url, version, status and date, which all have alike. */
  readonly definition: Json;
  /** The MeasureReport of a period; it writes into the access log what it shows. */
  evaluate(tx: Transaction, caller: Caller, question: MeasureQuestion, now: Date): Promise<Json>;
}

/** Canonical address of a measure: the same in every installation. */
export const measureUrl = (id: string): string => `https://tongjian.example/fhir/Measure/${id}`;

/** The Measure resource of a measure. */
export function measureDefinition({ id, definition }: ServedMeasure, date: string): Json {
  return { resourceType: 'Measure', id, url: measureUrl(id), status: 'active', date, ...definition };
}
