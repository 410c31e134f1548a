import pg from 'pg';
import { CLONED_TABLES, clonePeople } from './clone-people.js';
const SAID_EVERY_MS = 2_000;
/**
 * Fills the region by copies, by the owner and on two connections. The indexes beside the primary keys are taken off and made again at the end,
 * so that they are as after a `reindex`, and so much denser than in a region that grew for years.
 */
export async function fillRegion({ session, url }, fillings, say) {
    const { rows: indexes } = await session.query(`select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as made from pg_index
      where indrelid = any($1::regclass[]) and not indisunique and not indisprimary`, [CLONED_TABLES.map((it) => `public.${it}`)]);
    for (const { name } of indexes)
        await session.query(`drop index ${name}`);
    const second = new pg.Client({ connectionString: url });
    await second.connect();
    try {
        for (const filling of fillings)
            await fillKind([session, second], filling, say);
    }
    finally {
        await second.end();
    }
    for (const { made } of indexes)
        await session.query(made);
    await session.query('vacuum analyze');
    await session.query('checkpoint');
}
async function fillKind(sessions, { what, originals, present, wanted }, say) {
    let saidAt = performance.now();
    const [from, to] = [present - originals.length, wanted - originals.length];
    await clonePeople(sessions, originals, from, to, (people) => {
        if (performance.now() - saidAt < SAID_EVERY_MS && people < to - from)
            return;
        saidAt = performance.now();
        say(`  ${what}: ${people} of ${to - from}`);
    });
}
