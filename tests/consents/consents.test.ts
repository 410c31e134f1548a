import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fhirConsent } from '../support/consents.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { bloodCount, ID_CARD, type Person, patientOf, somebody } from '../support/reports.ts';

const gateway = useGateway();

const named = ({ idCard, name, birthDate }: Person) => ({ identifier: { system: ID_CARD, value: idCard }, name, birthDate });
const permit = (person: Person, more: object = {}) => ({ patient: named(person), decision: 'permit', method: 'on-site-id-card', ...more });

/** Publishes a blood count; the ids of the Patient and of an Observation. */
async function publish(hospital: CallingSystem, person: Person): Promise<{ patient: string; observation: string }> {
  const { body, status } = await hospital.post('/fhir', bloodCount({ person, number: randomUUID() }));
  expect(status).toBe(200);
  const idOf = (type: string): string =>
    body.entry.flatMap(
      (it: { response: { location: string } }) => new RegExp(`^${type}/([^/]+)/`).exec(it.response.location)?.[1] ?? [],
    )[0];
  return { patient: idOf('Patient'), observation: idOf('Observation') };
}

describe('what a consent opens', () => {
  test('hospital B sees what A published once the patient permits, and no more from the moment of the withdrawal, on every face', async () => {
    const [hospitalA, hospitalB] = [await gateway.register(), await gateway.register()];
    const person = somebody();
    const { patient, observation } = await publish(hospitalA, person);
    const look = async () => ({
      read: (await hospitalB.get(`/fhir/Observation/${observation}`)).status,
      results: (await hospitalB.get(`/fhir/Patient/${patient}/$prior-results`)).status,
    });
    expect(await look()).toEqual({ read: 404, results: 403 });

    const consent = await hospitalB.post('/v1/consents', permit(person, { grantee: { uscc: hospitalB.uscc } }));
    expect(consent.status).toBe(201);
    expect(await look()).toEqual({ read: 200, results: 200 });

    const withdrawn = await hospitalB.post(`/v1/consents/${consent.body.id}/withdrawal`, {});
    expect(withdrawn).toMatchObject({ status: 200, body: { id: consent.body.id, version: 2, active: false } });
    expect(await look()).toEqual({ read: 404, results: 403 });
  });

  test('a permit for imaging opens no laboratory results, and one for another hospital opens nothing', async () => {
    const [hospitalA, hospitalB] = [await gateway.register(), await gateway.register()];
    const person = somebody();
    const { observation } = await publish(hospitalA, person);

    await hospitalB.post('/v1/consents', permit(person, { categories: ['imaging'] }));
    await hospitalB.post('/v1/consents', permit(person, { grantee: { uscc: hospitalA.uscc } }));

    expect((await hospitalB.get(`/fhir/Observation/${observation}`)).status).toBe(404);
  });

  test('a denial recorded anywhere wins over a permit recorded here, until it is withdrawn', async () => {
    const [hospitalA, hospitalB] = [await gateway.register(), await gateway.register()];
    const person = somebody();
    const { observation } = await publish(hospitalA, person);
    await hospitalB.post('/v1/consents', permit(person));
    const denial = await hospitalA.post('/v1/consents', permit(person, { decision: 'deny', categories: ['laboratory'] }));
    expect((await hospitalB.get(`/fhir/Observation/${observation}`)).status).toBe(404);

    await hospitalA.post(`/v1/consents/${denial.body.id}/withdrawal`, {});

    expect((await hospitalB.get(`/fhir/Observation/${observation}`)).status).toBe(200);
  });

  test('a consent that is over opens nothing, one that holds until today does', async () => {
    const [hospitalA, hospitalB] = [await gateway.register(), await gateway.register()];
    const person = somebody();
    const { observation } = await publish(hospitalA, person);
    const inBeijing = (days: number) => new Date(Date.now() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10);

    await hospitalB.post('/v1/consents', permit(person, { validUntil: inBeijing(-1) }));
    expect((await hospitalB.get(`/fhir/Observation/${observation}`)).status).toBe(404);

    await hospitalB.post('/v1/consents', permit(person, { validFrom: inBeijing(0), validUntil: inBeijing(0) }));
    expect((await hospitalB.get(`/fhir/Observation/${observation}`)).status).toBe(200);
  });

  test('an emergency opens what a general denial closes, but not what the patient denied for emergencies', async () => {
    const [hospitalA, hospitalB] = [await gateway.register(), await gateway.register()];
    const person = somebody();
    const { observation, patient } = await publish(hospitalA, person);
    const emergency = { 'x-purpose-of-use': 'BTG', 'x-break-glass-reason': encodeURIComponent('昏迷，无法沟通') };
    await hospitalA.post('/v1/consents', permit(person, { decision: 'deny' }));
    expect((await hospitalB.get(`/fhir/Observation/${observation}`)).status).toBe(404);
    expect((await hospitalB.get(`/fhir/Observation/${observation}`, emergency)).status).toBe(200);

    const dissent = fhirConsent(patient, {
      type: 'deny',
      purpose: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'BTG' }],
    });
    expect((await hospitalA.post('/fhir/Consent', dissent)).status).toBe(201);

    expect((await hospitalB.get(`/fhir/Observation/${observation}`, emergency)).status).toBe(404);
  });

  test('a consent given before anybody published the patient holds for what is published later', async () => {
    const [hospitalA, hospitalB] = [await gateway.register(), await gateway.register()];
    const person = somebody();
    expect((await hospitalB.post('/v1/consents', permit(person))).status).toBe(201);

    const { observation } = await publish(hospitalA, person);

    expect((await hospitalB.get(`/fhir/Observation/${observation}`)).status).toBe(200);
  });
});

