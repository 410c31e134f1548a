import type { Caller } from '../security/caller.ts';
import type { Permission } from './custody.ts';
import { permittedSql } from './permission-sql.ts';
import { FIRST_PERSON } from './resource-id.ts';
import { KEPT_TYPES, SHARED_TYPES } from './shared-types.ts';

/** A human being the request names: every key, and what the caller may see of them from other institutions. */
export interface NamedPerson {
  readonly keys: readonly bigint[];
  readonly permission: Permission;
}

/** Whose resources a request may see at all. */
export interface Reach {
  readonly institution: number;
  /** Whether the shared directory is among them. */
  readonly shared: boolean;
  readonly persons: readonly NamedPerson[];
}

/** Takes a value of a statement; answers its place in the text, such as `$3`. */
export type Bind = (value: unknown) => string;

/** The reach of a request that names nobody. */
export function reachOf(caller: Caller, reach: 'own' | 'own-and-shared'): Reach {
  return { institution: caller.institution, shared: reach === 'own-and-shared', persons: [] };
}

/** What is known of the rows that are asked about. */
export interface KnownOfRow {
  /** They are of one of these types: what can hold for none of them is left out. */
  readonly types?: readonly string[];
  /** Their persons are known, and lead to them: no index by institution is taken, whatever the planner believes of a table never analyzed. */
  readonly isPlaced?: boolean;
}

/**
 * Whether a row of `resources` may be seen, as a condition of the statement itself: what the caller's institution published, the shared
 * directory (about nobody), and of the persons named what their permissions cover. A Patient's own record comes with any permission; what
 * a person has permitted or denied stays where it was recorded.
 */
export function visibleSql(
  alias: string,
  { institution, shared, persons }: Reach,
  bind: Bind,
  { types, isPlaced = false }: KnownOfRow = {},
): string {
  const ways = [`${alias}.institution ${isPlaced ? '+ 0 ' : ''}= ${bind(institution)}`];
  if (shared && types?.some((it) => SHARED_TYPES.includes(it)) !== false)
    ways.push(`(${alias}.person < ${bind(FIRST_PERSON)} and ${alias}.type = any(${bind(SHARED_TYPES)}::text[]))`);
  if (persons.length > 0) {
    const ofPersons = persons.map(({ keys, permission }) => {
      const own = `${alias}.type = 'Patient' and ${bind(permission.basis !== 'none')}::boolean`;
      return `(${alias}.person = any(${bind(keys)}::bigint[]) and (${permittedSql({ alias }, permission, bind)} or (${own})))`;
    });
    ways.push(`(${alias}.type <> all(${bind(KEPT_TYPES)}::text[]) and (${ofPersons.join(' or ')}))`);
  }
  return `(${ways.join(' or ')})`;
}
