import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { locationsOf, referenceTo } from '../support/bundles.ts';
import { type Connection, connect, listen } from '../support/connections.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { bloodCount, HGB, patientOf, somebody, WBC } from '../support/reports.ts';

const gateway = useGateway();

const open: Connection[] = [];
afterEach(() => {
  for (const it of open.splice(0)) it.close();
});

async function connectionsOf(system: CallingSystem, count: number): Promise<readonly Connection[]> {
  const connections = await connect(await listen(gateway.app), system.token, count);
  open.push(...connections);
  return connections;
}

/** How many rows an institution has in a table, with a condition on them. */
async function rowsOf(system: CallingSystem, table: string, condition = 'true'): Promise<number> {
  const { rows } = await gateway.db.$client.query(
    `select count(*)::integer as count from ${table} where institution = $1 and ${condition}`,
    [system.institution],
  );
  return rows[0].count;
}

test('fifty simultaneous publications of one report: one report, fifty times the same answer', async () => {
  const hospital = await gateway.register();
  const bundle = bloodCount({ person: somebody(), number: randomUUID() });
  const connections = await connectionsOf(hospital, 50);

  const answers = await Promise.all(connections.map((it) => it.send('POST', '/fhir', bundle)));

  expect(answers.map((it) => it.status)).toEqual(answers.map(() => 200));
  const locations = answers.map((it) => locationsOf(JSON.parse(it.text)));
  expect(locations).toEqual(locations.map(() => locations[0]));
  // Report, two results, patient: each in its first version and no other.
  expect(await rowsOf(hospital, 'resources')).toBe(4);
  expect(await rowsOf(hospital, 'resource_versions')).toBe(4);
  expect(await rowsOf(hospital, 'publications')).toBe(1);
  // Every one of the fifty is in the access log, one of them as the creation.
  expect(await rowsOf(hospital, 'access_log', "interaction = 'processBundle' and outcome = 0")).toBe(50);
  expect(await rowsOf(hospital, 'access_log', "interaction = 'processBundle' and action = 'C'")).toBe(1);
});

test('fifty systems that send the same report, each in words of its own: one report, of one version', async () => {
  const hospital = await gateway.register();
  const wish = { person: somebody(), number: randomUUID(), at: new Date() };
  const connections = await connectionsOf(hospital, 50);

  // The entries have other fullUrls each time, so that no two texts are alike.
  const answers = await Promise.all(connections.map((it) => it.send('POST', '/fhir', bloodCount(wish))));

  expect(answers.map((it) => it.status)).toEqual(answers.map(() => 200));
  const locations = answers.map((it) => locationsOf(JSON.parse(it.text)));
  expect(locations).toEqual(locations.map(() => locations[0]));
  expect(await rowsOf(hospital, 'resource_versions')).toBe(4);
});

test('two different corrections at once are the versions 2 and 3, and neither is lost', async () => {
  const hospital = await gateway.register();
  const wish = { person: somebody(), number: randomUUID(), analytes: [WBC, HGB], at: new Date() };
  const { body } = await hospital.post('/fhir', bloodCount(wish));
  const values = ['7.10', '7.20'];
  const connections = await connectionsOf(hospital, values.length);

  const answers = await Promise.all(
    connections.map((it, index) =>
      it.send('POST', '/fhir', bloodCount({ ...wish, status: 'corrected', analytes: [{ ...WBC, value: values[index] as string }, HGB] })),
    ),
  );

  expect(answers.map((it) => it.status)).toEqual([200, 200]);
  const observation = referenceTo(body, 'Observation');
  const versions = await Promise.all([1, 2, 3].map((it) => hospital.get(`/fhir/${observation}/_history/${it}`)));
  expect(versions.map((it) => it.status)).toEqual([200, 200, 200]);
  expect(
    versions
      .slice(1)
      .map((it) => /"value":([\d.]+)/.exec(it.text)?.[1])
      .toSorted(),
  ).toEqual(values);
  expect((await hospital.get(`/fhir/${observation}/_history/4`)).status).toBe(404);
  // Each version of the report belongs to the version of its result that came with it.
  expect((await hospital.get(`/fhir/${referenceTo(body, 'DiagnosticReport')}`)).headers['etag']).toMatch(/W\/"[23]"/);
});

