import { decodeCursor, encodeCursor } from '../faces/page-cursor.ts';
import type { AccessCursor } from './access-search.queries.ts';

const FORMS = [/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, /^\d{1,19}$/];

/** Where the next page of the log begins, for the caller: a time and a number, nothing about anybody. */
export function encodeAccessCursor({ recordedAt, id }: AccessCursor): string {
  return encodeCursor([recordedAt.toISOString(), String(id)]);
}

/** The inverse; throws `parameter-invalid` for a text that this server did not give. */
export function decodeAccessCursor(text: string | undefined): AccessCursor | undefined {
  if (text === undefined) return undefined;
  const [recordedAt = '', id = ''] = decodeCursor(text, FORMS);
  return { recordedAt: new Date(recordedAt), id: BigInt(id) };
}
