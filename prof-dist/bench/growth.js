import { checkWorks, findMeasuredItems, makeCheckPeople } from './check.js';
import { cloneOf, halfOf, placeOfClone, setOriginalsAside } from './clone-people.js';
import { shown } from './figures.rules.js';
import { fillRegion } from './fill-region.js';
import { originalsOf, populationOf } from './growth-plan.rules.js';
import { makeKnownPeople } from './known-people.js';
import { lookupWorks, makeLookupPeople } from './lookup.js';
import { measure, measureOnce } from './measure.js';
import { FIRST_PERSONS, numbersFrom } from './people.js';
import { laboratoryReport } from './publication.js';
import { preparePublish } from './publish.js';
import { aligned, complaint, ratioOf } from './show-figures.js';
import { openWays } from './stage.js';
import { tableBytes } from './table-bytes.js';
import { GROWTH_MIN } from './targets.rules.js';
/**
 * The works in a region that grows, from size to size in one database. Persons that are looked up and checked are taken from the whole of it; what is
 * published is about people that were there from the beginning, and stays.
 */
export async function measureGrowth(stage, { sizes, ...efforts }) {
    const { database, say } = stage;
    const smallest = populationOf(sizes[0] ?? 0);
    const made = originalsOf(smallest);
    const ways = openWays(stage);
    const publish = await preparePublish({ ...stage, crowd: { ...stage.crowd, publish: made.bare } });
    const originals = {
        check: await makeCheckPeople(stage, ways, made.check),
        lookup: await makeLookupPeople(stage, ways, made.lookup),
        single: await makeKnownPeople(stage, ways.client, numbersFrom(FIRST_PERSONS.single, made.single), (it) => [laboratoryReport(it, it)]),
        bare: publish.patients.map((it) => halfOf({ patient: it })),
    };
    await setOriginalsAside(database.session, Object.values(halvesOf(originals)).flat());
    const items = await findMeasuredItems(stage, ways);
    const figures = [];
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
        figures.push(await measureSize(stage, reports, works, efforts));
        checks.close();
    }
    await publish.close();
    ways.close();
    return figures;
}
async function measureSize(stage, reports, works, efforts) {
    const { database, say } = stage;
    const mebibytes = (await tableBytes(database.session, 'public')) / 1_048_576;
    const effort = { ...efforts, clients: Math.min(...efforts.clients) };
    const cold = [];
    let filesForgotten = true;
    for (const work of database.restart ? works : []) {
        filesForgotten = (await restartAll(stage)) && filesForgotten;
        const figures = await measureOnce(work.ours, database, effort);
        cold.push({ ...figures, work: work.name });
        say(`  ${work.name}, cold: ${Math.round(figures.perSecond)}/s`);
    }
    const warm = [];
    for (const { references, ...work } of works) {
        warm.push(await measure({ ...work, references: references.slice(0, 1) }, database, effort, say));
    }
    return { reports, persons: 2 * reports, mebibytes, warm, cold, filesForgotten };
}
/** Stops both servers and the database, and starts them again; whether the system has forgotten the files in between. */
async function restartAll({ gateway, references, database }) {
    await gateway.stop();
    await references.stop();
    const isForgotten = (await database.restart?.()) ?? false;
    await Promise.all([gateway.startAgain(), references.startAgain()]);
    return isForgotten;
}
function halvesOf({ check, lookup, single, bare }) {
    return { check: check.map(halfOf), lookup: lookup.map(halfOf), single: single.map(halfOf), bare };
}
/** Those that are looked up last, so that what is asked for is what was written last. */
function fillingsOf(halves, present, wanted) {
    const kinds = [
        ['bare', 'patients without a report'],
        ['single', 'persons with one report'],
        ['lookup', 'persons with some reports'],
        ['check', 'persons with long histories'],
    ];
    return kinds.map(([kind, what]) => ({ what, originals: halves[kind], present: present[kind], wanted: wanted[kind] }));
}
function withClones(originals, wanted) {
    const clones = Array.from({ length: wanted - originals.length }, (_, index) => {
        const { original, number } = placeOfClone(originals.length, index);
        return cloneOf(originals[original], number);
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
export function growthLines(sizes) {
    const names = (sizes[0]?.warm ?? []).map((it) => it.name);
    const rows = names.flatMap((name) => sizes.map((size) => growthRow(name, size, sizes)));
    return [
        '',
        ...aligned([HEADINGS, ...rows]),
        '',
        ...sizes.map((it) => `  ${it.reports} reports, ${it.persons} persons: ${it.mebibytes.toFixed(0)} MiB of tables and indexes; ${coldWords(it)}`),
        ...sizes.flatMap((size) => [...size.warm.flatMap((it) => it.subjects), ...size.cold].flatMap(complaint)),
    ];
}
function growthRow(name, size, [smallest]) {
    const [ours, reference] = subjectsOf(name, size);
    const [least] = smallest ? subjectsOf(name, smallest) : [];
    const cold = size.cold.find((it) => it.work === name);
    if (!ours)
        return [];
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
function coldWords({ cold, filesForgotten }) {
    if (cold.length === 0)
        return 'not measured cold, since the database is not the bench’s own';
    return filesForgotten
        ? 'cold: server and database just started, files forgotten by the system'
        : 'cold: server and database just started; the system still had the files in memory';
}
function subjectsOf(name, { warm }) {
    return warm.find((it) => it.name === name)?.subjects ?? [];
}
/** Every work in every larger region against the smallest one. */
export function judgeGrowth(sizes) {
    const [smallest, ...larger] = sizes;
    return larger.flatMap((size) => size.warm.map(({ name, subjects }) => ({
        what: `${name}, ${size.reports} reports: of what is done with ${smallest?.reports}`,
        value: (subjects[0]?.perSecond ?? Number.NaN) / ((smallest && subjectsOf(name, smallest)[0]?.perSecond) ?? Number.NaN),
        least: GROWTH_MIN,
    })));
}
