import type { SavingClaim } from '../../src/recognition/savings-book.ts';
import { freshNumber, freshPerson } from '../../src/resources/resource-id.ts';
import type { CallingSystem } from './gateway.ts';

/** What a summary says of a group, or of all. */
export interface Figures {
  savings: number;
  reversals: number;
  reversed: { revocation: number; repeat: number; recall: number };
  items: number;
  unpriced: number;
  amountFen: number;
  fundFen: number;
  patientFen: number;
  undividedFen: number;
}

/** What an entry has that a sum is made of. */
export interface Entry {
  id: string;
  kind: string;
  cause?: 'revocation' | 'repeat' | 'recall';
  amountFen: number;
  priced: boolean;
  postings: { account: string; debitFen: number; creditFen: number }[];
}

/** A claim of somebody nobody else has: leukocytes at ten yuan, paid by nobody knows whom. */
export function claim(receiver: CallingSystem, source: CallingSystem, more: Partial<SavingClaim> = {}): SavingClaim {
  return {
    person: freshPerson(),
    decision: freshNumber(),
    check: freshNumber(),
    item: 'WBC',
    members: [],
    institution: receiver.institution,
    district: '500112',
    level: 3,
    insurance: null,
    department: null,
    sourceInstitution: source.institution,
    report: 'DiagnosticReport/1',
    reportVersion: 1,
    encounter: String(freshNumber()),
    edition: null,
    rulesVersion: null,
    price: { amountFen: 1_000, priced: true, version: 'district:50 v1' },
    ...more,
  };
}

/** Every entry the filter means, over all pages. */
export async function entriesOf(caller: CallingSystem, query: string, limit = 7): Promise<Entry[]> {
  const entries: Entry[] = [];
  let cursor: string | undefined;
  do {
    const { status, body, text } = await caller.get(`/v1/savings/entries?limit=${limit}&${query}${cursor ? `&cursor=${cursor}` : ''}`);
    if (status !== 200) throw new Error(text);
    entries.push(...body.entries);
    cursor = body.next;
  } while (cursor);
  return entries;
}

/** What a summary has to say of these entries, added up one by one. */
export function sumOf(entries: readonly Entry[]): Figures {
  const sum = { ...NOTHING, reversed: { ...NOTHING.reversed } };
  for (const { kind, cause, amountFen, priced, postings } of entries) {
    const sign = kind === 'saving' ? 1 : -1;
    const moved = (account: string) =>
      postings.filter((it) => it.account === account).reduce((all, it) => all + it.debitFen - it.creditFen, 0);
    if (kind === 'saving') sum.savings += 1;
    else sum.reversals += 1;
    if (cause) sum.reversed[cause] += 1;
    sum.items += sign;
    if (!priced) sum.unpriced += sign;
    sum.amountFen += amountFen;
    sum.fundFen += moved('fund-relief');
    sum.patientFen += moved('patient-relief');
    sum.undividedFen += moved('undivided');
  }
  return sum;
}

export const NOTHING: Figures = {
  savings: 0,
  reversals: 0,
  reversed: { revocation: 0, repeat: 0, recall: 0 },
  items: 0,
  unpriced: 0,
  amountFen: 0,
  fundFen: 0,
  patientFen: 0,
  undividedFen: 0,
};
