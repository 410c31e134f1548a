import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { referencesTo, referenceTo } from '../support/bundles.ts';
import { type Answer, type CallingSystem, useGateway } from '../support/gateway.ts';
import { permit } from '../support/recognition.ts';
import { bloodCount, type Person, patientOf, somebody } from '../support/reports.ts';

const gateway = useGateway();

const DAY_MS = 86_400_000;
const dayFromNow = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();
const EMERGENCY = { 'x-purpose-of-use': 'BTG', 'x-break-glass-reason': 'unconscious in the ambulance' };

interface Situation {
  readonly name: string;
  /** What the patient has decided about the asking institution. */
  readonly decide?: (asker: CallingSystem, person: Person) => Promise<unknown>;
  readonly headers?: Record<string, string | undefined>;
}

/** Another institution asks, and sees nothing. */
const HIDDEN: readonly Situation[] = [
  { name: 'no consent' },
  { name: 'a consent of another category', decide: (asker, person) => permit(asker, person, { categories: ['imaging'] }) },
  {
    name: 'a consent that is over',
    decide: (asker, person) => permit(asker, person, { validFrom: dayFromNow(-9), validUntil: dayFromNow(-1) }),
  },
  { name: 'a consent that has not begun', decide: (asker, person) => permit(asker, person, { validFrom: dayFromNow(1) }) },
  {
    name: 'a consent that was withdrawn',
    decide: async (asker, person) => asker.post(`/v1/consents/${await permit(asker, person)}/withdrawal`, {}),
  },
  {
    name: 'a denial beside the permit',
    decide: async (asker, person) => {
      await permit(asker, person);
      await permit(asker, person, { decision: 'deny' });
    },
  },
  {
    name: 'a denial of this category beside the permit',
    decide: async (asker, person) => [
      await permit(asker, person),
      await permit(asker, person, { decision: 'deny', categories: ['laboratory'] }),
    ],
  },
  {
    name: 'a consent, but no clinician who asks',
    decide: (asker, person) => permit(asker, person),
    headers: { 'x-acting-practitioner': undefined },
  },
];

/** Another institution asks, and sees. */
const SHOWN: readonly Situation[] = [
  { name: 'a consent to everything', decide: (asker, person) => permit(asker, person) },
  { name: 'a consent of this category', decide: (asker, person) => permit(asker, person, { categories: ['laboratory'] }) },
  { name: 'a consent of several categories', decide: (asker, person) => permit(asker, person, { categories: ['imaging', 'laboratory'] }) },
  { name: 'a consent until tomorrow', decide: (asker, person) => permit(asker, person, { validUntil: dayFromNow(1) }) },
  { name: 'an emergency', headers: EMERGENCY },
];

/** A hospital has published a blood count; another institution is there to ask, in its situation. */
async function published({ decide }: Pick<Situation, 'decide'>) {
  const [source, asker] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  const { body } = await source.post('/fhir', bloodCount({ person, number: randomUUID() }));
  await decide?.(asker, person);
  const [observation, report, patient] = ['Observation', 'DiagnosticReport', 'Patient'].map((type) => referenceTo(body, type)) as [
    string,
    string,
    string,
  ];
  return { source, asker, person, observation, report, patient, body };
}

/** Ids that nobody was given: in the person's own compartment, in nobody's, and in a form that is never given. */
function unknownLike(reference: string): readonly string[] {
  const [type, id = ''] = reference.split('/');
  const other = (half: string) => half.slice(0, -3) + (half.endsWith('000') ? '111' : '000');
  return [`${type}/${id.slice(0, 16)}${other(id.slice(16))}`, `${type}/${other(id.slice(0, 16))}${id.slice(16)}`];
}

/** An answer with everything in it that tells two answers apart, but for the ids that were asked for. */
function comparable({ status, text, headers }: Answer): unknown {
  const { date: _date, 'x-request-id': _request, ...rest } = headers;
  return { status, text: text.replaceAll(/[0-9a-f]{32}/g, '<id>'), headers: rest };
}

