/** The kinds of result a patient consents to. */
export const CATEGORIES = ['laboratory', 'imaging', 'ecg', 'pathology'];
/** In the place of a category: the resource leads to several persons, and no consent of one of them shows it. */
export const OF_SEVERAL_PERSONS = 'of-several-persons';
