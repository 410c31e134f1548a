import type { AccessEntry } from '../access-entry.schema.ts';

/** Where an audit takes the tree from: the database, or files as the log gives them out to everybody. */
export interface LogSource {
  /** How it is called in what the audit says. */
  readonly name: string;
  /** The database keeps full tiles alone, and signs with every batch, so that no leaf is ever without a checkpoint. */
  readonly isDatabase: boolean;
  /** The newest signed checkpoint, as its note; `undefined` where there is none. */
  newest(): Promise<string | undefined>;
  /** The keys that the log says are its own, as vkeys. */
  keys(): Promise<readonly string[]>;
  /** `width` hashes of 32 bytes, one after another; `undefined` where there is no such tile. */
  tile(level: number, index: number, width: number): Promise<Buffer | undefined>;
  /** Every checkpoint that it has kept, the smallest tree first. */
  checkpoints(): AsyncIterable<KeptCheckpoint>;
}

/** A checkpoint as a log keeps it. */
export interface KeptCheckpoint {
  readonly size: number;
  readonly root: Buffer;
  readonly note: string;
}

/** A leaf as the database keeps it, beside the tiles, with the name of the entry it stands for. */
export interface KeptLeaf {
  readonly index: number;
  readonly entry: string;
  readonly recordedAt: string;
  /** Hash of the leaf. */
  readonly hash: Buffer;
}

/** The leaves of a database, in the order of their places; from the beginning each time it is asked. */
export interface LeafTable {
  readonly size: number;
  leaves(): AsyncIterable<readonly KeptLeaf[]>;
  leaf(index: number): Promise<KeptLeaf | undefined>;
}

/** An entry about to be held against the tree. */
export interface AuditedEntry {
  readonly entry: AccessEntry;
  /** The place it says it has. */
  readonly leaf: number | undefined;
  readonly salt: string | undefined;
  /** It says itself that it waits for its place. */
  readonly isWaiting: boolean;
  /** Where it was read, in words such as a file and line; nothing where its id says enough. */
  readonly where?: string;
}

/** Something in an export that is no entry, or the export's own end. */
export type ExportFault = {
  readonly kind: 'unreadable' | 'truncated' | 'checksum-wrong' | 'reordered' | 'doubled';
  readonly where: string;
  readonly entry?: string;
};

/** Where an audit takes the entries from: the database, or an export. */
export interface EntrySource {
  readonly name: string;
  /** The entries in batches, in any order, each once; what is wrong with the source itself is told to `fault`. */
  entries(fault: (fault: ExportFault) => void): AsyncIterable<readonly AuditedEntry[]>;
  /** Whether it is all there is, as of one moment: the database. An export may be older than the log it is held against. */
  readonly isWhole: boolean;
  /** After all entries: up to when an export has everything; `undefined` where it does not say. */
  until(): Date | undefined;
}
