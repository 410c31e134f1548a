import { and, eq } from 'drizzle-orm';
import { packages } from './package.tables.js';
/** The compartment and the institution of what the exchange itself publishes; institutions are numbered from 1 on. */
export const EXCHANGE = 0;
/** Held until the end of the transaction, so that packages are loaded one after the other. */
const PACKAGES_LOCK = 7_416_003;
/** Lets nobody else load a package before this transaction ends. */
export async function lockPackages(tx) {
    await tx.$client.query('select pg_advisory_xact_lock($1)', [PACKAGES_LOCK]);
}
/** The package that was loaded under a name and version. */
export async function findPackage(reader, name, version) {
    const [row] = await reader
        .select()
        .from(packages)
        .where(and(eq(packages.name, name), eq(packages.version, version)));
    return row;
}
/** Adds the package and where its definitions are. One statement each. */
export async function insertPackage(tx, row, defined) {
    await tx.insert(packages).values(row);
    if (defined.length === 0)
        return;
    await tx.$client.query({
        text: `insert into definitions (url, version, type, name, subjects, package, package_version, sha256, id, recorded_at)
           select * from json_to_recordset($1::json)
             as x(url text, version text, type text, name text, subjects jsonb, package text, package_version text, sha256 text, id bigint,
                  recorded_at timestamptz)`,
        values: [
            JSON.stringify(defined.map(({ packageVersion, recordedAt, id, ...it }) => ({
                ...it,
                id: String(id),
                package_version: packageVersion,
                recorded_at: recordedAt,
            }))),
        ],
    });
}
/** Every loaded package with the number of its definitions by type, the latest first. Packages are few. */
export async function selectPackages(reader) {
    const { rows } = await reader.$client.query({
        name: 'packages-list',
        text: `select p.name, p.version, p.canonical, p.sha256, p.loaded_at as "loadedAt",
             coalesce((select json_object_agg(type, number) from (
               select type, count(*) as number from definitions d where d.package = p.name and d.package_version = p.version
               group by type order by type) as of_type), '{}') as definitions
             from packages p order by p.loaded_at desc, p.name, p.version`,
    });
    return rows;
}
/** Changes whenever a package is loaded. */
export async function packagesState(reader) {
    const { rows } = await reader.$client.query({
        name: 'packages-state',
        text: `select count(*) || ' ' || coalesce(max(loaded_at)::text, '') as state from packages`,
    });
    return rows[0].state;
}
/** Every definition but those of one package, in the order in which they were loaded; without the texts. */
export async function selectDefinitions(reader, except = '') {
    const { rows } = await reader.$client.query({
        name: 'packages-definitions',
        text: `select url, version, type, name, subjects, package, package_version as "packageVersion", sha256, id, recorded_at as "recordedAt"
             from definitions where package <> $1 order by recorded_at, url, version`,
        values: [except],
    });
    return rows.map((it) => ({ ...it, id: BigInt(it.id) }));
}
