/**
 * The institutions of these numbers with where they lie, in one statement; a number that stands for none is absent from the map.
 *
 * Alliances in alliances and regions in regions are followed here and not when they are written: the tables are small, a change of a part
 * holds for every whole at once, and nothing is kept twice. Only the rows above the wanted institutions are read.
 */
export async function findPlaces(reader, numbers) {
    if (numbers.length === 0)
        return new Map();
    const { rows } = await reader.$client.query({
        name: 'find-places',
        text: `with recursive wanted as (
             select institution, uscc, name, level, grade, district, active, organization from institutions
             where institution = any ($1::integer[])
           ), in_alliances as (
             select institution, alliance as code from alliance_members where institution = any ($1::integer[])
             union
             select it.institution, above.whole from in_alliances it join alliance_parts above on above.part = it.code
           ), in_regions as (
             select wanted.institution, region.code from wanted join named_regions region
               on region.divisions && array[left(wanted.district, 2), left(wanted.district, 4), wanted.district]
             union
             select it.institution, above.whole from in_regions it join region_parts above on above.part = it.code
           )
           select wanted.*,
             array(select code from in_alliances it where it.institution = wanted.institution order by code collate "C") as alliances,
             array(select code from in_regions it where it.institution = wanted.institution order by code collate "C") as regions
           from wanted`,
        values: [numbers],
    });
    return new Map(rows.map((it) => [it.institution, it]));
}
/** `findPlaces` by what is remembered. One statement at most. */
export function recallPlaces(references, reader, numbers) {
    return references.each('place', numbers, (missing) => findPlaces(reader, missing));
}
