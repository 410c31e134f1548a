import { readMoment } from '../beijing-time.ts';
import type { Transaction } from '../database/client.ts';
import { Failure, type Issue } from '../failure.ts';
import type { Custody } from '../resources/custody.ts';
import type { Caller } from '../security/caller.ts';
import { addPolicies, type PolicyRow } from './consent-policy.queries.ts';
import type { ImplicitPolicy } from './implicit-policy.rules.ts';

/** A policy as it was sent. */
export interface WantedPolicy {
  readonly division: string;
  readonly policy: ImplicitPolicy;
  readonly validFrom?: string;
}

/**
 * Sets implicit policies, all or none, and has it in the access log. Throws `rule-violated` for a beginning that is no moment or lies in the past
 * (what was disclosed would rest on another policy than it did), and for a division that is named twice.
 */
export async function setConsentPolicies(
  tx: Transaction,
  record: Custody['record'],
  caller: Caller,
  wanted: readonly WantedPolicy[],
  now: Date,
): Promise<readonly PolicyRow[]> {
  const rows = wanted.map((it) => ({ ...it, validFrom: it.validFrom === undefined ? now : readMoment(it.validFrom) }));
  const issues = rows.flatMap((row, index) => faultsOf(row, `policies[${index}]`, now, rows.slice(0, index)));
  if (issues.length > 0) throw new Failure('rule-violated', issues);
  const set = await addPolicies(
    tx,
    rows.map((it) => ({ division: it.division, policy: it.policy, validFrom: it.validFrom ?? now })),
    now,
  );
  const entities = set.map((it) => `ConsentPolicy/${it.division || 'all'}/_history/${it.version}`);
  await record(tx, caller, [{ person: 0n, action: 'U', interaction: 'setConsentPolicies', entities }], now);
  return set;
}

function faultsOf(
  { division, validFrom }: { readonly division: string; readonly validFrom: Date | undefined },
  path: string,
  now: Date,
  before: readonly { readonly division: string }[],
): readonly Issue[] {
  const issues: Issue[] = [];
  if (before.some((it) => it.division === division)) {
    issues.push({ path: `${path}.division`, en: `"${division}" appears twice`, zh: `行政区划“${division}”重复出现` });
  }
  if (!validFrom) {
    issues.push({
      path: `${path}.validFrom`,
      en: 'this is no day (2026-03-01) and no date and time with offset (2026-03-01T00:00:00+08:00)',
      zh: '应为日期（2026-03-01）或带时区的日期时间（2026-03-01T00:00:00+08:00）',
    });
  } else if (validFrom < now) {
    issues.push({ path: `${path}.validFrom`, en: 'lies in the past', zh: '生效时间早于当前时间' });
  }
  return issues;
}
