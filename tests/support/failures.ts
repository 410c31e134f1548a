import { Failure } from '../../src/failure.ts';

/** The Failure a piece of work throws; any other end is an error. */
export function failureOf(work: () => unknown): Failure {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
