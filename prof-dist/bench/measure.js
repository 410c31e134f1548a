import { closedLoop } from './closed-loop.js';
import { median, percentile } from './figures.rules.js';
import { machineTime, processorSeconds, residentMiB } from './processor-time.js';
import { countStatements } from './statements.js';
import { untilFollowed } from './until-followed.js';
const PIECES_COUNTED = 20;
/** Before the rounds each subject works for as long as a round takes, and at most so long. */
export const WARM_UP_MAX_SECONDS = 3;
/**
 * Measures the gateway and its references in turn, in one run: one round to warm up, then `rounds` that count, every other one in reverse
 * order, so that a machine that grows slower or quicker does so for all of them. Before each of them the gateway has done what it does by itself.
 */
export async function measure(work, database, effort, say) {
    const subjects = [work.ours, ...work.references];
    const rounds = new Map(subjects.map((it) => [it, []]));
    const warmUp = Math.min(effort.seconds, WARM_UP_MAX_SECONDS);
    for (const subject of subjects) {
        await subject.prepare?.(warmUp);
        await untilFollowed(database.session);
        await closedLoop(subject, effort.clients, warmUp);
    }
    for (let number = 1; number <= effort.rounds; number++) {
        for (const subject of number % 2 === 1 ? subjects : subjects.toReversed()) {
            const round = await measureRound(subject, database, effort);
            rounds.get(subject)?.push(round);
            say(`  ${work.name}, ${effort.clients} clients, round ${number} of ${effort.rounds}: ${subject.name} ${Math.round(round.perSecond)}/s`);
        }
    }
    const figures = [];
    for (const subject of subjects)
        figures.push(await figuresOf(subject, rounds.get(subject) ?? [], database));
    return { name: work.name, about: work.about, clients: effort.clients, subjects: figures };
}
/** One subject for one slice of time, with nothing done before it. */
export async function measureOnce(subject, database, effort) {
    const round = await measureRound(subject, database, effort);
    return figuresOf(subject, [round], undefined);
}
async function measureRound(subject, database, { clients, seconds }) {
    await subject.prepare?.(seconds);
    await untilFollowed(database.session);
    const wal = await walPosition(database.session);
    const before = clocks(subject, database);
    const slice = await closedLoop(subject, clients, seconds);
    const after = clocks(subject, database);
    const elapsed = (after.at - before.at) / 1_000;
    const used = (name) => {
        const [from, to] = [before[name], after[name]];
        return from === undefined || to === undefined ? undefined : (to - from) / elapsed;
    };
    const cores = { server: used('server'), database: used('database'), driver: (after.driver - before.driver) / elapsed };
    const machine = used('machine');
    const others = machine === undefined ? undefined : Math.max(0, machine - cores.driver - (cores.server ?? 0) - (cores.database ?? 0));
    const walBytes = ((await walPosition(database.session)) - wal) / Math.max(1, slice.latencies.length);
    return { ...slice, cores: { ...cores, others }, walBytes };
}
function clocks({ server }, { postmaster }) {
    const { user, system } = process.cpuUsage();
    return {
        at: performance.now(),
        server: server === undefined ? undefined : processorSeconds(server.pid),
        database: postmaster === undefined ? undefined : processorSeconds(postmaster),
        machine: machineTime()?.busy,
        driver: (user + system) / 1_000_000,
    };
}
async function walPosition(session) {
    const { rows } = await session.query("select pg_current_wal_lsn() - '0/0'::pg_lsn as bytes");
    return Number(rows[0]?.bytes);
}
/** Without `counting` the statements are not counted. */
async function figuresOf(subject, rounds, counting) {
    const of = (pick) => median(rounds.map(pick));
    const known = (pick) => {
        const values = rounds.map(pick).filter((it) => it !== undefined);
        return values.length === rounds.length ? median(values) : undefined;
    };
    const errors = rounds.reduce((sum, it) => sum + it.errors, 0);
    return {
        name: subject.name,
        perSecond: of((it) => it.perSecond),
        p50: of((it) => percentile(it.latencies, 0.5)),
        p95: of((it) => percentile(it.latencies, 0.95)),
        p99: of((it) => percentile(it.latencies, 0.99)),
        answerBytes: of((it) => it.bytes / Math.max(1, it.latencies.length)),
        cores: {
            server: known((it) => it.cores.server),
            database: known((it) => it.cores.database),
            driver: of((it) => it.cores.driver),
            others: known((it) => it.cores.others),
        },
        walBytes: of((it) => it.walBytes),
        serverMiB: subject.server === undefined ? undefined : residentMiB(subject.server.pid),
        statements: counting?.countsStatements && errors === 0
            ? await countStatements(counting.session, PIECES_COUNTED, () => subject.once())
            : undefined,
        rates: rounds.map((it) => it.perSecond),
        errors,
        firstError: rounds.find((it) => it.firstError !== undefined)?.firstError,
    };
}
