/** The kinds of result a patient consents to. */
export const CATEGORIES = ['laboratory', 'imaging', 'ecg', 'pathology'] as const;

export type Category = (typeof CATEGORIES)[number];
