import { checkWorks, findMeasuredItems, makeCheckPeople } from './check.ts';
import { cloneOf, halfOf, placeOfClone, setOriginalsAside } from './clone-people.ts';
import { shown } from './figures.rules.ts';
import { type Filling, fillRegion } from './fill-region.ts';
import { originalsOf, type Population, populationOf } from './growth-plan.rules.ts';
import { type Known, makeKnownPeople } from './known-people.ts';
import { lookupWorks, makeLookupPeople } from './lookup.ts';
import { type Effort, type Figures, measure, measureOnce, type WorkFigures } from './measure.ts';
import type { Efforts } from './measure-all.ts';
import { FIRST_PERSONS, numbersFrom } from './people.ts';
import { laboratoryReport } from './publication.ts';
import { preparePublish } from './publish.ts';
import { aligned, complaint, ratioOf } from './show-figures.ts';
import { openWays, type Stage } from './stage.ts';
import type { Work } from './subject.ts';
import { tableBytes } from './table-bytes.ts';
import { GROWTH_MIN, type Judged } from './targets.rules.ts';
import { warmIndexes } from './warm-indexes.ts';

/** What was measured at one size of the region. */
export interface SizeFigures {
  readonly reports: number;
  readonly persons: number;
  /** Of all tables and indexes. */
  readonly mebibytes: number;
  /**
   * When every index has been read (`indexesWarm`) and everybody who is asked for has been asked for once. Beside the first reference of each,
   * which does not grow: it shows whether the machine has changed.
   */
  readonly warm: readonly WorkFigures[];
  /** Right after the start of server and database, each work by itself; empty where the database is somebody else's. */
  readonly cold: readonly (Figures & { readonly work: string })[];
  /** Whether the system had forgotten the files as well. */
  readonly filesForgotten: boolean;
  /** Whether every index was read before what is `warm`; otherwise only what somebody had asked for is. */
  readonly indexesWarm: boolean;
}

/** Persons of each kind who were published one by one. */
interface Originals {
  readonly check: readonly Known[];
  readonly lookup: readonly Known[];
  readonly single: readonly Known[];
  /** First halves of their ids. */
  readonly bare: readonly string[];
}

/**
 * The works in a region that grows, from size to size in one database. Persons that are looked up and checked are taken from the whole of it; what is
 * published is about people that were there from the beginning, and stays.
 */
export async function measureGrowth(stage: Stage, { sizes, ...efforts }: Efforts & { readonly sizes: readonly number[] }) {
  const { database, say } = stage;
  const smallest = populationOf(sizes[0] ?? 0);
  const made = originalsOf(smallest);
  const ways = openWays(stage);
  const publish = await preparePublish({ ...stage, crowd: { ...stage.crowd, publish: made.bare } });
  const originals: Originals = {
    check: await makeCheckPeople(stage, ways, made.check),
    lookup: await makeLookupPeople(stage, ways, made.lookup),
    single: await makeKnownPeople(stage, ways.client, numbersFrom(FIRST_PERSONS.single, made.single), (it) => [laboratoryReport(it, it)]),
    bare: publish.patients.map((it) => halfOf({ patient: it })),
  };
  await setOriginalsAside(database.session, Object.values(halvesOf(originals)).flat());
  const items = await findMeasuredItems(stage, ways);

  const figures: SizeFigures[] = [];
  let present = made;
  for (const reports of sizes) {
    const population = populationOf(reports);
    say(`region of ${reports} reports and ${2 * reports} persons`);
    // What it does by itself would go through tables that have lost their indexes.
    await stage.gateway.stop();
    await fillRegion(database, fillingsOf(halvesOf(originals), present, population), say);
    await stage.gateway.startAgain();
    present = population;
    const checks = checkWorks(stage, ways, withClones(originals.check, population.check), originals.check, items);
    const lookups = lookupWorks(stage, ways, withClones(originals.lookup, population.lookup));
    const works = [...lookups, ...checks.works, publish.work];
    // Orders are signed for originals alone.
    const ofAll = checks.works.filter((it) => it.name !== 'order-sign');
    const asked = new Map([
      ...lookups.map((it) => [it, population.lookup] as const),
      ...ofAll.map((it) => [it, population.check] as const),
    ]);
    figures.push(await measureSize(stage, reports, works, asked, efforts));
    checks.close();
  }
  await publish.close();
  ways.close();
  return figures;
}

/** `asked`: how many persons a work asks for in turn. */
async function measureSize(
  stage: Stage,
  reports: number,
  works: readonly Work[],
  asked: ReadonlyMap<Work, number>,
  efforts: Efforts,
): Promise<SizeFigures> {
  const { database, say } = stage;
  const mebibytes = (await tableBytes(database.session, 'public')) / 1_048_576;
  const effort: Effort = { ...efforts, clients: Math.min(...efforts.clients) };
  const cold: (Figures & { readonly work: string })[] = [];
  let filesForgotten = true;
  for (const work of database.restart ? works : []) {
    filesForgotten = (await restartAll(stage)) && filesForgotten;
    const figures = await measureOnce(work.ours, database, effort);
    cold.push({ ...figures, work: work.name });
    say(`  ${work.name}, cold: ${Math.round(figures.perSecond)}/s`);
  }
  const indexesWarm = await warmIndexes(database.session);
  say(
    indexesWarm
      ? '  every index has been read once'
      : '  indexes are cold where nobody has asked: the server has no pg_prewarm for this login',
  );
  for (const [work, persons] of asked) {
    say(`  ${work.name}: ${persons} persons are asked for once`);
    await askOnce(work, persons, effort.clients);
  }
  const warm: WorkFigures[] = [];
  for (const { references, ...work } of works) {
    warm.push(await measure({ ...work, references: references.slice(0, 1) }, database, effort, say));
  }
  return { reports, persons: 2 * reports, mebibytes, warm, cold, filesForgotten, indexesWarm };
}

