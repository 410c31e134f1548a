/** A process that does the work; its number may change while it is measured, since it can be started again. */
export interface Server {
  readonly pid: number;
}

/** Something that can do a piece of work: the gateway, or a reference beside it. */
export interface Subject {
  readonly name: string;
  /** One piece of work from its first byte to the last, checked; answers the bytes that came back. Throws WrongAnswer. */
  once(): Promise<number>;
  /** Makes ready what so many seconds of work take, before they are measured. */
  prepare?(seconds: number): Promise<void>;
  /** The process that serves it; absent where the driver itself speaks to the database. */
  readonly server: Server | undefined;
}

/** A piece of work that was not done as it should be. */
export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer';
}

/** The same work done by the gateway and by its references, to be set in relation. */
export interface Work {
  /** The name of the work in tables and in JSON. */
  readonly name: string;
  /** What it is, with its bytes, for a reader. */
  readonly about: string;
  readonly ours: Subject;
  readonly references: readonly Subject[];
}
