import pg from 'pg';
import { expect, test } from 'vitest';
import { cloneKey, cloneOf, clonePeople, halfOf, placeOfClone, setOriginalsAside } from '../../src/bench/clone-people.ts';
import { fillRegion } from '../../src/bench/fill-region.ts';
import type { Known } from '../../src/bench/known-people.ts';
import { patientOf, personOf } from '../../src/bench/people.ts';
import { bundleText, imagingReport, laboratoryReport } from '../../src/bench/publication.ts';
import { reindex } from '../../src/resources/reindex.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';

const gateway = useGateway();

/** Somebody of the bench with a laboratory and an imaging report, who lets another hospital look. */
async function publish(publisher: CallingSystem, asking: CallingSystem, number: number): Promise<Known> {
  const patient = await publisher.post('/fhir/Patient', patientOf(personOf(number)));
  const askersPatient = await asking.post('/fhir/Patient', patientOf(personOf(number)));
  await asking.post('/v1/consents', { patient: { id: askersPatient.body.id }, decision: 'permit', method: 'on-site-qr' });
  const reports: string[] = [];
  for (const publication of [laboratoryReport(number, number), imagingReport(number + 1, number)]) {
    const { body } = await publisher.post('/fhir', bundleText(publication), { 'content-type': 'application/fhir+json' });
    reports.push(body.entry.at(-1).response.location.split('/_history')[0]);
  }
  const known = {
    number,
    reports,
    referenceReports: [],
    parts: 21,
    publisher: { token: async () => '', registration: { privateJwk: {} } },
  };
  return { ...known, patient: patient.body.id, askersPatient: askersPatient.body.id };
}

async function withOwner<Result>(work: (session: pg.Client) => Promise<Result>): Promise<Result> {
  const session = new pg.Client({ connectionString: gateway.databaseUrl });
  await session.connect();
  try {
    return await work(session);
  } finally {
    await session.end();
  }
}

async function indexRows(known: Known): Promise<readonly unknown[]> {
  const { rows } = await gateway.db.$client.query(
    "select id, type, report, array(select unnest(tokens) as it order by it) as tokens, ranges from resources where person = $1 and type <> 'Consent' order by id",
    [BigInt(`0x${halfOf(known)}`)],
  );
  return rows;
}

test('copies of people are looked up, read, searched and permitted as the people themselves, under keys of their own', async () => {
  const [publisher, asking] = [await gateway.register(), await gateway.register()];
  const originals = [await publish(publisher, asking, 3_000_001), await publish(publisher, asking, 3_000_005)];
  const [first] = originals as [Known, Known];

  await withOwner(async (session) => {
    await setOriginalsAside(session, originals.map(halfOf));
    await clonePeople([session], originals.map(halfOf), 0, 2, () => undefined);
    const filling = { what: 'people', originals: originals.map(halfOf), present: 4, wanted: 5 };
    await fillRegion({ session, url: gateway.databaseUrl }, [filling], () => undefined);
  });

  for (const clone of [cloneOf(first, 1), cloneOf(first, 2), cloneOf(originals[1] as Known, 1)]) {
    const prior = await asking.get(`/fhir/Patient/${clone.askersPatient}/$prior-results`);
    expect(prior.body.entry.map((it: { search: { mode: string } }) => it.search.mode).filter((it: string) => it === 'match')).toHaveLength(
      2,
    );
    expect(prior.body.entry).toHaveLength(2 + clone.parts);
    const found = await publisher.get(`/fhir/DiagnosticReport?patient=${clone.patient}&category=LAB`);
    expect(found.body.entry.map((it: { resource: { id: string } }) => `DiagnosticReport/${it.resource.id}`)).toEqual([clone.reports[0]]);
    const read = await publisher.get(`/fhir/${clone.reports[0]}`);
    expect(read.body.subject.reference).toBe(`Patient/${clone.patient}`);
    expect(read.body.result[0].reference).toContain(halfOf(clone));
  }
  // There is no third copy: nobody is known, and nobody has consented.
  expect((await asking.get(`/fhir/Patient/${cloneOf(first, 3).askersPatient}/$prior-results`)).status).toBe(403);
  // What a copy is found by is what follows from its text.
  const before = await indexRows(cloneOf(first, 2));
  for await (const _ of reindex(gateway.db, undefined, undefined, async () => new Map()));
  expect(await indexRows(cloneOf(first, 2))).toEqual(before);
  expect(before).toHaveLength(25);
});

test('originals are copied in turn, each copy to a person key of its own', () => {
  expect([0, 1, 2, 3, 4].map((it) => placeOfClone(2, it))).toEqual([
    { original: 0, number: 1 },
    { original: 1, number: 1 },
    { original: 0, number: 2 },
    { original: 1, number: 2 },
    { original: 0, number: 3 },
  ]);
  const keys = [1n << 40n, (1n << 62n) - 1n].flatMap((person) => [1, 2, 3].map((it) => cloneKey(person, it)));
  expect(new Set(keys)).toHaveLength(keys.length);
  for (const key of keys) expect(key >= 1n << 40n && key < 1n << 62n).toBe(true);
});