describe('a hidden result is answered as one that is not there', () => {
  test.for(HIDDEN)('read by id, with $name', async (situation) => {
    const { asker, observation, report } = await published(situation);

    for (const reference of [observation, report]) {
      const hidden = comparable(await asker.get(`/fhir/${reference}`, situation.headers));
      expect(hidden).toMatchObject({ status: 404 });
      for (const unknown of unknownLike(reference))
        expect(comparable(await asker.get(`/fhir/${unknown}`, situation.headers))).toEqual(hidden);
    }
  });

  test.for(HIDDEN)('one version of it, with $name', async (situation) => {
    const { asker, observation } = await published(situation);

    for (const version of ['1', '2']) {
      const hidden = comparable(await asker.get(`/fhir/${observation}/_history/${version}`, situation.headers));
      expect(hidden).toMatchObject({ status: 404 });
      for (const unknown of unknownLike(observation)) {
        expect(comparable(await asker.get(`/fhir/${unknown}/_history/${version}`, situation.headers))).toEqual(hidden);
      }
    }
  });

  test.for(HIDDEN)('searched by its patient, with $name', async (situation) => {
    const { asker, observation, patient } = await published(situation);
    const [, id = ''] = observation.split('/');

    for (const query of ['', '&code=6690-2', `&_id=${id}`, '&_count=1', '&date=ge2020']) {
      const hidden = comparable(await asker.get(`/fhir/Observation?patient=${patient}${query}`, situation.headers));
      expect(hidden).toMatchObject({ status: 200, text: expect.not.stringContaining('entry') });
      for (const unknown of unknownLike(patient)) {
        expect(comparable(await asker.get(`/fhir/Observation?patient=${unknown}${query}`, situation.headers))).toEqual(hidden);
      }
    }
  });

  test.for(
    HIDDEN.filter((it) => !it.headers && it.name !== 'a consent of another category' && !it.name.startsWith('a denial of this category')),
  )('looked up by $$prior-results, with $name', async (situation) => {
    const { asker, patient } = await published(situation);

    for (const query of ['', '?item=WBC', '?kind=laboratory', '?since=2020', '?_count=1']) {
      const hidden = comparable(await asker.get(`/fhir/${patient}/$prior-results${query}`));
      expect(hidden).toMatchObject({ status: 403, text: expect.stringContaining('consent-required') });
      for (const unknown of [...unknownLike(patient), 'Patient/nobody']) {
        expect(comparable(await asker.get(`/fhir/${unknown}/$prior-results${query}`))).toEqual(hidden);
      }
    }
  });

  test('looked up with a consent of another category: as a patient with the same consent of whom there is nothing', async () => {
    const { asker, patient } = await published({ decide: (it, person) => permit(it, person, { categories: ['imaging'] }) });
    const other = somebody();
    await permit(asker, other, { categories: ['imaging'] });
    const nobody = (await asker.get('/fhir/Patient')).body.entry.map(
      (it: { resource: { id: string; name: { text: string }[]; birthDate: string } }) => it.resource,
    );
    const bare = nobody.find((it: { birthDate: string }) => it.birthDate === other.birthDate);

    const [hidden, empty] = [
      await asker.get(`/fhir/${patient}/$prior-results`),
      await asker.get(`/fhir/Patient/${bare.id}/$prior-results`),
    ];

    expect(comparable(hidden)).toEqual(comparable(empty));
    expect(hidden.body).not.toHaveProperty('entry');
  });

  test('looked up without a clinician: refused before anything is asked, whoever is meant', async () => {
    const { asker, patient } = await published({ decide: (it, person) => permit(it, person) });

    const answers = [];
    for (const it of [patient, ...unknownLike(patient)])
      answers.push(comparable(await asker.get(`/fhir/${it}/$prior-results`, { 'x-acting-practitioner': undefined })));

    expect(answers[0]).toMatchObject({ status: 400, text: expect.stringContaining('practitioner-missing') });
    expect(answers.slice(1)).toEqual([answers[0], answers[0]]);
  });

  test('asked for as another type', async () => {
    const { asker, observation } = await published({});
    const asPatient = observation.replace('Observation/', 'Patient/');

    const hidden = comparable(await asker.get(`/fhir/${asPatient}`));
    for (const unknown of unknownLike(asPatient)) expect(comparable(await asker.get(`/fhir/${unknown}`))).toEqual(hidden);
  });

  test('gone: a result that a correction took away is as unknown as before', async () => {
    const { source, asker, person, body } = await published({});
    const number = (await source.get(`/fhir/${referenceTo(body, 'DiagnosticReport')}`)).body.identifier[0].value;
    const [first] = referencesTo(body, 'Observation');
    await source.post(
      '/fhir',
      bloodCount({ person, number, analytes: [{ loinc: '789-8', value: '4.5', unit: '10*12/L' }], status: 'corrected' }),
    );
    expect((await source.get(`/fhir/${first}`)).status).toBe(410);

    const hidden = comparable(await asker.get(`/fhir/${first}`));
    expect(hidden).toMatchObject({ status: 404 });
    for (const unknown of unknownLike(first as string)) expect(comparable(await asker.get(`/fhir/${unknown}`))).toEqual(hidden);
  });

  test('searched by the identifier of the patient, or of the report', async () => {
    const { source, asker, person, report } = await published({
      decide: (it, patient) => permit(it, patient, { categories: ['imaging'] }),
    });
    const number = (await source.get(`/fhir/${report}`)).body.identifier[0].value;

    expect(
      (await asker.get(`/fhir/DiagnosticReport?identifier=${encodeURIComponent(`urn:oid:2.16.156.10011.1.33|${number}`)}`)).body,
    ).not.toHaveProperty('entry');
    // A Patient's own record comes with any permission, for the clinician who asks; without one the asker has its own, made with the consent.
    const patients = (headers?: Record<string, undefined>) =>
      asker.get(`/fhir/Patient?identifier=${encodeURIComponent(`urn:oid:2.16.156.10011.1.3|${person.idCard}`)}`, headers);
    expect((await patients()).body).toMatchObject({ total: 2, entry: [{}, {}] });
    expect((await patients({ 'x-acting-practitioner': undefined })).body).toMatchObject({ total: 1, entry: [{}] });
  });
});

