import { isPreparable } from '../resources/permission-sql.js';
import { encodeId } from '../resources/resource-id.js';
import { visibleSql } from '../resources/visible-sql.js';
const TREATMENTS = ['Procedure', 'MedicationAdministration'];
/** States (R4 event-status, medication-admin-status) of what took place, or still does. */
const TOOK_PLACE = ['in-progress', 'on-hold', 'stopped', 'completed'];
/**
 * The last treatment of the person that the caller may know of: a procedure or a medication administered. One that began before now and has
 * no end lasts still. `undefined`: none is known, which does not mean that there was none. One statement; served by
 * `resources_by_person_and_time`.
 */
export async function findLastTreatment(reader, persons, permission, caller, now) {
    const values = [];
    const bind = (it) => `$${values.push(it)}`;
    const [whose, at] = [bind(persons), bind(now)];
    const reach = { institution: caller.institution, shared: false, persons: [{ keys: persons, permission }] };
    const visible = visibleSql('r', reach, bind, { types: TREATMENTS, isPlaced: true });
    const { rows } = await reader.$client.query({
        ...(isPreparable(permission) ? { name: 'find-last-treatment' } : {}),
        text: `select r.person, r.id, r.type, r.version, least(coalesce(r.effective_until, ${at}::timestamptz), ${at}::timestamptz) as until
             from resources r
            where r.person = any(${whose}::bigint[]) and r.type = any(${bind(TREATMENTS)}::text[]) and not r.deleted
              and r.status = any(${bind(TOOK_PLACE)}::text[]) and r.effective_from <= ${at}::timestamptz and ${visible}
            order by until desc, r.person, r.id limit 1`,
        values,
    });
    const row = rows[0];
    if (!row)
        return undefined;
    const id = encodeId({ person: BigInt(row.person), id: BigInt(row.id) });
    return { at: row.until, reference: `${row.type}/${id}/_history/${row.version}` };
}
