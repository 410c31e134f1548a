import { ITEM_SYSTEM, inForceSql, LOINC_SYSTEM } from '../items/find-items.js';
import { DENYING } from './equivalence.rules.js';
/**
 * The codes (`system|code`) that say something sensitive when they stand on what an institution publishes: those of the sensitive items of the
 * edition in force, their LOINC codes, and the institution's local codes that relate to one, in whatever way but by being none of it: a local
 * panel with an HIV test is sensitive too. A code that leads to several kinds of sensitivity, as a panel may, says all of them. One statement.
 */
export async function findSensitiveCodes(reader, institution, at) {
    const { rows } = await reader.$client.query({
        name: 'find-sensitive-codes',
        text: `with ${inForceSql('$2')}, sensitive as (
             select it.code, it.loinc, it.sensitivity
             from catalogue_items it join in_force on it.edition = in_force.edition and it.revision = in_force.revision
             where it.sensitivity is not null
           )
           select $3 || '|' || code as code, sensitivity from sensitive
           union all
           select $4 || '|' || loinc, sensitivity from sensitive where loinc is not null
           union all
           select m.system || '|' || m.code, sensitive.sensitivity
           from sensitive join mappings m on m.institution = $1 and m.item = sensitive.code
            and m.revision = (select max(revision) from mapping_loads where institution = $1)
            and m.equivalence <> all ($5::text[])`,
        values: [institution, at, ITEM_SYSTEM, LOINC_SYSTEM, DENYING],
    });
    const said = new Map();
    for (const { code, sensitivity } of rows)
        said.set(code, [...(said.get(code) ?? []), sensitivity]);
    return said;
}