describe('recording one', () => {
  test('the answer does not tell whether another hospital knows the patient', async () => {
    const [hospitalA, hospitalB] = [await gateway.register(), await gateway.register()];
    const [known, unknown] = [somebody(), somebody()];
    await publish(hospitalA, known);

    const answers = [];
    for (const person of [known, unknown]) answers.push(await hospitalB.post('/v1/consents', permit(person)));

    const anonymous = answers.map(({ status, body }) => ({ status, body: { ...body, id: 'id', recordedAt: 'time' } }));
    expect(anonymous[0]).toEqual(anonymous[1]);
  });

  test('it says back what was understood, in UTC', async () => {
    const hospital = await gateway.register({ name: '示例医院' });
    const wish = {
      grantee: { uscc: hospital.uscc },
      categories: ['laboratory', 'ecg'],
      validFrom: '2026-03-01',
      validUntil: '2099-12-31T23:59:59+08:00',
    };

    const { body, headers } = await hospital.post('/v1/consents', permit(somebody(), wish));

    const itself = { uscc: hospital.uscc, name: '示例医院' };
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      version: 1,
      active: true,
      decision: 'permit',
      grantees: [itself],
      categories: ['laboratory', 'ecg'],
      purposes: [],
      validFrom: '2026-02-28T16:00:00.000Z',
      validUntil: '2099-12-31T15:59:59.999Z',
      method: 'on-site-id-card',
      recordedBy: itself,
      recordedAt: expect.stringMatching(/Z$/),
    });
    expect(headers['location']).toBe(`/v1/consents/${body.id}`);
    expect((await hospital.get(`/v1/consents/${body.id}`)).body).toEqual(body);
    const resource = await hospital.get(`/fhir/Consent/${body.id}`);
    expect(resource.body).toMatchObject({ resourceType: 'Consent', status: 'active', provision: { type: 'permit' } });
  });

  test('a patient the hospital has needs no name, and a name that differs is refused', async () => {
    const hospital = await gateway.register();
    const person = somebody();
    const { patient } = await publish(hospital, person);
    const { identifier } = named(person);
    const record = (who: object) => hospital.post('/v1/consents', { ...permit(person), patient: who });

    expect((await record({ identifier })).status).toBe(201);
    expect((await record({ id: patient })).status).toBe(201);
    expect((await record({ identifier, birthDate: person.birthDate })).status).toBe(201);
    expect((await record({ identifier, name: '周 晓岚' })).status).toBe(201);
    expect(await record({ identifier, name: '王五' })).toMatchObject({
      status: 422,
      body: { code: 'identity-mismatch', errors: [{ path: 'patient.name' }] },
    });
    expect(await record({ identifier, birthDate: '1950-02-28' })).toMatchObject({ body: { errors: [{ path: 'patient.birthDate' }] } });
    const found = await hospital.get(`/fhir/Patient?identifier=${encodeURIComponent(`${ID_CARD}|${person.idCard}`)}`);
    expect(found.body.entry).toHaveLength(1);
  });

  test.for<[string, (person: Person) => object, number, string[]]>([
    [
      'a patient nobody knows, without a name',
      (it) => ({ patient: { identifier: named(it).identifier } }),
      422,
      ['patient.name', 'patient.birthDate'],
    ],
    [
      'a card number with a wrong check character',
      (it) => ({
        patient: { ...named(it), identifier: { system: ID_CARD, value: `${it.idCard.slice(0, 17)}${it.idCard[17] === '0' ? '1' : '0'}` } },
      }),
      422,
      ['patient.identifier.value'],
    ],
    ['a birth date other than the card says', (it) => ({ patient: { ...named(it), birthDate: '2001-02-03' } }), 422, ['patient.birthDate']],
    ['an id that is none', () => ({ patient: { id: 'p1' } }), 422, ['patient.id']],
    ['a grantee that takes no part', () => ({ grantee: { uscc: '12330000470051726F' } }), 422, ['grantee.uscc']],
    ['a guardian without a name', () => ({ method: 'guardian' }), 422, ['guardian']],
    ['an end before the start', () => ({ validFrom: '2026-03-02', validUntil: '2026-03-01' }), 422, ['validUntil']],
    ['a day that does not exist', () => ({ validUntil: '2026-02-30' }), 422, ['validUntil']],
    ['an unknown member', () => ({ comment: 'x' }), 400, ['comment']],
    ['no categories at all', () => ({ categories: [] }), 400, ['categories']],
    ['a way of giving it that is none', () => ({ method: 'by-phone' }), 400, ['method']],
  ])('%s is refused, with its place', async ([, change, status, paths]) => {
    const hospital = await gateway.register();
    const person = somebody();

    const answer = await hospital.post('/v1/consents', { ...permit(person), ...change(person) });

    expect(answer.status).toBe(status);
    expect(answer.body.errors.map((it: { path: string }) => it.path)).toEqual(paths);
    expect(
      (await hospital.get(`/v1/consents?patient.identifier=${encodeURIComponent(`${ID_CARD}|${person.idCard}`)}`)).body.consents,
    ).toEqual([]);
  });

  test('it needs its scope', async () => {
    const reader = await gateway.register({ scopes: ['system/*.rs'] });
    expect(await reader.post('/v1/consents', permit(somebody()))).toMatchObject({ status: 403, body: { code: 'scope-insufficient' } });
    expect((await reader.post('/v1/consents/x/withdrawal', {})).status).toBe(403);
  });
});