describe('a result that may be seen is seen on every way', () => {
  test.for(SHOWN)('with $name', async ({ headers, ...situation }) => {
    const { asker, observation, report, patient } = await published(situation);
    const found = async (url: string) =>
      ((await asker.get(url, headers)).body.entry ?? []).map((it: { resource: { id: string } }) => it.resource.id);
    const id = (reference: string) => reference.split('/')[1];

    for (const reference of [observation, report, patient]) {
      expect((await asker.get(`/fhir/${reference}`, headers)).status).toBe(200);
      expect((await asker.get(`/fhir/${reference}/_history/1`, headers)).status).toBe(200);
    }
    expect(await found(`/fhir/Observation?patient=${patient}`)).toContain(id(observation));
    expect(await found(`/fhir/DiagnosticReport?patient=${patient}`)).toEqual([id(report)]);
    expect(await found(`/fhir/${patient}/$prior-results`)).toEqual(expect.arrayContaining([id(report), id(observation)]));
  });

  test('by the institution that published it, without any consent and without a clinician', async () => {
    const { source, observation, report, patient } = await published({
      decide: async (_, person) => permit(await gateway.register(), person, { decision: 'deny' }),
    });
    const headers = { 'x-acting-practitioner': undefined };

    for (const url of [observation, `${report}/_history/1`, patient, `Observation?patient=${patient}`]) {
      expect((await source.get(`/fhir/${url}`, headers)).status).toBe(200);
    }
  });

  test('found by its own institution’s name for the patient as well, since both are one person', async () => {
    const { asker, report, person } = await published({ decide: (it, patient) => permit(it, patient) });
    const { body } = await asker.post('/fhir/Patient', patientOf(person));

    const entries = (await asker.get(`/fhir/Patient/${body.id}/$prior-results`)).body.entry;

    expect(entries[0].resource.id).toBe(report.split('/')[1]);
  });
});

test('what is about nobody: the directory is shared, the rest stays with its institution', async () => {
  const [source, asker] = [await gateway.register(), await gateway.register()];
  const { body: doctor } = await source.post('/fhir/Practitioner', { resourceType: 'Practitioner' });
  const { body: account } = await source.post('/fhir/Account', { resourceType: 'Account', status: 'active' });

  expect((await asker.get(`/fhir/Practitioner/${doctor.id}`)).status).toBe(200);
  expect((await asker.get(`/fhir/Account/${account.id}`, EMERGENCY)).status).toBe(404);
  expect((await asker.get('/fhir/Account')).body).not.toHaveProperty('entry');
});

test('every look is in the access log of the one it was about, the refused ones as well', async () => {
  const { asker, person, observation, patient } = await published({});
  await asker.get(`/fhir/${observation}`);
  await asker.get(`/fhir/${patient}/$prior-results`);
  await permit(asker, person);
  await asker.get(`/fhir/${observation}`);

  const { rows } = await gateway.db.$client.query(
    `select interaction, outcome, failure, practitioner_value as clinician, cardinality(entities) as shown from access_log
      where institution = $1 and interaction in ('readResource', 'priorResults') order by recorded_at, id`,
    [asker.institution],
  );
  expect(rows).toHaveLength(3);
  expect(rows).toEqual(
    expect.arrayContaining([
      { interaction: 'readResource', outcome: 4, failure: 'not-found', clinician: 'D-1001', shown: 0 },
      { interaction: 'priorResults', outcome: 4, failure: 'consent-required', clinician: 'D-1001', shown: 0 },
      { interaction: 'readResource', outcome: 0, failure: null, clinician: 'D-1001', shown: 1 },
    ]),
  );
});

test('a change of what is another institution’s is in the log of the one it was about, whether or not it may be seen', async () => {
  const { asker, person, observation, report } = await published({});
  const change = async (method: 'PUT' | 'PATCH' | 'DELETE', reference: string) => {
    const [resourceType, id] = reference.split('/');
    const body = method === 'PUT' ? { resourceType, id, status: 'final', code: { text: '血糖' } } : method === 'PATCH' ? [] : undefined;
    const type = method === 'PATCH' ? { 'content-type': 'application/json-patch+json' } : {};
    return (await asker.send(method, `/fhir/${reference}`, body, type)).status;
  };

  const hidden = [await change('PUT', observation), await change('PATCH', observation), await change('DELETE', report)];
  await permit(asker, person);
  const seen = [await change('PUT', observation), await change('PATCH', observation), await change('DELETE', report)];

  expect([hidden, seen]).toEqual([
    [405, 404, 404],
    [403, 403, 403],
  ]);
  const { rows } = await gateway.db.$client.query(
    'select distinct person from access_log where institution = $1 and outcome = 4 and interaction = any($2)',
    [asker.institution, ['updateResource', 'patchResource', 'deleteResource']],
  );
  expect(rows).toEqual([{ person: String(BigInt(`0x${observation.split('/')[1]?.slice(0, 16)}`)) }]);
});
