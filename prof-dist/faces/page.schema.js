import { Type } from 'typebox';
/** How many rows a page of a flat list has where the caller does not say. */
export const LIMIT_DEFAULT = 50;
export const Limit = Type.Integer({ minimum: 1, maximum: 100, default: LIMIT_DEFAULT, description: 'Rows of a page.' });
export const Cursor = Type.String({ minLength: 1, maxLength: 500, description: '`next` of the page before.' });
export const Next = Type.Optional(Type.String({ description: 'Cursor of the next page; absent on the last one.' }));
