/** A piece of work that was not done as it should be. */
export class WrongAnswer extends Error {
    name = 'WrongAnswer';
}
