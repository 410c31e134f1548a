/** Of the program, as package.json has it. */
export const VERSION = '0.1.0';
/** The day this version was made. */
export const RELEASED = '2026-11-22';
