import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { folderOf, isThere } from '../support/testdata.ts';
import { crossReferenced, freshDomain, store } from './patients.ts';

const gateway = useGateway();

const MOTHERS_MAIDEN_NAME = 'http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName';

/** Alice Mohr, as the examples of the profile have her, and somebody else. */
async function hospitalOfTwo() {
  const hospital = await gateway.register();
  const [red, blue] = [freshDomain(), freshDomain()];
  const alice = await store(hospital, {
    active: true,
    identifier: [
      { system: red, value: 'IHERED-994' },
      { system: blue, value: 'IHEBLUE-994' },
    ],
    extension: [{ url: MOTHERS_MAIDEN_NAME, valueString: 'Müller' }],
    name: [{ use: 'official', family: 'MOHR', given: ['ALICE'] }],
    telecom: [{ system: 'phone', value: '+1-630-481-1010' }],
    gender: 'female',
    birthDate: '1958-01-30',
    address: [{ use: 'home', line: ['820 JORIE BLVD.'], city: 'OAK BROOK', state: 'IL', postalCode: '60523', country: 'USA' }],
  });
  const other = await store(hospital, {
    active: false,
    identifier: [{ system: blue, value: 'IHEBLUE-1' }],
    name: [{ family: 'MOHRING', given: ['BOB'] }],
    gender: 'male',
    birthDate: '1980-05-06',
  });
  return { hospital, alice, other, red, blue };
}

async function found(hospital: CallingSystem, query: string): Promise<readonly string[]> {
  const { status, body, text } = await hospital.get(`/fhir/Patient?${query}`);
  if (status !== 200) throw new Error(text);
  expect(body.total).toBe((body.entry ?? []).filter((it: { search: { mode: string } }) => it.search.mode === 'match').length);
  return (body.entry ?? []).flatMap((it: { search: { mode: string }; resource: { id: string } }) =>
    it.search.mode === 'match' ? [it.resource.id] : [],
  );
}

describe('ITI-78: every parameter of the profile finds Alice and nobody else', () => {
  test.for([
    'active=true',
    'family=mohr&given=alice',
    'family:exact=MOHR',
    'given=ALI',
    'given:exact=ALICE',
    'telecom=%2B1-630-481-1010',
    'birthdate=1958-01-30',
    'birthdate=ge1958-01-01&birthdate=lt1959-01-01',
    'address=oak',
    'address-city=OAK',
    'address-city:exact=OAK%20BROOK',
    'address-country=usa',
    'address-postalcode=60523',
    'address-state=il',
    'gender=female',
    'family=mohr&gender=female',
    'birthdate=1958-01-30&family=mohr',
    'mothersMaidenName=muller',
    'mothersMaidenName:exact=M%C3%BCller',
    'identifier=IHERED-994',
    'identifier=$red|IHERED-994&identifier=$blue|IHEBLUE-994',
    'family=smith,mohr&gender=female,other',
    '_id=$alice,00',
  ])('%s', async (query) => {
    const { hospital, alice, red, blue } = await hospitalOfTwo();
    const asked = query.replace('$red', red).replace('$blue', blue).replace('$alice', alice);

    expect(await found(hospital, asked)).toEqual([alice]);
    // By POST it is the same question.
    const posted = await hospital.send('POST', '/fhir/Patient/_search', asked, { 'content-type': 'application/x-www-form-urlencoded' });
    expect(posted.body.entry.map((it: { resource: { id: string } }) => it.resource.id)).toEqual([alice]);
  });

  test.for([
    'family:exact=mohr',
    'family:exact=MOH',
    'given:exact=ALI',
    'mothersMaidenName:exact=M%C3%BCl',
    'mothersMaidenName=ller',
    'active=true&gender=male',
  ])('%s finds nobody', async (query) => {
    const { hospital } = await hospitalOfTwo();

    expect(await found(hospital, query)).toEqual([]);
  });
});

