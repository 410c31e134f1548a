import { findInstitutions } from '../institutions/find-institution.js';
import { encodeId } from '../resources/resource-id.js';
import { narrowingOf } from './consent-narrowing.rules.js';
import { rulesOf } from './consent-row.rules.js';
/** The rows as the flat routes show them; one statement for the institutions named in all of them. */
export async function showConsents(reader, rows) {
    const named = rows.flatMap((it) => [it.institution, ...it.grantees, ...narrowingOf(rulesOf(it)).publishedBy]);
    const institutions = await findInstitutions(reader, [...new Set(named)]);
    return rows.map((row) => viewOf(row, institutions));
}
/** A row as the flat routes show it, with the institutions it names. */
export function viewOf(row, institutions) {
    const nameOf = (number) => {
        const found = institutions.get(number);
        return found ? [{ uscc: found.uscc, name: found.name }] : [];
    };
    const [recordedBy] = nameOf(row.institution);
    const { sensitivities, period, reports, publishedBy, saysMore } = narrowingOf(rulesOf(row));
    return {
        id: encodeId(row),
        version: row.version,
        active: row.active,
        decision: row.decision,
        grantees: row.grantees.flatMap(nameOf),
        categories: row.categories,
        purposes: row.purposes,
        ...(row.validFrom ? { validFrom: row.validFrom.toISOString() } : {}),
        ...(row.validUntil ? { validUntil: row.validUntil.toISOString() } : {}),
        ...(sensitivities.length > 0 ? { sensitivities: [...sensitivities] } : {}),
        ...(period?.from ? { dataFrom: period.from.toISOString() } : {}),
        ...(period?.until ? { dataUntil: period.until.toISOString() } : {}),
        ...(reports.length + publishedBy.length > 0 ? { except: { reports: [...reports], publishedBy: publishedBy.flatMap(nameOf) } } : {}),
        ...(saysMore ? { saysMore } : {}),
        method: row.method,
        ...(recordedBy ? { recordedBy } : {}),
        recordedAt: row.recordedAt.toISOString(),
    };
}
