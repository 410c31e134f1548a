import { Type } from 'typebox';
/** A number of leaves. */
export const Size = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'A number of leaves.' });
/** Hashes of a proof. */
export const Hashes = Type.Array(Type.String({ description: 'SHA-256, base64.' }), { description: 'From the leaf up.' });
/** What never changes may be kept by everybody on the way. */
export const IMMUTABLE = 'public, max-age=31536000, immutable';
/** The answer to If-None-Match. */
export const HELD = Type.Null({ description: 'The caller has it already.' });
