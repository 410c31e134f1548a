/** Somebody else wrote the same things at the same moment: the transaction is given up and tried again from its first look. */
export class Collision extends Error {
    name = 'Collision';
}
