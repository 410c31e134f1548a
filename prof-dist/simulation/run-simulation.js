import { openDatabase } from '../database/client.js';
import { GATEWAY_ROLE } from '../database/gateway-role.js';
import { buildServer } from '../server.js';
import { PUBLIC_URL } from './doors.js';
import { measureBytes } from './figures.queries.js';
import { verifyInvariants } from './invariants.js';
import { Progress } from './progress.js';
import { followUp, requestsOf, simulate } from './simulate.js';
import { stateFigures } from './state-figures.js';
/** For what is done beside the requests. */
const CONNECTIONS = 4;
/** Entries that a look-up writes: the consent that was decided on, and the look itself. */
const ENTRIES_OF_LOOK_UP = 2;
/** Simulates a region, verifies every invariant and states what came out; `measured` is of this machine, all else of preset, scale and seed. */
export async function runSimulation(preset, options) {
    const { databaseUrl } = options;
    const app = await buildServer({
        publicUrl: PUBLIC_URL,
        databasePoolMax: CONNECTIONS,
        logLevel: 'error',
        privateJwksUrls: false,
        databaseUrl,
    });
    // What is held against the invariants grows with the region: there is no limit to the time it takes.
    const unhurried = openDatabase({ url: databaseUrl, poolMax: 1, settings: { role: GATEWAY_ROLE }, statementTimeoutMs: 0 });
    try {
        await app.ready();
        const before = await measureBytes(unhurried.db);
        const startedAt = performance.now();
        const progress = new Progress(options.screen, 'people');
        const memory = new MemoryWatch();
        const region = await simulate(app, databaseUrl, preset, options, {
            begins(people) {
                memory.begin(people);
                progress.begin(people);
            },
            lived(requests, crewMiB) {
                memory.look(crewMiB);
                progress.add(requests);
            },
        });
        const seconds = (performance.now() - startedAt) / 1_000;
        const after = await measureBytes(unhurried.db);
        await options.meddle?.(databaseUrl);
        options.screen.write('Verifying the invariants ...\n');
        const steps = requestsOf(region);
        await followUp(region);
        const invariants = await verifyInvariants(region, unhurried.db);
        const statement = await stateFigures(region, unhurried.db, { scale: options.scale, invariants });
        const { counted } = statement;
        const measured = {
            seconds,
            steps,
            stepsPerSecond: steps / seconds,
            memoryMiB: memory.figures(),
            database: {
                bytes: after.whole,
                bytesPerReport: Math.round((after.reports - before.reports) / Math.max(counted.reportVersions, 1)),
                bytesPerLookUp: Math.round(((after.log - before.log) * ENTRIES_OF_LOOK_UP) / Math.max(counted.accesses, 1)),
            },
        };
        return { statement, measured };
    }
    finally {
        await unhurried.close();
        await app.close();
    }
}
/** Keeps the largest memory of all processes together, in the first quarter of the people and over all: nearly the same where it is flat. */
class MemoryWatch {
    people = 0;
    looks = 0;
    early = 0;
    whole = 0;
    begin(people) {
        this.people = people;
    }
    look(crewMiB) {
        this.looks += 1;
        const mib = crewMiB + Math.round(process.memoryUsage().rss / 2 ** 20);
        this.whole = Math.max(this.whole, mib);
        if (this.looks * 4 <= this.people)
            this.early = Math.max(this.early, mib);
    }
    figures() {
        return { early: this.early, whole: this.whole };
    }
}
