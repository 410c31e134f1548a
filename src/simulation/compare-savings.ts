import { randomUUID } from 'node:crypto';
import { beijingDay } from '../beijing-time.ts';
import { transact } from '../database/client.ts';
import { decodePlace } from '../faces/page-cursor.ts';
import { listSavings } from '../savings/list-savings.ts';
import type { EntryShown, GroupShown } from '../savings/statement.schema.ts';
import { summariseSavings } from '../savings/summarise-savings.ts';
import { DAY_MS } from './calendar.rules.ts';
import type { Region } from './region.ts';

const ENTRIES_AT_ONCE = 1_000;

/** Every way in which the summary is grouped here. */
const GROUPINGS = [
  ['institution'],
  ['item'],
  ['month'],
  ['district'],
  ['source'],
  ['month', 'institution'],
  ['district', 'item'],
  ['month', 'district', 'source'],
] as const;

type Dimension = (typeof GROUPINGS)[number][number];

/** Reads every entry page by page, as an auditor would, and adds them up by each grouping; then holds the summaries against the sums. */
export async function compareSavings(region: Region): Promise<readonly string[]> {
  const { app, auditor, period } = region;
  const now = new Date(period.until + DAY_MS);
  const sums = GROUPINGS.map(() => new Map<string, number>());
  const total = { amountFen: 0, entries: 0 };
  for (let cursor: string | undefined; ; ) {
    const page = { after: decodePlace(cursor), limit: ENTRIES_AT_ONCE };
    const { entries, next } = await transact(app.db, (tx) => listSavings(tx, { ...auditor, requestId: randomUUID() }, {}, page, now));
    for (const entry of entries) {
      total.amountFen += entry.amountFen;
      total.entries += 1;
      GROUPINGS.forEach((by, index) => add(sums[index] as Map<string, number>, keyOf(entry, by), entry.amountFen));
    }
    cursor = next;
    if (cursor === undefined) break;
  }

  const faults: string[] = [];
  for (const [index, by] of GROUPINGS.entries()) {
    const summary = await transact(app.db, (tx) => summariseSavings(tx, { ...auditor, requestId: randomUUID() }, {}, by, now));
    const words = `by ${by.join(' and ')}`;
    if (summary.total.amountFen !== total.amountFen) {
      faults.push(`${words}: ${summary.total.amountFen} fen in total, the entries come to ${total.amountFen}`);
    }
    if (summary.total.savings + summary.total.reversals !== total.entries) faults.push(`${words}: not the number of entries`);
    const said = new Map(summary.groups.map((it) => [keyOfGroup(it, by), it.amountFen]));
    for (const key of new Set([...said.keys(), ...(sums[index] as Map<string, number>).keys()])) {
      const [claimed, summed] = [said.get(key), sums[index]?.get(key)];
      if (claimed !== summed) faults.push(`${words}: ${key} is ${claimed ?? 'missing'}, its entries come to ${summed ?? 'nothing'}`);
    }
  }
  return faults.slice(0, 20);
}

function add(sums: Map<string, number>, key: string, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount);
}

function keyOf(entry: EntryShown, by: readonly Dimension[]): string {
  const values = {
    institution: entry.institution.uscc,
    item: entry.item,
    month: beijingDay(new Date(entry.postedAt)).slice(0, 7),
    district: entry.district,
    source: entry.source.uscc,
  };
  return by.map((it) => values[it]).join(' ');
}

function keyOfGroup(group: GroupShown, by: readonly Dimension[]): string {
  const values = { ...group, institution: group.institution?.uscc, source: group.source?.uscc };
  return by.map((it) => values[it] ?? '').join(' ');
}
