import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { searchAll } from '../support/bundles.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { publish } from '../support/recognition.ts';
import { patientOf, somebody } from '../support/reports.ts';

const gateway = useGateway();

const OBSERVATION = { resourceType: 'Observation', status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '6690-2' }] } };

/** A hospital with one patient, and a way to store Observations about this patient. */
async function ward() {
  const hospital = await gateway.register();
  const { body: patient } = await hospital.post('/fhir/Patient', patientOf(somebody()));
  const subject = { reference: `Patient/${patient.id}` };
  const store = async (more: Record<string, unknown> = {}): Promise<string> => {
    const { body, status, text } = await hospital.post('/fhir/Observation', { ...OBSERVATION, subject, ...more });
    if (status !== 201) throw new Error(text);
    return body.id;
  };
  return { hospital, patient: patient.id as string, subject, store };
}

async function idsOf(hospital: CallingSystem, query: string): Promise<readonly string[]> {
  return (await searchAll(hospital, `/fhir/${query}`)).map((it) => it.id);
}

describe('paging', () => {
  test('leads through every match once, newest first, over ties', async () => {
    const { hospital, patient, store } = await ward();
    const stored: string[] = [];
    for (let index = 0; index < 7; index++)
      stored.push(await store({ effectiveDateTime: index < 4 ? '2026-03-01T08:00:00+08:00' : `2026-03-0${index}` }));
    stored.push(await store(), await store());

    for (const count of [1, 2, 3, 5, 9, 100]) {
      const found = await searchAll(hospital, `/fhir/Observation?patient=${patient}&_count=${count}`);
      expect(found.map((it) => it.id).toSorted()).toEqual(stored.toSorted());
      const times = found.map((it) => Date.parse(String(it['effectiveDateTime'] ?? '0001-01-01')));
      expect(times).toEqual(times.toSorted((a, b) => b - a));
    }
    const oldest = await searchAll(hospital, `/fhir/Observation?patient=${patient}&_count=2&_sort=date`);
    const newest = await searchAll(hospital, `/fhir/Observation?patient=${patient}&_count=2&_sort=-date`);
    const times = (rows: typeof oldest) => rows.map((it) => it['effectiveDateTime']);
    // Those without a time come last, either way.
    expect(times(oldest).slice(0, 7)).toEqual(times(newest).slice(0, 7).toReversed());
    expect([...times(oldest).slice(7), ...times(newest).slice(7)]).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('a page says how it was asked, and ends where there is no more', async () => {
    const { hospital, patient, store } = await ward();
    for (let index = 0; index < 3; index++) await store();

    const { body } = await hospital.get(`/fhir/Observation?patient=${patient}&code=6690-2&_count=2&_format=json`);
    const [self, next] = body.link;
    expect(self).toEqual({ relation: 'self', url: `http://gateway.test/fhir/Observation?patient=${patient}&code=6690-2&_count=2` });
    expect(next).toMatchObject({ relation: 'next', url: expect.stringContaining('_page=') });
    expect(body.total).toBe(3);

    const last = await hospital.get(next.url.replace('http://gateway.test', ''));
    expect(last.body.entry).toHaveLength(1);
    expect(last.body.link.map((it: { relation: string }) => it.relation)).toEqual(['self', 'first']);
  });

  test('no match is an empty Bundle, without a list of entries', async () => {
    const { hospital, patient } = await ward();

    const { status, body } = await hospital.get(`/fhir/Observation?patient=${patient}`);

    expect(status).toBe(200);
    expect(body).toMatchObject({ resourceType: 'Bundle', type: 'searchset' });
    expect(body).not.toHaveProperty('entry');
  });

  test('stays in its place when something newer is stored in between', async () => {
    const { hospital, patient, store } = await ward();
    const stored = [
      await store({ effectiveDateTime: '2026-03-01' }),
      await store({ effectiveDateTime: '2026-03-02' }),
      await store({ effectiveDateTime: '2026-03-03' }),
    ];
    const first = await hospital.get(`/fhir/Observation?patient=${patient}&_count=2`);
    await store({ effectiveDateTime: '2026-03-04' });

    const rest = await hospital.get(first.body.link[1].url.replace('http://gateway.test', ''));

    expect(rest.body.entry.map((it: { resource: { id: string } }) => it.resource.id)).toEqual([stored[0]]);
  });
});

describe('trap 26: what cannot be asked is said, never passed over', () => {
  test.for<[string, string, string]>([
    ['a parameter that is none', 'colour=red', 'colour'],
    ['one of another type', 'modality=CT', 'modality'],
    ['a modifier nobody knows', 'code:nearly=x', 'code:nearly'],
    ['one of another kind of parameter', 'code:exact=x', 'code:exact'],
    ['one that dates do not have', 'date:exact=2026', 'date:exact'],
    ['a chain through what is no reference', 'code.name=x', 'code.name'],
    ['a chain to nothing', 'patient.colour=x', 'colour'],
    ['a _has that does not lead here', '_has:Encounter:subject:status=x', '_has:Encounter:subject:status'],
    ['an include of nothing', '_include=Observation:colour', 'colour'],
    ['a summary that is none', '_summary=short', '_summary'],
    ['a total that is none', '_total=all', '_total'],
    ['a sort by nothing', '_sort=colour', '_sort'],
    ['a sort by very much', `_sort=${Array(11).fill('_id').join()}`, '_sort'],
    ['two counts', '_count=1&_count=2', '_count'],
    ['no value', 'code=', 'code'],
    ['a count below', '_count=-1', '_count'],
    ['a count that is none', '_count=ten', '_count'],
    ['a prefix nobody knows', 'date=xx2026', 'date'],
    ['31 February', 'date=2026-02-31', 'date'],
    ['an hour that is none', 'date=2026-03-01T25:00:00Z', 'date'],
    ['an id without its type', 'performer=1', 'performer'],
    ['a missing that is neither', 'code:missing=perhaps', 'code'],
    ['a query by name', '_query=x', '_query'],
    ['a filter', '_filter=x', '_filter'],
  ])('%s: 400', async ([, query, name]) => {
    const { hospital } = await ward();

    const answer = await hospital.get(`/fhir/Observation?${query}`);

    expect(answer).toMatchObject({ status: 400, body: { resourceType: 'OperationOutcome', issue: [{ expression: [name] }] } });
  });
});

describe('dates', () => {
  test.for<[string, readonly string[]]>([
    ['2026-03-01', ['day', 'morning', 'evening']],
    ['eq2026-03-01', ['day', 'morning', 'evening']],
    ['2026-03', ['day', 'morning', 'evening', 'next']],
    ['2026', ['before', 'day', 'morning', 'evening', 'next', 'month']],
    ['2026-03-01T08:00:00%2B08:00', ['morning']],
    ['2026-03-01T00:00:00Z', ['morning']],
    ['lt2026-03-01', ['before', 'month']],
    ['le2026-03-01', ['before', 'month', 'day', 'morning', 'evening']],
    ['gt2026-03-01', ['next', 'open']],
    ['ge2026-03-01', ['day', 'morning', 'evening', 'next', 'open']],
    ['ge2026-03-01T23:59:59Z', ['evening', 'next', 'open']],
    ['gt2026-03-01T23:59:59Z', ['next', 'open']],
    ['gt2027', ['open']],
    ['lt2026', []],
    ['ne2026-03-01', ['before', 'next', 'month', 'open']],
    ['sa2026-03-01', ['next', 'open']],
    ['eb2026-03-01', ['before', 'month']],
    ['eb2026', []],
  ])('trap 15, trap 16, trap 17: date=%s', async ([date, expected]) => {
    const { hospital, patient, store } = await ward();
    const times = {
      before: { effectiveDateTime: '2026-02-28T23:59:59Z' },
      day: { effectiveDateTime: '2026-03-01' },
      morning: { effectiveDateTime: '2026-03-01T08:00:00+08:00' },
      evening: { effectiveInstant: '2026-03-01T23:59:59Z' },
      next: { effectiveDateTime: '2026-03-02T00:00:00Z' },
      month: { effectivePeriod: { start: '2026-02', end: '2026-02' } },
      open: { effectivePeriod: { start: '2026-03-02' } },
      none: {},
    };
    const named = new Map<string, string>();
    for (const [name, time] of Object.entries(times)) named.set(await store(time), name);

    const found = (await idsOf(hospital, `Observation?patient=${patient}&date=${date}`)).map((it) => named.get(it));

    // A period without an end covers what comes after it, and lies inside of nothing.
    expect(found.toSorted()).toEqual([...expected].toSorted());
  });

  test('trap 15: a period without a start lies before what comes after it', async () => {
    const { hospital, patient, store } = await ward();
    const id = await store({ effectivePeriod: { end: '2026-03-01' } });

    const found = async (date: string) => (await idsOf(hospital, `Observation?patient=${patient}&date=${date}`)).includes(id);

    expect([
      await found('lt2026-03-02'),
      await found('le2020'),
      await found('ge2026-03-01'),
      await found('ge2026-03-02'),
      await found('2026'),
    ]).toEqual([true, true, false, false, false]);
  });

  test('two dates must both be met', async () => {
    const { hospital, patient, store } = await ward();
    await store({ effectiveDateTime: '2026-01-01' });
    const inside = await store({ effectiveDateTime: '2026-02-01' });
    await store({ effectiveDateTime: '2026-03-01' });

    expect(await idsOf(hospital, `Observation?patient=${patient}&date=ge2026-01-15&date=lt2026-02-15`)).toEqual([inside]);
  });

  test('a birth date is found by its day', async () => {
    const hospital = await gateway.register();
    const person = somebody();
    const { body } = await hospital.post('/fhir/Patient', patientOf(person));

    expect(await idsOf(hospital, `Patient?birthdate=${person.birthDate}`)).toEqual([body.id]);
  });

  test('an end in the year 9999, which means none, is stored and found', async () => {
    const { hospital, patient, subject } = await ward();
    const { status, body } = await hospital.post('/fhir/Encounter', {
      resourceType: 'Encounter',
      status: 'in-progress',
      class: { code: 'AMB' },
      subject,
      period: { start: '2026-03-01', end: '9999-12-31' },
    });

    expect(status).toBe(201);
    expect(await idsOf(hospital, `Encounter?patient=${patient}&date=ge2030`)).toEqual([body.id]);
  });
});

describe('trap 18: tokens', () => {
  test.for<[string, readonly string[]]>([
    ['code=A', ['sys', 'bare', 'two']],
    ['code=urn:s|A', ['sys', 'two']],
    ['code=|A', ['bare']],
    ['code=urn:other|A', []],
    ['code=a', []],
    ['code=A,B', ['sys', 'bare', 'two', 'b']],
    ['code=A&code=B', ['two']],
    ['code=urn:s|B,|A', ['bare', 'two', 'b']],
    ['code=x%5C,y', ['comma']],
    ['code=x,y', []],
    ['status=final', ['sys', 'bare', 'two', 'comma']],
    ['status=final,preliminary', ['sys', 'bare', 'two', 'comma', 'b']],
    ['status=preliminary&code=B', ['b']],
  ])('%s', async ([query, expected]) => {
    const { hospital, patient, store } = await ward();
    const coded = (...coding: object[]) => ({ code: { coding } });
    const named = new Map([
      [await store(coded({ system: 'urn:s', code: 'A' })), 'sys'],
      [await store(coded({ code: 'A' })), 'bare'],
      [await store(coded({ system: 'urn:s', code: 'A' }, { system: 'urn:s', code: 'B' })), 'two'],
      [await store({ ...coded({ system: 'urn:s', code: 'B' }), status: 'preliminary' }), 'b'],
      [await store(coded({ code: 'x,y' })), 'comma'],
    ]);

    const found = (await idsOf(hospital, `Observation?patient=${patient}&${query}`)).map((it) => named.get(it));

    expect(found.toSorted()).toEqual([...expected].toSorted());
  });

  test('identifiers, with their system and without', async () => {
    const hospital = await gateway.register();
    const value = randomUUID();
    const { body } = await hospital.post('/fhir/Practitioner', {
      resourceType: 'Practitioner',
      identifier: [{ system: 'urn:staff', value }],
    });

    expect(await idsOf(hospital, `Practitioner?identifier=urn:staff|${value}`)).toEqual([body.id]);
    expect(await idsOf(hospital, `Practitioner?identifier=${value}`)).toEqual([body.id]);
    expect(await idsOf(hospital, `Practitioner?identifier=|${value}`)).toEqual([]);
    expect(await idsOf(hospital, `Practitioner?identifier=urn:staff|${value},urn:staff|other`)).toEqual([body.id]);
    expect(await idsOf(hospital, `Practitioner?identifier=urn:staff|${value}&active=true`)).toEqual([]);
  });
});

describe('trap 20: references', () => {
  test('a patient is named by id, by Patient/id, by address; as patient and as subject; by POST as well', async () => {
    const { hospital, patient, store } = await ward();
    const id = await store();

    for (const name of [
      `patient=${patient}`,
      `patient=Patient/${patient}`,
      `patient=http://gateway.test/fhir/Patient/${patient}`,
      `subject=Patient/${patient}`,
      `subject:Patient=${patient}`,
    ]) {
      expect(await idsOf(hospital, `Observation?${name}`)).toEqual([id]);
    }
    const posted = await hospital.send('POST', '/fhir/Observation/_search?code=6690-2', `patient=${patient}`, {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(posted.body.entry.map((it: { resource: { id: string } }) => it.resource.id)).toEqual([id]);
    expect(posted.body.link[0].url).toBe(`http://gateway.test/fhir/Observation?code=6690-2&patient=${patient}`);
  });

  test('the parts of a report are found from it, and the report from them', async () => {
    const hospital = await gateway.register();
    const report = await publish(hospital, { person: somebody() });
    const { body } = await hospital.get(`/fhir/DiagnosticReport/${report}`);
    const result = body.result[0].reference as string;

    expect(await idsOf(hospital, `DiagnosticReport?result=${result}`)).toEqual([report]);
    expect(await idsOf(hospital, `DiagnosticReport?result=${result.replace('Observation/', '')}`)).toEqual([report]);
  });

  test('_id, several of them, and one that is none', async () => {
    const { hospital, store } = await ward();
    const [first, second] = [await store(), await store()];

    expect((await idsOf(hospital, `Observation?_id=${first},${second}`)).toSorted()).toEqual([first, second].toSorted());
    expect(await idsOf(hospital, `Observation?_id=${first}&status=preliminary`)).toEqual([]);
    expect(await idsOf(hospital, 'Observation?_id=nobody')).toEqual([]);
    expect(await idsOf(hospital, `Patient?_id=${first}`)).toEqual([]);
  });

  test('two patients at once are searched among what is one’s own', async () => {
    const { hospital, patient, store, subject: _ } = await ward();
    const mine = await store();
    const { body: other } = await hospital.post('/fhir/Patient', patientOf(somebody()));
    const theirs = (await hospital.post('/fhir/Observation', { ...OBSERVATION, subject: { reference: `Patient/${other.id}` } })).body.id;

    expect((await idsOf(hospital, `Observation?patient=${patient},${other.id}`)).toSorted()).toEqual([mine, theirs].toSorted());
  });
});

test('deleted results and old versions are not found', async () => {
  const hospital = await gateway.register();
  const { body } = await hospital.post('/fhir/Practitioner', { resourceType: 'Practitioner', active: true });
  await hospital.put(`/fhir/Practitioner/${body.id}`, { ...body, active: false });

  expect(await idsOf(hospital, `Practitioner?_id=${body.id}&active=true`)).toEqual([]);
  expect(await idsOf(hospital, `Practitioner?_id=${body.id}&active=false`)).toEqual([body.id]);
});

test('a search without its scope, and with the right to read alone, is refused', async () => {
  const hospital = await gateway.register({ scopes: ['system/Observation.r'] });

  expect(await hospital.get('/fhir/Observation')).toMatchObject({ status: 403, body: { issue: [{ code: 'forbidden' }] } });
});
