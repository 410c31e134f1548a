import { recordAccess } from '../../access-log/record-access.ts';
import type { Transaction } from '../../database/client.ts';
import { pathNumber, tokenAt } from '../../fhir/search-hash.ts';
import type { Institution } from '../../institutions/find-institution.ts';
import type { Caller } from '../../security/caller.ts';
import { codesOfItem, findItems } from '../items/find-items.ts';
import { type NearestItem, nearestAmong } from './nearest-item.rules.ts';
import { findUnmapped, type UnmappedCode, type UnmappedCodes } from './unmapped.queries.ts';

export interface UnmappedReport extends Omit<UnmappedCodes, 'codes'> {
  readonly edition: string | null;
  readonly codes: readonly (UnmappedCode & { readonly nearest: readonly NearestItem[] })[];
}

/**
 * The codes on an institution's results since a moment that stand for no item of the edition in force and that its mappings do not mention, with how
 * often and when they were seen, and the items they most likely mean. Counts alone, of no person. Three statements with the access log.
 */
export async function listUnmappedCodes(
  tx: Transaction,
  caller: Caller,
  institution: Institution,
  asked: { readonly since: Date; readonly limit: number },
  now: Date,
): Promise<UnmappedReport> {
  const { edition, items } = await findItems(tx, null, now);
  const itemTokens = [...items.values()].flatMap(codesOfItem).map((it) => tokenAt(pathNumber('code'), it));
  const found = await findUnmapped(tx, { institution: institution.institution, ...asked, itemTokens });
  const query = `uscc=${institution.uscc}&since=${asked.since.toISOString()}`;
  await recordAccess(tx, caller, [{ person: 0n, action: 'R', interaction: 'listUnmappedCodes', entities: [], query }], now);
  const nearest = nearestAmong(items.values());
  return {
    ...found,
    edition,
    codes: found.codes.map((it) => ({ ...it, nearest: nearest([it.code, it.display ?? '']) })),
  };
}
