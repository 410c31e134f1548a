/**
 * The program cannot run on the database it was given, and somebody has to do something about it: the message says what.
 *
 * Thrown at the start only, before anything is served; the message alone is what the operator should see.
 */
export class UnusableDatabase extends Error {
    name = 'UnusableDatabase';
}