describe('withdrawing one', () => {
  test('twice, also at once, is one withdrawal', async () => {
    const hospital = await gateway.register();
    const { body } = await hospital.post('/v1/consents', permit(somebody()));

    const answers = await Promise.all(Array.from({ length: 5 }, () => hospital.post(`/v1/consents/${body.id}/withdrawal`, {})));

    for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: { version: 2, active: false } });
    expect((await hospital.get(`/fhir/Consent/${body.id}`)).body).toMatchObject({ status: 'inactive', meta: { versionId: '2' } });
  });

  test('without a body, as curl sends it', async () => {
    const hospital = await gateway.register();
    const { body } = await hospital.post('/v1/consents', permit(somebody()));
    expect((await hospital.send('POST', `/v1/consents/${body.id}/withdrawal`)).status).toBe(200);
  });

  test('by another institution, of a report, or of nothing, is not found', async () => {
    const [hospitalA, hospitalB] = [await gateway.register(), await gateway.register()];
    const person = somebody();
    const { observation } = await publish(hospitalA, person);
    const { body } = await hospitalA.post('/v1/consents', permit(person));

    for (const id of [body.id, '0'.repeat(32), 'x']) expect((await hospitalB.post(`/v1/consents/${id}/withdrawal`, {})).status).toBe(404);
    expect((await hospitalA.post(`/v1/consents/${observation}/withdrawal`, {})).status).toBe(404);
    expect((await hospitalA.get(`/v1/consents/${body.id}`)).body.active).toBe(true);
  });
});

describe('who sees which', () => {
  test('each sees its own, and the permits by which it may look; what others recorded against it stays with them', async () => {
    const [hospitalA, hospitalB] = [await gateway.register(), await gateway.register()];
    const person = somebody();
    const ids: string[] = [];
    for (const more of [
      { grantee: { uscc: hospitalB.uscc } },
      { grantee: { uscc: hospitalA.uscc } },
      { decision: 'deny' },
      { validUntil: '2020-01-01' },
    ]) {
      ids.push((await hospitalA.post('/v1/consents', permit(person, more))).body.id);
    }
    const query = `/v1/consents?patient.identifier=${encodeURIComponent(`${ID_CARD}|${person.idCard}`)}`;
    const list = async (hospital: CallingSystem) => (await hospital.get(query)).body.consents.map((it: { id: string }) => it.id);

    expect((await list(hospitalA)).toSorted()).toEqual(ids.toSorted());
    expect(await list(hospitalB)).toEqual([ids[0]]);
    expect((await hospitalB.get(`/v1/consents/${ids[0]}`)).status).toBe(200);
    for (const hidden of ids.slice(1)) expect((await hospitalB.get(`/v1/consents/${hidden}`)).status).toBe(404);
  });

  test('pages lead through all of them, the latest first', async () => {
    const hospital = await gateway.register();
    const person = somebody();
    for (let index = 0; index < 5; index++) await hospital.post('/v1/consents', permit(person));
    const query = `/v1/consents?limit=2&patient.identifier=${encodeURIComponent(`${ID_CARD}|${person.idCard}`)}`;

    const seen: { id: string; recordedAt: string }[] = [];
    let page = await hospital.get(query);
    for (seen.push(...page.body.consents); page.body.next; seen.push(...page.body.consents))
      page = await hospital.get(`${query}&cursor=${page.body.next}`);

    expect(new Set(seen.map((it) => it.id)).size).toBe(5);
    expect(seen.map((it) => it.recordedAt)).toEqual(
      seen
        .map((it) => it.recordedAt)
        .toSorted()
        .reverse(),
    );
  });

  test('a patient must be named', async () => {
    const hospital = await gateway.register();
    expect(await hospital.get('/v1/consents')).toMatchObject({ status: 400, body: { code: 'parameter-invalid' } });
    expect(await hospital.get('/v1/consents?patient=x&cursor=y')).toMatchObject({ status: 400, body: { errors: [{ path: 'cursor' }] } });
  });
});

