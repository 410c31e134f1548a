/** The permission of whoever has none. */
export const NO_PERMISSION = { basis: 'none', categories: [], uncategorised: false, sensitivities: [], consents: [] };
