import { Failure } from '../failure.js';
/**
 * Where the next page of a list begins, as the caller gets it: opaque, and made only of what the list is ordered by.
 *
 * A cursor proves nothing: each page is authorised anew.
 */
export function encodeCursor(parts) {
    return Buffer.from(JSON.stringify(parts)).toString('base64url');
}
/** A moment as `toISOString` writes it. */
export const MOMENT_PART = /^[1-9]\d{3}-(0[1-9]|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
/** A number of 62 bits in decimal digits, as ids are made of. */
export const NUMBER_PART = /^([0-4]\d{18}|\d{1,18})$/;
/** The inverse of `encodeCursor`, for a list ordered by as many things; throws `parameter-invalid` (at `path`) for any other text. */
export function decodeCursor(cursor, forms, path = 'cursor') {
    const parts = readParts(cursor);
    if (parts?.length === forms.length && parts.every((part, index) => forms[index]?.test(part)))
        return parts;
    throw new Failure('parameter-invalid', {
        path,
        en: 'The cursor is not one this list has given out. Leave it out to begin with the first page.',
        zh: '游标不是本列表给出的值。请去掉该参数，从第一页重新开始。',
    });
}
/** The cursor of what follows a row; `undefined` where nothing does. */
export function encodePlace(place) {
    return place && encodeCursor([place.at.toISOString(), String(place.id)]);
}
/** The inverse of `encodePlace`; throws `parameter-invalid` (at `path`) for any other text. */
export function decodePlace(cursor, path = 'cursor') {
    if (cursor === undefined)
        return undefined;
    const [at = '', id = ''] = decodeCursor(cursor, [MOMENT_PART, NUMBER_PART], path);
    return { at: new Date(at), id: BigInt(id) };
}
function readParts(cursor) {
    try {
        const value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
        return Array.isArray(value) && value.every((it) => typeof it === 'string') ? value : undefined;
    }
    catch {
        return undefined;
    }
}
