/**
 * How far a quality certificate reaches (国卫医发〔2022〕6号: the scope of the quality-control body whose assessment was passed): the nation,
 * a province, city or district (GB/T 2260), a named region of several provinces, a medical alliance.
 */
export const SCOPE_KINDS = ['nation', 'region', 'province', 'city', 'district', 'alliance'] as const;

export type ScopeKind = (typeof SCOPE_KINDS)[number];

export interface Scope {
  readonly kind: ScopeKind;
  /** Empty for the nation; the first two, four or six figures of a division code; the code of a named region or an alliance. */
  readonly code: string;
}

/** Where an institution lies in all that a scope can name. */
export interface Place {
  /** Administrative division (GB/T 2260), six digits. */
  readonly district: string;
  /** Codes of the alliances it is a member of. */
  readonly alliances: readonly string[];
  /** Codes of the named regions its division lies in. */
  readonly regions: readonly string[];
}
