const COLUMNS = 'institution, uscc, name, level, grade, district, active, organization';
/** The institution of a number, or `undefined`. */
export async function findInstitution(reader, number) {
    return (await findInstitutions(reader, [number])).get(number);
}
/** Whether the institution of a number is there and active. */
export async function takesPart(reader, number) {
    return (await findInstitution(reader, number))?.active === true;
}
/** The institutions of these numbers, in one statement; a number that stands for none is absent from the map. */
export async function findInstitutions(reader, numbers) {
    if (numbers.length === 0)
        return new Map();
    const { rows } = await reader.$client.query({
        name: 'find-institutions',
        text: `select ${COLUMNS} from institutions where institution = any ($1::integer[])`,
        values: [numbers],
    });
    return new Map(rows.map((it) => [it.institution, it]));
}
/** The institution of a 统一社会信用代码 (18 characters, upper case), or `undefined`. */
export async function findInstitutionByUscc(reader, uscc) {
    return (await findInstitutionsByUscc(reader, [uscc])).get(uscc);
}
/** The institutions of these credit codes, in one statement, by their code. */
export async function findInstitutionsByUscc(reader, usccs) {
    if (usccs.length === 0)
        return new Map();
    const { rows } = await reader.$client.query({
        name: 'find-institutions-by-uscc',
        text: `select ${COLUMNS} from institutions where uscc = any ($1::text[])`,
        values: [usccs],
    });
    return new Map(rows.map((it) => [it.uscc, it]));
}
/** The institutions whose Organizations have these logical ids, in one statement, by that id. */
export async function findInstitutionsByOrganization(reader, organizations) {
    if (organizations.length === 0)
        return new Map();
    const { rows } = await reader.$client.query({
        name: 'find-institutions-by-organization',
        text: `select ${COLUMNS} from institutions where organization = any ($1::text[])`,
        values: [organizations],
    });
    return new Map(rows.flatMap((it) => (it.organization === null ? [] : [[it.organization, it]])));
}
/** The institutions that these names stand for, each once, in one statement; none for no names. Served by the unique indexes. */
export async function findInstitutionsNamed(reader, names) {
    const { numbers = [], usccs = [], organizations = [] } = names;
    if (numbers.length + usccs.length + organizations.length === 0)
        return [];
    const { rows } = await reader.$client.query({
        name: 'find-institutions-named',
        text: `select ${COLUMNS} from institutions
            where institution = any ($1::integer[]) or uscc = any ($2::text[]) or organization = any ($3::text[])`,
        values: [numbers, usccs, organizations],
    });
    return rows;
}
/** Those of these Organizations (logical ids) that institutions are part of, in one statement. */
export async function findParents(reader, organizations) {
    if (organizations.length === 0)
        return new Set();
    const { rows } = await reader.$client.query({
        name: 'find-parents',
        text: 'select distinct part_of as "partOf" from institutions where part_of = any ($1::text[])',
        values: [organizations],
    });
    return new Set(rows.map((it) => it.partOf));
}
