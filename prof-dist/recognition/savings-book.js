/** What can take a saving back. */
export const CAUSES = ['revocation', 'repeat', 'recall'];
