import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
/** Two levels up, from `src/database` as from `dist/database`. */
export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url));
let migrations;
/** Compares the tables with this program's migrations. Two statements; for a member of the gateway's role as well as for the owner. */
export async function schemaState(connection) {
    const { missing, unknown } = await compareMigrations(connection);
    if (unknown > 0)
        return 'ahead';
    return missing.length > 0 ? 'behind' : 'current';
}
/** The names of the migrations the database lacks, and the number of those it has and the program does not know. */
export async function compareMigrations(connection) {
    migrations ??= readMigrations();
    const known = migrations;
    const applied = await appliedHashes(connection);
    return {
        missing: known.filter((it) => !applied.includes(it.hash)).map((it) => it.name),
        unknown: applied.filter((hash) => !known.some((it) => it.hash === hash)).length,
    };
}
async function appliedHashes(connection) {
    const present = await connection.query("select 1 from pg_tables where schemaname = 'drizzle' and tablename = '__drizzle_migrations'");
    if (present.rowCount === 0)
        return [];
    const applied = await connection.query('select hash from drizzle.__drizzle_migrations');
    return applied.rows.map((it) => it.hash);
}
function readMigrations() {
    const journal = JSON.parse(readFileSync(`${MIGRATIONS_FOLDER}/meta/_journal.json`, 'utf8'));
    const files = readMigrationFiles({ migrationsFolder: MIGRATIONS_FOLDER });
    return journal.entries.map((entry, index) => ({ name: entry.tag, hash: files[index]?.hash ?? '' }));
}
