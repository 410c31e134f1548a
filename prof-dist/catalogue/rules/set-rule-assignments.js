import { recordAccess } from '../../access-log/record-access.js';
import { readMoment } from '../../beijing-time.js';
import { Failure } from '../../failure.js';
import { addAssignments } from './assignment.queries.js';
import { faultsOfAssignments } from './assignment.rules.js';
import { selectKnownRuleSets } from './rule-set.queries.js';
/**
 * Says which rules hold in which divisions, from a moment on (now, unless said otherwise). All or none; what changes nothing makes no new
 * version. Throws `rule-violated` with every faulty row.
 */
export async function setRuleAssignments(tx, caller, wishes, now) {
    const known = await selectKnownRuleSets(tx, wishes.flatMap((it) => it.ruleSet ?? []));
    const rows = wishes.map(({ division, ruleSet, validFrom }) => ({
        division,
        ruleSet,
        validFrom: validFrom === undefined ? now : readMoment(validFrom),
    }));
    const faults = faultsOfAssignments(rows, (code) => known.has(code));
    if (faults.length > 0)
        throw new Failure('rule-violated', faults);
    const set = await addAssignments(tx, rows.map(({ validFrom, ...row }) => ({ ...row, validFrom: validFrom ?? now })), now);
    const entities = set.map((it) => `RuleAssignment/${it.division || 'nation'}/_history/${it.version}`);
    await recordAccess(tx, caller, [{ person: 0n, action: 'U', interaction: 'setRuleAssignments', entities }], now);
    return set;
}
