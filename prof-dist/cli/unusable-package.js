/** A file that `--package` names and that cannot be loaded; the message is for the person at the terminal. */
export class UnusablePackage extends Error {
    name = 'UnusablePackage';
}
