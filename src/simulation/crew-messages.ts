import type { People } from './live-people.ts';
import type { Region } from './region.ts';

/** What a member of a crew is told to begin with. */
export interface Orders {
  readonly databaseUrl: string;
  readonly preset: string;
  readonly seed: string;
  readonly people: People;
  /** People who live in this process at the same time. */
  readonly concurrency: number;
  readonly institutions: Region['institutions'];
  readonly items: Region['items'];
}

/** Told to a member: its orders, and then who lives next. */
export type ToMember = { readonly orders: Orders } | { readonly live: number };

/** What was answered by operation since the last message. */
export interface Answered {
  readonly served: ReadonlyMap<string, number>;
  readonly refused: ReadonlyMap<string, number>;
}

/** Told by a member: that it can begin, that somebody has lived, or why it cannot go on. */
export type FromMember =
  | { readonly ready: true }
  | { readonly lived: number; readonly answered: Answered; readonly rssMiB: number }
  | { readonly failed: string };
