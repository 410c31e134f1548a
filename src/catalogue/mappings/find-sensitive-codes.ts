import { beijingDay } from '../../beijing-time.ts';
import type { Reader } from '../../database/client.ts';
import type { References } from '../../database/reference-memory.ts';
import type { SensitiveCodes } from '../../resources/label.rules.ts';
import type { Sensitivity } from '../../resources/sensitivity.ts';
import { ITEM_SYSTEM, inForceSql, LOINC_SYSTEM } from '../items/find-items.ts';
import { DENYING } from './equivalence.rules.ts';

/**
 * The codes (`system|code`) that say something sensitive when they stand on what an institution publishes: those of the sensitive items of the
 * edition in force, their LOINC codes, and the institution's local codes that relate to one, in whatever way but by being none of it: a local
 * panel with an HIV test is sensitive too. A code that leads to several kinds of sensitivity, as a panel may, says all of them. One statement.
 */
export async function findSensitiveCodes(reader: Reader, institution: number, at: Date): Promise<SensitiveCodes> {
  const { rows } = await reader.$client.query<{ code: string; sensitivity: Sensitivity }>({
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
  const said = new Map<string, Sensitivity[]>();
  for (const { code, sensitivity } of rows) said.set(code, [...(said.get(code) ?? []), sensitivity]);
  return said;
}

/** `findSensitiveCodes` by what is remembered: of each day in Beijing, with which editions begin. One statement at most. */
export async function recallSensitiveCodes(references: References, reader: Reader, institution: number, at: Date): Promise<SensitiveCodes> {
  const key = `${institution} ${beijingDay(at)}`;
  const found = await references.each(
    'sensitive-codes',
    [key],
    async () => new Map([[key, await findSensitiveCodes(reader, institution, at)]]),
  );
  return found.get(key) as SensitiveCodes;
}
