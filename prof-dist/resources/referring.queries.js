import { encodeId } from './resource-id.js';
/**
 * What the institution itself has published, still stands and refers to one of its resources, without naming a version of it, in the compartment
 * of that resource: so many for each. What others wrote into the same compartment cannot refer there, whatever it says.
 * Read from the texts, where every reference stands, also those that no search parameter knows. By the primary key's first column.
 */
export async function findReferring(reader, targets, limit) {
    const { rows } = await reader.$client.query({
        name: 'find-referring',
        text: `select r.person, r.id, r.type, k.id as target
             from unnest($1::bigint[], $2::bigint[], $3::text[], $5::integer[]) as k(person, id, reference, institution)
            cross join lateral (
              select r.person, r.id, r.type
                from resources r join version_texts v on v.person = r.person and v.id = r.id and v.version = r.version
               where r.person = k.person and r.id <> k.id and r.institution = k.institution and not r.deleted
                 and position(k.reference in replace(v.content, '\\/', '/')) > 0
               order by r.id limit $4) r
            order by r.person, k.id, r.id`,
        values: [
            targets.map((it) => it.person),
            targets.map((it) => it.id),
            targets.map((it) => `"${it.type}/${encodeId(it)}"`),
            limit,
            targets.map((it) => it.institution),
        ],
    });
    return rows.map((it) => ({ type: it.type, person: BigInt(it.person), id: BigInt(it.id), target: BigInt(it.target) }));
}
