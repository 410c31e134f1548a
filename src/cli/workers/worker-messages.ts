/**
 * What a worker says to the program that started it: that it could listen now, that it does, or that somebody asks it what all of them
 * measured.
 */
export type FromWorker =
  | { readonly says: 'prepared' }
  | { readonly says: 'listens' }
  | { readonly says: 'measure'; readonly question: number };

/** What the program says to a worker: that it may listen, and what all of them measured; no text where one of them did not answer. */
export type ToWorker =
  | { readonly says: 'listen' }
  | { readonly says: 'measured'; readonly question: number; readonly text: string | undefined };
