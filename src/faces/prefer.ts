/** What a caller would like of an answer, as far as this server offers it (R4, 3.1.0.1.11 `Prefer`, and 3.1.1.4.1 for searches). */
export interface Preference {
  readonly return?: 'minimal' | 'representation' | 'OperationOutcome';
  readonly handling?: 'strict' | 'lenient';
}

/** `return=minimal`, `handling="strict"`: the words of one preference before its own parameters. */
const PREFERENCE = /^\s*([\w-]+)\s*=\s*"?([\w-]+)"?\s*(?:;|$)/;

/**
 * Reads the `Prefer` header (RFC 7240). A preference given twice counts as it stands first; one that this server does not know is ignored,
 * as it must be.
 */
export function readPrefer(header: string | undefined): Preference {
  const preference: { return?: Preference['return']; handling?: Preference['handling'] } = {};
  for (const part of (header ?? '').split(',')) {
    const [, name = '', value = ''] = PREFERENCE.exec(part) ?? [];
    if (name.toLowerCase() === 'return' && isReturn(value)) preference.return ??= value;
    if (name.toLowerCase() === 'handling' && isHandling(value)) preference.handling ??= value;
  }
  return preference as Preference;
}

const isReturn = (value: string): value is NonNullable<Preference['return']> =>
  value === 'minimal' || value === 'representation' || value === 'OperationOutcome';

const isHandling = (value: string): value is NonNullable<Preference['handling']> => value === 'strict' || value === 'lenient';