/** Brings what is known of these persons into memory, as far as it fits; what a work asks for is said in its turn, so that each has one. */
async function askOnce({ ours }: Work, persons: number, clients: number): Promise<void> {
  let left = persons;
  const client = async () => {
    while (left-- > 0) await ours.once();
  };
  await Promise.all(Array.from({ length: clients }, client));
}

/** Stops both servers and the database, and starts them again; whether the system has forgotten the files in between. */
async function restartAll({ gateway, references, database }: Stage): Promise<boolean> {
  await gateway.stop();
  await references.stop();
  const isForgotten = (await database.restart?.()) ?? false;
  await Promise.all([gateway.startAgain(), references.startAgain()]);
  return isForgotten;
}

type Halves = Readonly<Record<keyof Population, readonly string[]>>;

function halvesOf({ check, lookup, single, bare }: Originals): Halves {
  return { check: check.map(halfOf), lookup: lookup.map(halfOf), single: single.map(halfOf), bare };
}

/** Those that are looked up last, so that what is asked for is what was written last. */
function fillingsOf(halves: Halves, present: Population, wanted: Population): readonly Filling[] {
  const kinds = [
    ['bare', 'patients without a report'],
    ['single', 'persons with one report'],
    ['lookup', 'persons with some reports'],
    ['check', 'persons with long histories'],
  ] as const;
  return kinds.map(([kind, what]) => ({ what, originals: halves[kind], present: present[kind], wanted: wanted[kind] }));
}

function withClones(originals: readonly Known[], wanted: number): readonly Known[] {
  const clones = Array.from({ length: wanted - originals.length }, (_, index) => {
    const { original, number } = placeOfClone(originals.length, index);
    return cloneOf(originals[original] as Known, number);
  });
  return [...originals, ...clones];
}

const HEADINGS = [
  'workload',
  'reports',
  'warm/s',
  'of smallest',
  'target',
  'reference/s',
  'ratio',
  'p50 ms',
  'p99',
  'p99/p50',
  'cold/s',
  'p50 ms',
  'p99',
];

/** A table with a row for each work at each size; `of smallest` is the warm rate by the one in the smallest region. */
export function growthLines(sizes: readonly SizeFigures[]): readonly string[] {
  const names = (sizes[0]?.warm ?? []).map((it) => it.name);
  const rows = names.flatMap((name) => sizes.map((size) => growthRow(name, size, sizes)));
  return [
    '',
    ...aligned([HEADINGS, ...rows]),
    '',
    ...sizes.map(
      (it) =>
        `  ${it.reports} reports, ${it.persons} persons: ${it.mebibytes.toFixed(0)} MiB of tables and indexes; ${coldWords(it)}${warmWords(it)}`,
    ),
    ...sizes.flatMap((size) => [...size.warm.flatMap((it) => it.subjects), ...size.cold].flatMap(complaint)),
  ];
}

function growthRow(name: string, size: SizeFigures, [smallest]: readonly SizeFigures[]): readonly string[] {
  const [ours, reference] = subjectsOf(name, size);
  const [least] = smallest ? subjectsOf(name, smallest) : [];
  const cold = size.cold.find((it) => it.work === name);
  if (!ours) return [];
  return [
    name,
    String(size.reports),
    ours.perSecond.toFixed(0),
    size === smallest || !least ? '' : (ours.perSecond / least.perSecond).toFixed(2),
    size === smallest ? '' : `≥ ${GROWTH_MIN}`,
    reference ? reference.perSecond.toFixed(0) : '-',
    reference ? ratioOf(ours, reference).toFixed(2) : '-',
    shown(ours.p50),
    shown(ours.p99),
    shown(ours.p99 / ours.p50),
    cold ? cold.perSecond.toFixed(0) : '-',
    shown(cold?.p50),
    shown(cold?.p99),
  ];
}

function coldWords({ cold, filesForgotten }: SizeFigures): string {
  if (cold.length === 0) return 'not measured cold, since the database is not the bench’s own';
  return filesForgotten
    ? 'cold: server and database just started, files forgotten by the system'
    : 'cold: server and database just started; the system still had the files in memory';
}

function warmWords({ indexesWarm }: SizeFigures): string {
  return indexesWarm ? '' : '; warm: the indexes as far as somebody had asked';
}

function subjectsOf(name: string, { warm }: SizeFigures): readonly Figures[] {
  return warm.find((it) => it.name === name)?.subjects ?? [];
}

/** Every work in every larger region against the smallest one. */
export function judgeGrowth(sizes: readonly SizeFigures[]): readonly Judged[] {
  const [smallest, ...larger] = sizes;
  return larger.flatMap((size) =>
    size.warm.map(({ name, subjects }) => ({
      what: `${name}, ${size.reports} reports: of what is done with ${smallest?.reports}`,
      value: (subjects[0]?.perSecond ?? Number.NaN) / ((smallest && subjectsOf(name, smallest)[0]?.perSecond) ?? Number.NaN),
      least: GROWTH_MIN,
    })),
  );
}
