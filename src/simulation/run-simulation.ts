import { openDatabase } from '../database/client.ts';
import { GATEWAY_ROLE } from '../database/gateway-role.ts';
import { buildServer } from '../server.ts';
import { PUBLIC_URL } from './doors.ts';
import { measureBytes } from './figures.queries.ts';
import { verifyInvariants } from './invariants.ts';
import type { Preset } from './preset.ts';
import { Progress, type Screen } from './progress.ts';
import { followUp, requestsOf, type SimulationOptions, simulate } from './simulate.ts';
import { type Statement, stateFigures } from './state-figures.ts';
import type { Measured } from './statement-lines.rules.ts';

/** What a run takes beside the region it simulates. */
export interface RunOptions extends SimulationOptions {
  /** Owner's address of a migrated database with nothing in it. */
  readonly databaseUrl: string;
  readonly screen: Screen;
  /** Done to the database before it is held against the invariants, by those who want to see them fail. */
  readonly meddle?: (databaseUrl: string) => Promise<void>;
}

/** For what is done beside the requests. */
const CONNECTIONS = 4;
/** Entries that a look-up writes: the consent that was decided on, and the look itself. */
const ENTRIES_OF_LOOK_UP = 2;

/** Simulates a region, verifies every invariant and states what came out; `measured` is of this machine, all else of preset, scale and seed. */
export async function runSimulation(preset: Preset, options: RunOptions): Promise<{ statement: Statement; measured: Measured }> {
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
    const measured: Measured = {
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
  } finally {
    await unhurried.close();
    await app.close();
  }
}

/** Keeps the largest memory of all processes together, in the first quarter of the people and over all: nearly the same where it is flat. */
class MemoryWatch {
  private people = 0;
  private looks = 0;
  private early = 0;
  private whole = 0;

  begin(people: number): void {
    this.people = people;
  }

  look(crewMiB: number): void {
    this.looks += 1;
    const mib = crewMiB + Math.round(process.memoryUsage().rss / 2 ** 20);
    this.whole = Math.max(this.whole, mib);
    if (this.looks * 4 <= this.people) this.early = Math.max(this.early, mib);
  }

  figures(): { readonly early: number; readonly whole: number } {
    return { early: this.early, whole: this.whole };
  }
}
