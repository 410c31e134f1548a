import { recordAccess } from '../../access-log/record-access.js';
import { pathNumber, tokenAt } from '../../fhir/search-hash.js';
import { codesOfItem, findItems } from '../items/find-items.js';
import { nearestAmong } from './nearest-item.rules.js';
import { findUnmapped } from './unmapped.queries.js';
/**
 * The codes on an institution's results since a moment that stand for no item of the edition in force and that its mappings do not mention, with how
 * often and when they were seen, and the items they most likely mean. Counts alone, of no person. Three statements with the access log.
 */
export async function listUnmappedCodes(tx, caller, institution, asked, now) {
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
