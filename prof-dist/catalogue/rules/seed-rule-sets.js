import { nameChange } from '../../database/reference-memory.js';
import { PRESETS } from './presets.seed.js';
/**
 * Stores the presets whose code has no rules yet as version 1; what the operator has set stays. Called at every start, also by several
 * gateways at once. One statement, and one that names the change.
 */
export async function seedRuleSets(tx, now) {
    const rows = Object.entries(PRESETS).map(([code, content]) => ({ code, content }));
    await tx.$client.query(`insert into rule_sets (code, version, content, recorded_at)
     select code, 1, content, $2 from jsonb_to_recordset($1::jsonb) as it (code text, content jsonb) order by code
     on conflict do nothing`, [JSON.stringify(rows), now]);
    await nameChange(tx);
}
