import { replaceAlliance } from './alliance.queries.js';
import { requireParts } from './nest-parts.js';
import { replaceParts } from './nesting.queries.js';
import { requireInstitutions } from './require-institution.js';
/**
 * Name, members and parts of an alliance are these from now on. Throws `rule-violated` for every member that takes no part, every alliance that
 * is not there and every one that would close a circle. A constant number of statements.
 */
export async function setAlliance(tx, wanted, now) {
    const { code, name } = wanted;
    const alliances = await requireParts(tx, 'alliances', code, wanted.alliances);
    const institutions = await requireInstitutions(tx, wanted.members, (index) => `members[${index}]`);
    const numbers = new Set(institutions.map((it) => it.institution));
    await replaceAlliance(tx, code, name, [...numbers], now);
    await replaceParts(tx, 'alliances', code, alliances);
    return { code, name, members: [...new Set(institutions.map((it) => it.uscc))].sort(), alliances, updatedAt: now };
}
