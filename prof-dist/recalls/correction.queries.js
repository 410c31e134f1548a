/** Adds corrections that are not kept yet, and answers the keys of those. One statement, whatever their number. */
export async function insertCorrections(tx, corrections) {
    if (corrections.length === 0)
        return new Set();
    const { rows } = await tx.$client.query({
        name: 'insert-corrections',
        text: `insert into report_corrections (person, id, report, report_version, institution, kind, corrected_at, leaf, parts, versions, is_whole,
             difference)
           select person, id, report, "reportVersion", institution, kind, "correctedAt", leaf, parts, versions, "isWhole", difference
             from json_to_recordset($1::json) as it (
               person bigint, id bigint, report bigint, "reportVersion" integer, institution integer, kind text, "correctedAt" timestamptz,
               leaf bigint, parts text[], versions jsonb, "isWhole" boolean, difference jsonb)
           on conflict do nothing returning id`,
        values: [asJson(corrections)],
    });
    return new Set(rows.map((it) => BigInt(it.id)));
}
/** Every correction of these reports, in the order of the log. Served by `report_corrections_by_report`. */
export async function findCorrections(tx, reports) {
    if (reports.length === 0)
        return [];
    const { rows } = await tx.$client.query({
        name: 'find-corrections',
        text: `select c.person, c.id, c.report, c.report_version as "reportVersion", c.institution, c.kind, c.corrected_at as "correctedAt", c.leaf,
                  c.parts, c.versions, c.is_whole as "isWhole", c.difference
             from (select distinct person, report from unnest($1::bigint[], $2::bigint[]) as k(person, report)) k
             join report_corrections c on c.person = k.person and c.report = k.report
            order by c.leaf, c.id`,
        values: [reports.map((it) => it.person), reports.map((it) => it.report)],
    });
    return rows.map(correctionOfRow);
}
/** Those of the persons of whose reports any was ever corrected, by primary key. */
export async function findCorrectedPersons(tx, persons) {
    if (persons.length === 0)
        return new Set();
    const { rows } = await tx.$client.query({
        name: 'find-corrected-persons',
        text: `select k.person from unnest($1::bigint[]) as k(person)
            where exists (select from report_corrections where person = k.person offset 0)`,
        values: [persons],
    });
    return new Set(rows.map((it) => BigInt(it.person)));
}
function correctionOfRow(row) {
    return { ...row, person: BigInt(row.person), id: BigInt(row.id), report: BigInt(row.report), leaf: BigInt(row.leaf) };
}
/** Adds what is not kept yet; what was told is not told again. One statement, whatever their number. */
export async function insertRecalls(tx, rows) {
    if (rows.length === 0)
        return;
    await tx.$client.query({
        name: 'insert-recalls',
        text: `insert into recalls (person, id, correction, institution, publisher, told_at, due_at, rules_version)
           select person, id, correction, institution, publisher, "toldAt", "dueAt", "rulesVersion"
             from json_to_recordset($1::json) as it (
               person bigint, id bigint, correction bigint, institution integer, publisher integer, "toldAt" timestamptz,
               "dueAt" timestamptz, "rulesVersion" text)
           on conflict do nothing`,
        values: [asJson(rows)],
    });
}
/** Adds what is not kept yet, and answers those rows. */
export async function insertReliances(tx, rows) {
    if (rows.length === 0)
        return [];
    const { rows: added } = await tx.$client.query({
        name: 'insert-reliances',
        text: `insert into recall_reliances (person, recall, source, basis, practitioner, encounter, item, is_concerned, results, relied_at)
           select person, recall, source, basis, practitioner, encounter, item, "isConcerned", results, "reliedAt"
             from json_to_recordset($1::json) as it (
               person bigint, recall bigint, source text, basis text, practitioner jsonb, encounter text, item text, "isConcerned" boolean,
               results text[], "reliedAt" timestamptz)
           on conflict do nothing returning recall, source`,
        values: [asJson(rows)],
    });
    const keys = new Set(added.map((it) => `${it.recall} ${it.source}`));
    return rows.filter((it) => keys.has(`${it.recall} ${it.source}`));
}
/** Rows as one parameter: by one for each value, a statement takes 65,535 at most. */
function asJson(rows) {
    return JSON.stringify(rows, (_key, value) => (typeof value === 'bigint' ? String(value) : value));
}
