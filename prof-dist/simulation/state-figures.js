import { findItems } from '../catalogue/items/find-items.js';
import { periodOf } from './calendar.rules.js';
import { countDistrict, countEverything, countReasons } from './figures.queries.js';
import { compareFigures, figuresOf } from './statement.rules.js';
/** Counts what the region came to, and sets it beside what was published. Money is that of the savings summary. */
export async function stateFigures(region, reader, { scale, invariants }) {
    const { auditor, preset, seed } = region;
    const counted = await countEverything(reader);
    const { total } = await auditor.read('/v1/savings/summary');
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
