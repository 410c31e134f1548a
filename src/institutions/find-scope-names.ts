import type { Reader } from '../database/client.ts';

/** Names of everything that was set, by its code. */
export interface ScopeNames {
  readonly regions: ReadonlyMap<string, string>;
  readonly alliances: ReadonlyMap<string, string>;
}

/** The named regions and the alliances there are, with their names; one statement. They are few. */
export async function findScopeNames(reader: Reader): Promise<ScopeNames> {
  const { rows } = await reader.$client.query<{ kind: 'region' | 'alliance'; code: string; name: string }>(
    `select 'region' as kind, code, name from named_regions union all select 'alliance', code, name from alliances`,
  );
  const namesOf = (kind: 'region' | 'alliance') => new Map(rows.flatMap((it) => (it.kind === kind ? [[it.code, it.name] as const] : [])));
  return { regions: namesOf('region'), alliances: namesOf('alliance') };
}
