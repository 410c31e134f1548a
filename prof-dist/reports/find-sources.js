/**
 * The institutions that published reports about the persons: a result counts within its report alone, and whoever publishes the one publishes
 * the other. One statement; it reads the reports by `resources_by_person_and_time`, not their results.
 */
export async function findSources(reader, persons) {
    const { rows } = await reader.$client.query({
        name: 'find-sources',
        text: `select distinct institution from resources where person = any ($1::bigint[]) and type = 'DiagnosticReport' and not deleted`,
        values: [persons],
    });
    return rows.map((it) => it.institution);
}
