import type { FailureCode } from '../failure.ts';

/**
 * What a request is to whoever waits for it: `order-entry` is a doctor with a patient, and everything that is not said to be something else;
 * `publication` comes from a hospital's own queue; `report` is for offices: statistics, exports, histories and searches over many patients. Each
 * has its own limits, so that none holds up another.
 */
export type WorkClass = 'order-entry' | 'publication' | 'report';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the door's requests are; `none` for those that have to be answered whatever there is to do. */
    work?: WorkClass | 'none';
  }

  interface FastifyRequest {
    /** As what it is counted. */
    work: WorkClass;
    /** Goes on as work of another class, once there is room for it; throws `overloaded` where there is none in time. */
    workAs(work: WorkClass): Promise<void>;
    /** Goes on without a place, under a limit of its own. */
    giveBackPlace(): void;
    /** Waits for somebody else's server without holding a place; throws as `workAs` does. */
    outside<Result>(wait: () => Promise<Result>): Promise<Result>;
    /** Why it could not be served, once that is known. */
    failure: FailureCode | undefined;
  }
}
