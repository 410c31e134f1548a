import { findPlaces } from './find-places.js';
/** First figures of the divisions of every named region, those of the regions in it included; one statement. They are few. */
export async function findRegionDivisions(reader) {
    const { rows } = await reader.$client.query(`with recursive within as (
       select code, code as part from named_regions
       union
       select within.code, below.part from within join region_parts below on below.whole = within.part
     )
     select within.code, array_agg(distinct division) as divisions
     from within join named_regions region on region.code = within.part cross join unnest(region.divisions) as division
     group by within.code`);
    return new Map(rows.map((it) => [it.code, it.divisions]));
}
/** Where the members of an alliance lie, those of the alliances in it included; none where there is no such alliance. Two statements. */
export async function findAllianceMembers(reader, alliance) {
    const { rows } = await reader.$client.query(`with recursive within as (
       select $1::text as code
       union
       select below.part from within join alliance_parts below on below.whole = within.code
     )
     select distinct institution from within join alliance_members on alliance = within.code`, [alliance]);
    const places = await findPlaces(reader, rows.map((it) => it.institution));
    return [...places.values()];
}
