import { Type } from 'typebox';
import type { Alliance, NamedRegion } from './alliance.queries.ts';
import { Uscc } from './client.schema.ts';

/** The code in the address of an alliance or a named region. */
export const Code = Type.Object({
  code: Type.String({
    pattern: '^[A-Za-z0-9][A-Za-z0-9-]{0,63}$',
    description: 'Code chosen by the operator: letters, figures, hyphens.',
    examples: ['yubei-1'],
  }),
});

export const Name = Type.String({ maxLength: 100, pattern: '^(?=.*\\S)[^\\p{Cc}\\p{Cs}]+$' });

export const Members = Type.Array(Uscc, { minItems: 1, maxItems: 2_000, description: 'Credit codes of the members.' });

export const Divisions = Type.Array(Type.String({ pattern: '^\\d{2}(\\d{2}){0,2}$', examples: ['50'] }), {
  minItems: 1,
  maxItems: 500,
  description: 'Division codes (GB/T 2260) or their first two or four figures: `50` is all of Chongqing.',
});

const UpdatedAt = Type.String({ description: 'When it was set last; RFC 3339, UTC.' });

export const StoredAlliance = Type.Object({ ...Code.properties, name: Name, members: Members, updatedAt: UpdatedAt });

export const StoredRegion = Type.Object({ ...Code.properties, name: Name, divisions: Divisions, updatedAt: UpdatedAt });

export function showAlliance({ code, name, members, updatedAt }: Alliance) {
  return { code, name, members: [...members], updatedAt: updatedAt.toISOString() };
}

export function showRegion({ code, name, divisions, updatedAt }: NamedRegion) {
  return { code, name, divisions: [...divisions], updatedAt: updatedAt.toISOString() };
}
