import { Type } from 'typebox';
import { Hashes, Size } from './transparency.schema.js';
/** That an entry has its place in the tree, with all that is needed to verify it off line. */
export const AccessProof = Type.Object({
    id: Type.String({ description: 'The entry.' }),
    leaf: Size,
    entry: Type.Optional(Type.String({ description: 'The canonical text (RFC 8785) that was committed to; absent where the reader may not see all of it.' })),
    salt: Type.Optional(Type.String({ description: '16 bytes as a UUID; goes with `entry`.' })),
    commitment: Type.String({ description: 'SHA-256 of salt and text, base64: the data of the leaf.' }),
    size: Size,
    proof: Hashes,
    checkpoint: Type.String({ description: 'The signed note of the tree of `size` leaves, with cosignatures.' }),
});
