import { Type } from 'typebox';
import { Uscc } from './client.schema.js';
/** The code in the address of an alliance or a named region. */
export const Code = Type.Object({
    code: Type.String({
        pattern: '^[A-Za-z0-9][A-Za-z0-9-]{0,63}$',
        description: 'Code chosen by the operator: letters, figures, hyphens.',
        examples: ['yubei-1'],
    }),
});
export const Name = Type.String({ maxLength: 100, pattern: '^(?=.*\\S)[^\\p{Cc}\\p{Cs}]+$' });
export const Members = Type.Array(Uscc, { maxItems: 2_000, description: 'Credit codes of the members.' });
export const Divisions = Type.Array(Type.String({ pattern: '^\\d{2}(\\d{2}){0,2}$', examples: ['50'] }), {
    maxItems: 500,
    description: 'Division codes (GB/T 2260) or their first two or four figures: `50` is all of Chongqing.',
});
/** Parts of the same kind, by their codes. */
export const Parts = Type.Array(Code.properties.code, {
    maxItems: 500,
    description: 'Codes of what is in it as a whole. Nothing may be in itself, on however many steps.',
});
/** One of the two lists names something: what consists of nothing is none. */
export function oneOf(...lists) {
    return { anyOf: lists.map((it) => ({ required: [it], properties: { [it]: { minItems: 1 } } })) };
}
const UpdatedAt = Type.String({ description: 'When it was set last; RFC 3339, UTC.' });
export const StoredAlliance = Type.Object({
    ...Code.properties,
    name: Name,
    members: Type.Array(Uscc, { description: 'Credit codes of its own members.' }),
    alliances: Type.Array(Type.String(), { description: 'Codes of the alliances in it, whose members are members of it as well.' }),
    updatedAt: UpdatedAt,
});
export const StoredRegion = Type.Object({
    ...Code.properties,
    name: Name,
    divisions: Type.Array(Type.String(), { description: 'Its own divisions (GB/T 2260), by their first figures.' }),
    regions: Type.Array(Type.String(), { description: 'Codes of the regions in it, whose divisions are divisions of it as well.' }),
    updatedAt: UpdatedAt,
});
export function showAlliance({ code, name, members, alliances, updatedAt }) {
    return { code, name, members: [...members], alliances: [...alliances], updatedAt: updatedAt.toISOString() };
}
export function showRegion({ code, name, divisions, regions, updatedAt }) {
    return { code, name, divisions: [...divisions], regions: [...regions], updatedAt: updatedAt.toISOString() };
}