describe('a FHIR Consent', () => {
  test('counts from its commit, in a transaction with its Patient, and until its status says otherwise', async () => {
    const [hospitalA, hospitalB] = [await gateway.register(), await gateway.register()];
    const person = somebody();
    const { observation } = await publish(hospitalA, person);
    const bundle = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        {
          resource: fhirConsent('urn:uuid:b6a3c7a0-5b0e-4a36-9f0a-4f6a1c0d2e11', { type: 'permit' }),
          request: { method: 'POST', url: 'Consent' },
        },
        {
          fullUrl: 'urn:uuid:b6a3c7a0-5b0e-4a36-9f0a-4f6a1c0d2e11',
          resource: patientOf(person),
          request: { method: 'POST', url: 'Patient' },
        },
      ],
    };

    const published = await hospitalB.post('/fhir', bundle);
    expect(published.status).toBe(200);
    expect((await hospitalB.get(`/fhir/Observation/${observation}`)).status).toBe(200);

    const id = published.body.entry[0].response.location.split('/')[1];
    expect((await hospitalB.get(`/v1/consents/${id}`)).body).toMatchObject({ active: true, method: 'not-stated', grantees: [] });
    const stored = await hospitalB.get(`/fhir/Consent/${id}`);
    expect((await hospitalB.put(`/fhir/Consent/${id}`, { ...stored.body, status: 'entered-in-error' })).status).toBe(200);
    expect((await hospitalB.get(`/fhir/Observation/${observation}`)).status).toBe(404);
    expect((await hospitalB.get(`/v1/consents/${id}`)).body).toMatchObject({ active: false, version: 2 });
  });

  test('names its recipient by credit code or by Organization, and nobody who takes no part', async () => {
    const [hospitalA, hospitalB] = [await gateway.register(), await gateway.register()];
    const person = somebody();
    const { patient, observation } = await publish(hospitalA, person);
    const to = (reference: object) =>
      fhirConsent(patient, {
        type: 'permit',
        actor: [{ role: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'IRCP' }] }, reference }],
      });

    const directory = await hospitalA.post('/fhir/Organization', { resourceType: 'Organization', name: '科室' });
    const refused = await hospitalA.post('/fhir/Consent', to({ reference: `Organization/${directory.body.id}` }));
    expect(refused).toMatchObject({ status: 422, body: { issue: [{ expression: ['Consent.provision.actor[0].reference'] }] } });
    expect((await hospitalB.get(`/fhir/Observation/${observation}`)).status).toBe(404);

    const taken = await hospitalA.post(
      '/fhir/Consent',
      to({ identifier: { system: 'urn:oid:2.16.156.10011.1.5', value: hospitalB.uscc } }),
    );
    expect(taken.status).toBe(201);
    expect((await hospitalB.get(`/fhir/Observation/${observation}`)).status).toBe(200);
  });

  test('that could be read both ways is refused, and one that is not understood permits nothing', async () => {
    const [hospitalA, hospitalB] = [await gateway.register(), await gateway.register()];
    const person = somebody();
    const { patient, observation } = await publish(hospitalA, person);

    const untyped = await hospitalA.post('/fhir/Consent', fhirConsent(patient, { period: { end: '2099-01-01' } }));
    expect(untyped).toMatchObject({ status: 422, body: { issue: [{ expression: ['Consent.provision.type'] }] } });
    expect(
      (await hospitalA.post('/fhir/Consent', fhirConsent(patient, { type: 'permit', dataPeriod: { start: '2099-01-01' } }))).status,
    ).toBe(201);

    expect((await hospitalB.get(`/fhir/Observation/${observation}`)).status).toBe(404);
  });
});
