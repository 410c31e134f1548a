/** As many as a withdrawal lists. */
export const CONCERNED_MAX = 1_000;
