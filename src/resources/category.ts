/** The kinds of result a patient consents to. */
export const CATEGORIES = ['laboratory', 'imaging', 'ecg', 'pathology'] as const;

export type Category = (typeof CATEGORIES)[number];

/** In the place of a category: the resource leads to several persons, and no consent of one of them shows it. */
export const OF_SEVERAL_PERSONS = 'of-several-persons';

/** What a resource counts as where somebody else's consent is asked. */
export type Filing = Category | typeof OF_SEVERAL_PERSONS;
