import { findItems } from '../catalogue/items/find-items.ts';
import type { Reader } from '../database/client.ts';
import type { Summary } from '../savings/statement.schema.ts';
import { periodOf } from './calendar.rules.ts';
import { countDistrict, countEverything, countReasons } from './figures.queries.ts';
import type { Verified } from './invariants.ts';
import type { WholeRegion } from './region.ts';
import { type Comparison, type Counted, compareFigures, figuresOf } from './statement.rules.ts';

/** What came out: the same for the same preset, scale and seed, whatever the machine. */
export interface Statement {
  readonly preset: string;
  readonly scale: number;
  readonly seed: string;
  readonly from: string;
  readonly until: string;
  readonly counted: Counted;
  readonly savings: { readonly items: number; readonly reversals: number; readonly unpriced: number; readonly amountFen: number };
  readonly reasons: readonly { readonly reason: string; readonly number: number }[];
  readonly compared: readonly Comparison[];
  readonly invariants: readonly Verified[];
}

/** Counts what the region came to, and sets it beside what was published. Money is that of the savings summary. */
export async function stateFigures(
  region: WholeRegion,
  reader: Reader,
  { scale, invariants }: { readonly scale: number; readonly invariants: readonly Verified[] },
): Promise<Statement> {
  const { auditor, preset, seed } = region;
  const counted = await countEverything(reader);
  const { total } = await auditor.read<Summary>('/v1/savings/summary');
  const until = new Date(periodOf({ from: preset.from, until: preset.uploads.until }).until);
  const district = await countDistrict(reader, preset.uploads.district, until);
  const { items } = await findItems(reader, null, until);
  const { items: saved, reversals, unpriced, amountFen } = total;
  return {
    preset: preset.name,
    scale,
    seed,
    from: preset.from,
    until: preset.until,
    counted,
    savings: { items: saved, reversals, unpriced, amountFen },
    reasons: await countReasons(reader),
    compared: compareFigures(preset.published, figuresOf(counted, total, { ...district, items: items.size }), scale),
    invariants,
  };
}