describe('ITI-78: domains', () => {
  test('choose who is found, and which identifiers are shown; what is cut short is marked and cannot be sent back', async () => {
    const { hospital, alice, other, red, blue } = await hospitalOfTwo();
    const identifiersOf = async (query: string) => {
      const { body } = await hospital.get(`/fhir/Patient?${query}&_sort=family`);
      return (body.entry as { resource: { id: string; identifier: { system: string }[] } }[]).map(({ resource }) => [
        resource.id,
        resource.identifier.map((it) => it.system),
      ]);
    };

    expect(await identifiersOf(`identifier=${red}|`)).toEqual([[alice, [red]]]);
    expect(await identifiersOf(`identifier=${red}|,${blue}|`)).toEqual([
      [alice, [red, blue]],
      [other, [blue]],
    ]);
    expect(await identifiersOf(`identifier=${blue}|&family=mohr&gender=female`)).toEqual([[alice, [blue]]]);
    // Who looks for a value sees all of whom it finds.
    expect(await identifiersOf(`identifier=${red}|IHERED-994`)).toEqual([[alice, [red, blue]]]);
    expect(await identifiersOf(`identifier=${red}|,${blue}|IHEBLUE-1`)).toEqual([
      [alice, [red, blue]],
      [other, [blue]],
    ]);

    const { body } = await hospital.get(`/fhir/Patient?identifier=${red}|`);
    const { resource } = body.entry[0];
    expect(resource.meta.tag).toContainEqual(expect.objectContaining({ code: 'SUBSETTED' }));
    expect((await hospital.put(`/fhir/Patient/${alice}`, resource)).status).toBe(400);
  });

  test('one that nobody here uses: 200 with a warning, as both the profile and R4 have it', async () => {
    const { hospital, alice, red } = await hospitalOfTwo();
    const warning = {
      severity: 'warning',
      code: 'not-found',
      diagnostics: 'targetSystem not found: urn:nowhere',
      expression: ['identifier'],
    };

    const nobody = await hospital.get('/fhir/Patient?identifier=urn:nowhere|');
    const some = await hospital.get(`/fhir/Patient?identifier=urn:nowhere|,${red}|`);

    expect(nobody).toMatchObject({
      status: 200,
      body: { total: 0, entry: [{ search: { mode: 'outcome' }, resource: { issue: [warning] } }] },
    });
    expect(some).toMatchObject({ status: 200, body: { total: 1 } });
    expect(some.body.entry.map((it: { search: { mode: string } }) => it.search.mode)).toEqual(['match', 'outcome']);
    expect(some.body.entry[0].resource.id).toBe(alice);
  });

  test('of a search on another type choose nothing', async () => {
    const { hospital } = await hospitalOfTwo();

    expect((await hospital.get('/fhir/Practitioner?identifier=urn:nowhere|')).body).not.toHaveProperty('entry');
  });
});

describe('ITI-104: the feed by conditional update', () => {
  const feed = (hospital: CallingSystem, system: string, number: string, more: Record<string, unknown>) =>
    hospital.put(`/fhir/Patient?identifier=${encodeURIComponent(`${system}|${number}`)}`, {
      resourceType: 'Patient',
      identifier: [{ system, value: number }],
      active: true,
      name: [{ family: 'MOHR', given: ['ALICE'] }],
      gender: 'female',
      birthDate: '1958-01-30',
      ...more,
    });

  test('adds, revises and resolves a duplicate by the identifiers alone, and takes it back', async () => {
    const hospital = await gateway.register();
    const red = freshDomain();
    expect((await feed(hospital, red, 'IHERED-994', { name: [{ family: 'MOHR', given: ['ALISSA'] }] })).status).toBe(201);
    expect((await feed(hospital, red, 'IHERED-994', {})).status).toBe(200);
    expect((await feed(hospital, red, 'IHERED-m94', { name: [{ family: 'MAIDEN', given: ['ALICE'] }] })).status).toBe(201);
    const [survivor] = await found(hospital, `identifier=${red}|IHERED-994`);
    const [subsumed] = await found(hospital, `identifier=${red}|IHERED-m94`);
    const link = [{ type: 'replaced-by', other: { identifier: { system: red, value: 'IHERED-994' } } }];

    expect((await feed(hospital, red, 'IHERED-m94', { active: false, link })).status).toBe(200);

    expect(await crossReferenced(hospital, `${red}|IHERED-m94`)).toEqual({
      status: 200,
      identifiers: [`${red}|IHERED-994`],
      ids: [survivor],
    });
    expect((await hospital.get(`/fhir/Patient/${subsumed}/_history/1`)).status).toBe(200);
    expect((await feed(hospital, red, 'IHERED-m94', {})).status).toBe(200);
    expect(await crossReferenced(hospital, `${red}|IHERED-m94`)).toEqual({ status: 200, identifiers: [], ids: [subsumed] });
  });

  test('a Patient that is removed is no longer found; one that was merged before keeps its survivor', async () => {
    const hospital = await gateway.register();
    const red = freshDomain();
    for (const number of ['1', '2']) await feed(hospital, red, number, {});
    const [survivor] = await found(hospital, `identifier=${red}|2`);
    const link = [{ type: 'replaced-by', other: { identifier: { system: red, value: '2' } } }];
    await feed(hospital, red, '1', { active: false, link });

    expect((await hospital.send('DELETE', `/fhir/Patient?identifier=${red}|1`)).status).toBe(204);

    expect((await crossReferenced(hospital, `${red}|1`)).status).toBe(404);
    expect(await crossReferenced(hospital, `${red}|2`)).toEqual({ status: 200, identifiers: [], ids: [survivor] });
  });
});

test.skipIf(!isThere('pdqm'))('the example of the profile is found by the mother’s maiden name', async () => {
  const hospital = await gateway.register();
  const text = await readFile(new URL('Patient-ex-patient-mothers-maiden-name.json', folderOf('pdqm')), 'utf8');
  const id = await store(hospital, { ...JSON.parse(text), id: undefined });

  expect(await found(hospital, 'mothersMaidenName=doe')).toEqual([id]);
  expect(await found(hospital, 'mothersMaidenName=smith')).toEqual([]);
});
