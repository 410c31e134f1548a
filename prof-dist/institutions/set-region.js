import { upsertRegion } from './alliance.queries.js';
import { requireParts } from './nest-parts.js';
import { replaceParts } from './nesting.queries.js';
/**
 * Name, divisions and parts of a named region are these from now on. Throws `rule-violated` for every region that is not there and every one
 * that would close a circle. A constant number of statements.
 */
export async function setRegion(tx, wanted, now) {
    const regions = await requireParts(tx, 'named_regions', wanted.code, wanted.regions);
    const region = { ...wanted, divisions: [...new Set(wanted.divisions)].sort(), regions, updatedAt: now };
    await upsertRegion(tx, region);
    await replaceParts(tx, 'named_regions', region.code, regions);
    return region;
}
