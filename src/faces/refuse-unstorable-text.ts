import type { FastifyInstance } from 'fastify';
import { Failure } from '../failure.ts';

/** The database takes neither NUL nor half of a character. */
const UNSTORABLE = /[\0\p{Cs}]/u;

/**
 * Text that cannot be stored gets no further than the face, in whatever member or parameter it stands: `malformed` or `parameter-invalid`
 * instead of a statement that fails.
 */
export function refuseUnstorableText(scope: FastifyInstance): void {
  scope.addHook('preValidation', async ({ url, body, headers }) => {
    const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') && typeof body === 'string';
    if (url.includes('%00') || (isForm && body.includes('%00'))) throw unstorable('parameter-invalid', isForm ? 'body' : 'url');
    // Text bodies are read by the FHIR parser, which knows the place of each fault.
    const path = typeof body === 'string' ? undefined : placeIn(body, '');
    if (path !== undefined) throw unstorable('malformed', path);
  });
}

function placeIn(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return UNSTORABLE.test(value) ? path : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, member] of Object.entries(value)) {
    if (UNSTORABLE.test(name)) return path || 'body';
    const place = placeIn(member, Array.isArray(value) ? `${path}[${name}]` : path ? `${path}.${name}` : name);
    if (place !== undefined) return place;
  }
  return undefined;
}

function unstorable(code: 'malformed' | 'parameter-invalid', path: string): Failure {
  return new Failure(code, { path, en: 'holds NUL or half of a character', zh: '含有空字符（NUL）或不完整字符' });
}
