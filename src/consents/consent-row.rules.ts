import type { Category } from '../resources/category.ts';
import type { ConsentRules, Recipients } from './consent-rule.ts';

/** What a row of `consents` says about its rules. */
export interface RuleColumns {
  readonly decision: 'permit' | 'deny';
  readonly grantees: readonly number[];
  readonly categories: readonly Category[];
  readonly purposes: readonly string[];
  readonly validFrom: Date | null;
  readonly validUntil: Date | null;
  readonly rules: ConsentRules | null;
}

/** The rules of a row; those of the first release had no exceptions, and nothing that narrows the data. */
export function rulesOf(row: RuleColumns): ConsentRules {
  if (row.rules) return row.rules;
  return {
    nested: [],
    root: {
      type: row.decision,
      isEvaluable: true,
      recipients: { institutions: row.grantees, organizations: [], people: [] },
      validFrom: row.validFrom?.toISOString() ?? null,
      validUntil: row.validUntil?.toISOString() ?? null,
      purposes: row.purposes,
      categories: row.categories,
      dataPeriod: null,
      labels: [],
      data: null,
    },
  };
}

/** Every one of the people that the rules name, once. */
export function peopleIn({ root, nested }: { readonly root: HasRecipients; readonly nested: readonly HasRecipients[] }): readonly string[] {
  return [...new Set([root, ...nested].flatMap((it) => it.recipients.people))];
}

interface HasRecipients {
  readonly recipients: Recipients;
}
