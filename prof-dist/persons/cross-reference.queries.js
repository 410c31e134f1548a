/** A number that so many Patients carry identifies nobody. */
const CARRIERS_MAX = 50;
/**
 * The Patients of every institution that carry the identifier of this hash, the institution's own first, by primary key. What of them may be
 * told is for the caller to say.
 */
export async function findCarriers(reader, hash, institution) {
    const { rows } = await reader.$client.query({
        name: 'find-carriers',
        text: `select r.person, r.institution
             from resource_keys k
            cross join lateral (
              select person, institution from resources where person = k.person and id = k.id and type = 'Patient' and not deleted offset 0) r
            where k.key = $1::uuid
            order by k.institution <> $2
            limit ${CARRIERS_MAX}`,
        values: [hash, institution],
    });
    return rows.map((it) => ({ person: BigInt(it.person), institution: it.institution }));
}
/** The Patients of these person keys that are the institution's own, and with a permission those of all others, the longest known first. */
export async function findPatientsOf(reader, persons, institution, permitted) {
    const { rows } = await reader.$client.query({
        name: 'find-patients-of',
        text: `select r.person, r.id, r.version, r.institution, v.content
             from resources r join version_texts v on v.person = r.person and v.id = r.id and v.version = r.version
            where r.person = any($1::bigint[]) and r.type = 'Patient' and not r.deleted and (r.institution = $2 or $3)
            order by r.person, r.id`,
        values: [persons, institution, permitted],
    });
    return rows.map((it) => ({ ...it, person: BigInt(it.person), id: BigInt(it.id) }));
}