test('twenty different corrections at once are all there, or were told to come back', async () => {
  const hospital = await gateway.register();
  const wish = { person: somebody(), number: randomUUID(), analytes: [WBC], at: new Date() };
  const { body } = await hospital.post('/fhir', bloodCount(wish));
  const connections = await connectionsOf(hospital, 20);
  const values = connections.map((_, index) => `${index + 10}.50`);

  const answers = await Promise.all(
    connections.map((it, index) =>
      it.send('POST', '/fhir', bloodCount({ ...wish, status: 'corrected', analytes: [{ ...WBC, value: values[index] as string }] })),
    ),
  );

  for (const { status, headers } of answers) {
    expect([200, 503]).toContain(status);
    if (status === 503) expect(headers['retry-after']).toBeDefined();
  }
  const accepted = values.filter((_, index) => answers[index]?.status === 200);
  const { rows } = await gateway.db.$client.query(
    "select content from version_texts where institution = $1 and type = 'Observation' and version > 1",
    [hospital.institution],
  );
  expect(rows.map((it: { content: string }) => /"value":([\d.]+)/.exec(it.content)?.[1]).toSorted()).toEqual(accepted.toSorted());
  expect((await hospital.get(`/fhir/${referenceTo(body, 'Observation')}`)).headers['etag']).toBe(`W/"${accepted.length + 1}"`);
  expect(accepted.length).toBeGreaterThan(5);
});

test('of ten updates that have read the same version, one is made and nine are told', async () => {
  const hospital = await gateway.register();
  const { body } = await hospital.post('/fhir/Practitioner', { resourceType: 'Practitioner' });
  const connections = await connectionsOf(hospital, 10);

  const answers = await Promise.all(
    connections.map((it, index) =>
      it.send('PUT', `/fhir/Practitioner/${body.id}`, JSON.stringify({ ...body, name: [{ text: `医生${index}` }] }), {
        'if-match': 'W/"1"',
      }),
    ),
  );

  expect(answers.map((it) => it.status).toSorted((a, b) => a - b)).toEqual([200, ...Array(9).fill(412)]);
  expect((await hospital.get(`/fhir/Practitioner/${body.id}`)).headers['etag']).toBe('W/"2"');
});

test('ten institutions that meet a new patient at the same moment mean one person', async () => {
  const person = somebody();
  const hospitals = await Promise.all(Array.from({ length: 10 }, () => gateway.register()));
  const connections = (await Promise.all(hospitals.map((it) => connectionsOf(it, 1)))).flat();

  const answers = await Promise.all(connections.map((it) => it.send('POST', '/fhir', bloodCount({ person, number: randomUUID() }))));

  expect(answers.map((it) => it.status)).toEqual(answers.map(() => 200));
  const patients = answers.map((it) => referenceTo(JSON.parse(it.text), 'Patient'));
  expect(new Set(patients).size).toBe(10);
  // The compartment of an id is its first half.
  expect(new Set(patients.map((it) => it.split('/')[1]?.slice(0, 16))).size).toBe(1);
  const { rows } = await gateway.db.$client.query('select count(*)::integer as count from person_documents where value = $1', [
    person.idCard,
  ]);
  expect(rows).toEqual([{ count: 1 }]);
});

test('two institutions that meet a new patient under two names at the same moment: one of them is told', async () => {
  const person = somebody();
  const hospitals = [await gateway.register(), await gateway.register()];
  const connections = (await Promise.all(hospitals.map((it) => connectionsOf(it, 1)))).flat();

  const answers = await Promise.all(
    connections.map((it, index) =>
      it.send('POST', '/fhir/Patient', JSON.stringify(patientOf(person, { name: [{ text: `周晓${index}` }] }))),
    ),
  );

  expect(answers.map((it) => it.status).toSorted((a, b) => a - b)).toEqual([201, 422]);
});

test('two updates that join the same two persons at once: the links are complete', async () => {
  const [one, other] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  await one.post('/fhir/Patient', patientOf(person));
  const strangers = await Promise.all(
    Array.from({ length: 3 }, () => other.post('/fhir/Patient', { resourceType: 'Patient', name: [{ text: person.name }] })),
  );
  const connections = await connectionsOf(other, strangers.length);

  const answers = await Promise.all(
    connections.map((it, index) => {
      const id = strangers[index]?.body.id;
      return it.send('PUT', `/fhir/Patient/${id}`, JSON.stringify({ ...patientOf(person), id }));
    }),
  );

  expect(answers.map((it) => it.status)).toEqual([200, 200, 200]);
  const { rows } = await gateway.db.$client.query(
    `with one as (select distinct person from person_links where institution = $1 union select distinct other from person_links where institution = $1)
     select (select count(*) from one)::integer as persons, count(*)::integer as links from person_links where person in (select person from one)`,
    [other.institution],
  );
  // Each knows each other: four persons, twelve directions.
  expect(rows).toEqual([{ persons: 4, links: 12 }]);
});
