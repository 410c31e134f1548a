import { prepareCheck } from './check.ts';
import { judgeStarts, measureStarts, type StartFigures, startLine } from './cold-start.ts';
import { judgedLines, judgeWorks } from './judge-works.ts';
import { prepareLookup } from './lookup.ts';
import { type Effort, type Growth, measure, WARM_UP_MAX_SECONDS, type WorkFigures } from './measure.ts';
import { overviewLines } from './overview.ts';
import { type PublishCosts, preparePublish } from './publish.ts';
import { measurePull, type PullFigures } from './pull.ts';
import { checkLines, costLines } from './show-figures.ts';
import type { Stage } from './stage.ts';
import type { Work } from './subject.ts';
import { DISK_MAX, type Judged } from './targets.rules.ts';

/** How long, how often, and with which numbers of clients it is measured. */
export interface Efforts extends Omit<Effort, 'clients'> {
  readonly clients: readonly number[];
}

export interface AllFigures {
  readonly works: readonly WorkFigures[];
  readonly costs: PublishCosts;
  /** Statements of the smallest and the largest check. */
  readonly checks: Growth | undefined;
  readonly pull: PullFigures;
  readonly starts: StartFigures;
}

/** Each work with every number of clients, one after the other. */
export async function measureEach(stage: Stage, works: readonly Work[], efforts: Efforts): Promise<readonly WorkFigures[]> {
  const figures: WorkFigures[] = [];
  for (const work of works) {
    for (const clients of efforts.clients) figures.push(await measure(work, stage.database, { ...efforts, clients }, stage.say));
  }
  return figures;
}

/** Slices of time for works with their references: with one of them, but for publication with two. */
const WORKS = 7;
const SUBJECTS = 2 * WORKS + 1;
/** To start, to make persons and reports, to count statements, to pull the log and to start again five times, on the machine it was written on. */
const AROUND_SECONDS = 210;

/** About how long everything takes on a quiet machine of two cores. */
export function expectedSeconds({ clients, seconds, rounds }: Efforts): number {
  return AROUND_SECONDS + clients.length * SUBJECTS * (rounds * seconds + Math.min(seconds, WARM_UP_MAX_SECONDS));
}

/** All works one after the other in one region, each beside the reference it is judged by; publication beside a bare insert too. */
export async function measureAll(stage: Stage, options: Efforts & { readonly entries: number }): Promise<AllFigures> {
  const startedAt = performance.now();
  const expected = expectedSeconds(options);
  const step = (what: string) => {
    const gone = (performance.now() - startedAt) / 1_000;
    stage.say(`${what}: ${Math.round(gone)} s of about ${Math.round(expected)} s have gone`);
  };
  step('publish');
  const publish = await preparePublish(stage);
  const published = await measureEach(stage, [publish.work], options);
  const costs = await publish.costs();
  await publish.close();
  step('look-ups');
  const lookup = await prepareLookup(stage);
  const lookedUp = await measureEach(stage, lookup.works.map(besideOne), options);
  lookup.close();
  step('checks');
  const check = await prepareCheck(stage);
  const checked = await measureEach(stage, check.works.map(besideOne), options);
  check.close();
  step('access log');
  const pull = await measurePull(stage, options);
  step('starts');
  const starts = await measureStarts(stage);
  return { works: [...published, ...lookedUp, ...checked], costs, checks: growthOfChecks(checked), pull, starts };
}

function besideOne({ references, ...work }: Work): Work {
  return { ...work, references: references.slice(0, 1) };
}

/** Statements of a check of one item and of twenty, where they could be counted. */
export function growthOfChecks(works: readonly WorkFigures[]): Growth | undefined {
  const [small, large] = ['check-1', 'check-20'].map((name) => works.find((it) => it.name === name)?.subjects[0]?.statements?.perPiece);
  return small === undefined || large === undefined ? undefined : { small, large };
}

/** The table of everything, what it costs beside time, and which targets are missed. */
export function allLines({ works, costs, checks, pull, starts }: AllFigures): readonly string[] {
  return [
    '',
    ...overviewLines(works, pull),
    '',
    ...costLines(costs),
    ...(checks ? checkLines(checks) : []),
    `  ${startLine(starts)}`,
    '',
    ...judgedLines([...judgeWorks(works), judgeDisk(costs), judgeStarts(starts)]),
  ];
}

function judgeDisk({ diskBytes, sentBytes }: PublishCosts): Judged {
  return { what: 'bytes on disk by bytes published', value: diskBytes / sentBytes, most: DISK_MAX };
}
