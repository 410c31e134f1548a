/** The named regions and the alliances there are, with their names; one statement. They are few. */
export async function findScopeNames(reader) {
    const { rows } = await reader.$client.query(`select 'region' as kind, code, name from named_regions union all select 'alliance', code, name from alliances`);
    const namesOf = (kind) => new Map(rows.flatMap((it) => (it.kind === kind ? [[it.code, it.name]] : [])));
    return { regions: namesOf('region'), alliances: namesOf('alliance') };
}
