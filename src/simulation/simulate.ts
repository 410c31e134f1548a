import type { FastifyInstance } from 'fastify';
import { buildRegion } from './build-region.ts';
import { DAY_MS, periodOf } from './calendar.rules.ts';
import { livePerson, uploadPerson } from './live-person.ts';
import type { Preset } from './preset.ts';
import type { Region } from './region.ts';

/** How a region is simulated. The last of these changes nothing of what comes out. */
export interface SimulationOptions {
  /** 1 is the whole region. */
  readonly scale: number;
  /** The same seed gives the same figures. */
  readonly seed: string;
  /** People who are simulated at the same time. */
  readonly concurrency: number;
}

/** What a simulation says of itself on the way. */
export interface Watcher {
  /** People there are; called once. */
  begins(people: number): void;
  /** One more is done; `requests` is how many were answered so far. */
  lived(requests: number): void;
}

/** People between two rounds of what is done beside the requests: the log's places, and whoever follows it. */
const PEOPLE_BETWEEN_ROUNDS = 250;

/**
 * Lets a region live through its period, on a server that does not listen and an empty database. People live at the same time, each through all
 * of it in order; what happens to one depends on nobody else. Between them the rounds are done, at the end of the period: what follows the log
 * comes after what it follows.
 */
export async function simulate(app: FastifyInstance, preset: Preset, options: SimulationOptions, watcher: Watcher): Promise<Region> {
  const { scale, seed, concurrency } = options;
  const region = await buildRegion(app, preset, scale, seed);
  const [persons, uploads] = [preset.persons, preset.uploads.persons].map((it) => Math.max(1, Math.round(it * scale))) as [number, number];
  const uploadsUntil = periodOf({ from: preset.from, until: preset.uploads.until }).until;
  const total = persons + uploads;
  watcher.begins(total);
  let following: Promise<void> = Promise.resolve();
  for (let start = 0; start < total; start += PEOPLE_BETWEEN_ROUNDS) {
    const numbers = Array.from({ length: Math.min(PEOPLE_BETWEEN_ROUNDS, total - start) }, (_, index) => start + index).values();
    const work = async () => {
      for (const number of numbers) {
        await (number < persons ? livePerson(region, number) : uploadPerson(region, number, uploadsUntil));
        watcher.lived(requestsOf(region));
      }
    };
    await Promise.all([following, ...Array.from({ length: concurrency }, work)]);
    await doRounds(region, (name) => name === PLACES);
    following = doRounds(region, (name) => name !== PLACES && name !== INDICATORS);
  }
  await following;
  return region;
}

/** The round that gives entries their places, and the one that counts indicators, which is done once, at the end. */
const [PLACES, INDICATORS] = ['sequence', 'count indicators'];

/** What is done beside the requests, a day after the period. */
async function doRounds({ app, period }: Region, isMeant?: (name: string) => boolean): Promise<void> {
  await app.rounds.runAll(() => new Date(period.until + DAY_MS), isMeant);
}

/** Everything that is left to do beside the requests. */
export async function followUp(region: Region): Promise<void> {
  await doRounds(region);
}

/** Requests that were answered, refusals among them. */
export function requestsOf({ doors }: Pick<Region, 'doors'>): number {
  return [...doors.served.values(), ...doors.refused.values()].reduce((sum, it) => sum + it, 0);
}
