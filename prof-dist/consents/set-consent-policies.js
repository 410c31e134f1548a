import { readMoment } from '../beijing-time.js';
import { Failure } from '../failure.js';
import { addPolicies } from './consent-policy.queries.js';
/**
 * Sets implicit policies, all or none, and has it in the access log. Throws `rule-violated` for a beginning that is no moment or lies in the past
 * (what was disclosed would rest on another policy than it did), and for a division that is named twice.
 */
export async function setConsentPolicies(tx, record, caller, wanted, now) {
    const rows = wanted.map((it) => ({ ...it, validFrom: it.validFrom === undefined ? now : readMoment(it.validFrom) }));
    const issues = rows.flatMap((row, index) => faultsOf(row, `policies[${index}]`, now, rows.slice(0, index)));
    if (issues.length > 0)
        throw new Failure('rule-violated', issues);
    const set = await addPolicies(tx, rows.map((it) => ({ division: it.division, policy: it.policy, validFrom: it.validFrom ?? now })), now);
    const entities = set.map((it) => `ConsentPolicy/${it.division || 'all'}/_history/${it.version}`);
    await record(tx, caller, [{ person: 0n, action: 'U', interaction: 'setConsentPolicies', entities }], now);
    return set;
}
function faultsOf({ division, validFrom }, path, now, before) {
    const issues = [];
    if (before.some((it) => it.division === division)) {
        issues.push({ path: `${path}.division`, en: `"${division}" appears twice`, zh: `行政区划“${division}”重复出现` });
    }
    if (!validFrom) {
        issues.push({
            path: `${path}.validFrom`,
            en: 'this is no day (2026-03-01) and no date and time with offset (2026-03-01T00:00:00+08:00)',
            zh: '应为日期（2026-03-01）或带时区的日期时间（2026-03-01T00:00:00+08:00）',
        });
    }
    else if (validFrom < now) {
        issues.push({ path: `${path}.validFrom`, en: 'lies in the past', zh: '生效时间早于当前时间' });
    }
    return issues;
}
