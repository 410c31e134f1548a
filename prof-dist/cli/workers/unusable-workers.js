/** Workers could not be started, or die again and again; the message is for the person at the terminal. */
export class UnusableWorkers extends Error {
    name = 'UnusableWorkers';
}
