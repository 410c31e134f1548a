import { setTimeout as sleep } from 'node:timers/promises';
import { inTurn } from './known-people.js';
import { makeLookupPeople, REPORTS } from './lookup.js';
import { expectEntries, GatewayClient } from './stage.js';
/**
 * What the access log costs a look-up: `$prior-results` by another hospital and a read by id, each beside the same gateway without the entry, and
 * beside itself while nobody gives the entries their places. The first is what it costs in all, since entries get their places and are followed in
 * the same process while more are written; the second is what the entry costs whoever waits for it. Both gateways work on one database. What is left of it
 * when the time is over is waited for, so that it burdens no other.
 */
export async function prepareLog(stage) {
    const logged = new GatewayClient(stage);
    const unlogged = new GatewayClient({ gateway: stage.references, clients: stage.clients });
    const people = await makeLookupPeople(stage, { client: logged }, stage.crowd.lookup);
    const pick = inTurn(people, 61);
    const turn = inTurn(Array.from({ length: REPORTS }, (_, index) => index), 7);
    const followed = () => untilFollowed(stage.database);
    const held = async () => {
        await followed();
        await holdSequencer(stage.database);
    };
    const work = (name, about, once) => {
        const subject = (title, client, server, prepare) => ({
            name: title,
            server,
            once: () => once(client),
            prepare,
        });
        return {
            name,
            about,
            ours: subject('Tongjian', logged, stage.gateway, followed),
            references: [
                subject('its entry alone', logged, stage.gateway, held),
                subject('without its entry', unlogged, stage.references, followed),
            ],
        };
    };
    return {
        works: [
            work('prior-results', `Patient/[id]/$prior-results of ${REPORTS} reports, by another hospital with consent`, async (client) => {
                const person = pick();
                const path = `/fhir/Patient/${person.askersPatient}/$prior-results?_count=${REPORTS}`;
                return expectEntries(await client.send(stage.asking, { path }), REPORTS, person.parts).body.length;
            }),
            work('read', 'GET DiagnosticReport/[id], by the hospital that published it', async (client) => {
                const person = pick();
                const { body } = await client.send(person.publisher, { path: `/fhir/${person.reports[turn()]}` });
                return body.length;
            }),
        ],
        close: () => {
            logged.close();
            unlogged.close();
        },
    };
}
const FOLLOWED_WITHIN_MS = 120_000;
const LOOK_EVERY_MS = 200;
const SEQUENCER_LOCK = "hashtextextended('audit log sequence', 0)";
/** Keeps entries from getting their places until `untilFollowed` is called. */
async function holdSequencer({ session }) {
    await session.query(`select pg_advisory_lock(${SEQUENCER_LOCK})`);
}
/** Resolves when every entry has its place and whoever follows the log has dealt with it. */
async function untilFollowed({ session }) {
    await session.query(`select pg_advisory_unlock(${SEQUENCER_LOCK}) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()`);
    for (const until = performance.now() + FOLLOWED_WITHIN_MS; performance.now() < until; await sleep(LOOK_EVERY_MS)) {
        const { rows } = await session.query(`select exists (select from access_log_pending)
           or exists (select from log_followers where next < (select count(*) from audit_log_leaves)) as behind`);
        if (!rows[0]?.behind)
            return;
    }
    throw new Error('the log was not followed to its end in time');
}
