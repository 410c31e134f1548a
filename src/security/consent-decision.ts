import type { Caller } from './caller.ts';

/**
 * One rule of what remains of a consent beside its yes (IHE PCF, residual): `permit` stands against `forbid`; its other members say what data it
 * is about, and are carried as they are; without any it is about everything.
 */
export interface ResidualRule {
  readonly type: 'forbid' | 'permit';
  readonly [member: string]: unknown;
}

/** What a patient's consent comes to for one caller and purpose, as a token can carry it. */
export type ConsentDecision =
  | {
      readonly decision: 'permit';
      /** What it rests on: consents as `Consent/…/_history/1`, policies by their addresses. */
      readonly consents: readonly string[];
      /** What is left to be held to; empty: nothing. */
      readonly residual: readonly ResidualRule[];
    }
  | { readonly decision: 'deny' };

/**
 * Decides, and writes the decision down before it resolves. `patient` is the logical id of a Patient, whether or not there is one: the
 * answer for nobody is the one for somebody without a consent. Handed in by the server, since consents live above this room.
 */
export type DecideConsent = (caller: Caller, patient: string, now: Date) => Promise<ConsentDecision>;
