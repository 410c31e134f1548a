import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  batch,
  countOf,
  type Entry,
  type EntryAnswer,
  locationsOf,
  post,
  put,
  referencesTo,
  referenceTo,
  transaction,
  urn,
} from '../support/bundles.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { bloodCount, ID_CARD, type Person, patientOf, REPORT_NUMBER, somebody } from '../support/reports.ts';

const gateway = useGateway();

const STAFF = 'urn:staff';
const doctor = (value: string) => ({ resourceType: 'Practitioner', identifier: [{ system: STAFF, value }] });
const reportOn = (patient: string, more: Record<string, unknown> = {}) => ({
  resourceType: 'DiagnosticReport',
  identifier: [{ system: REPORT_NUMBER, value: randomUUID() }],
  status: 'final',
  code: { text: '血常规' },
  subject: { reference: patient },
  ...more,
});
const observationOf = (patient: string, code: string, more: Record<string, unknown> = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code }] },
  subject: { reference: patient },
  ...more,
});

/** Statuses of the entries, as the answer has them. */
const statusesOf = (body: { entry: readonly EntryAnswer[] }) => body.entry.map((it) => it.response.status);

describe('entries refer to each other', () => {
  /** A report with all that belongs to it, tied together by every kind of reference. */
  function story(person: Person): Entry[] {
    const [patient, order, specimen, study, white, red] = [urn(), urn(), urn(), urn(), urn(), urn()];
    const staff = randomUUID();
    return [
      post(
        reportOn(patient, {
          basedOn: [{ reference: order }],
          specimen: [{ reference: specimen }],
          performer: [{ reference: `Practitioner?identifier=${STAFF}|${staff}` }],
          result: [{ reference: white }, { reference: red }],
          imagingStudy: [{ reference: study }],
        }),
      ),
      post(observationOf(patient, '6690-2', { specimen: { reference: specimen } }), { fullUrl: white }),
      post(observationOf(patient, '789-8', { hasMember: [{ reference: white }] }), { fullUrl: red }),
      post(
        {
          resourceType: 'Specimen',
          subject: { reference: `Patient?identifier=${ID_CARD}|${person.idCard}` },
          request: [{ reference: order }],
        },
        { fullUrl: specimen },
      ),
      post({ resourceType: 'ServiceRequest', status: 'completed', intent: 'order', subject: { reference: patient } }, { fullUrl: order }),
      post({ resourceType: 'ImagingStudy', status: 'available', subject: { reference: patient } }, { fullUrl: study }),
      post(doctor(staff), { ifNoneExist: `identifier=${STAFF}|${staff}` }),
      post(patientOf(person), { fullUrl: patient, ifNoneExist: `identifier=${ID_CARD}|${person.idCard}` }),
    ];
  }

  /** The stored resources with every id replaced by the type (and code) of what it stands for: the same for the same graph. */
  async function graphOf(hospital: CallingSystem, locations: readonly string[]): Promise<readonly string[]> {
    const read = await Promise.all(locations.map((it) => hospital.get(`/fhir/${it}`)));
    const nameOf = new Map(read.map(({ body }) => [body.id, `${body.resourceType}${body.code?.coding?.[0].code ?? ''}`] as const));
    return read
      .map(({ text }) => {
        const { meta: _meta, identifier: _identifier, name: _name, birthDate: _date, gender: _gender, ...rest } = JSON.parse(text);
        return JSON.stringify(rest).replaceAll(/[0-9a-f]{32}/g, (id) => nameOf.get(id) ?? 'unknown');
      })
      .toSorted();
  }

  test('in any order, with the same result, and answered in the order of the request', async () => {
    const hospital = await gateway.register();
    const expected: (readonly string[])[] = [];

    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }), async (order) => {
        const entries = story(somebody());
        const shuffled = order.map((it) => entries[it] as Entry);
        const { status, body } = await hospital.post('/fhir', transaction(...shuffled));

        expect(status).toBe(200);
        expect(locationsOf(body).map((it) => it.split('/')[0])).toEqual(shuffled.map((it) => it.resource?.['resourceType']));
        expected.push(await graphOf(hospital, locationsOf(body)));
        expect(expected.at(-1)).toEqual(expected[0]);
        expect(JSON.stringify(expected[0])).not.toMatch(/unknown|urn:uuid|\?identifier/);
      }),
      { numRuns: 12 },
    );
  });

  test('trap 3: by urn:uuid in references, uris, the narrative, contained resources and extensions; canonicals and identifiers stay', async () => {
    const hospital = await gateway.register();
    const [patient, target] = [urn(), urn()];
    const { body } = await hospital.post(
      '/fhir',
      transaction(
        post(
          observationOf(patient, '6690-2', {
            text: {
              status: 'generated',
              div: `<div xmlns="http://www.w3.org/1999/xhtml"><a href="${target}">a</a><img src='${target}'/> ${target}</div>`,
            },
            contained: [
              {
                resourceType: 'DocumentReference',
                id: 'd',
                status: 'current',
                content: [{ attachment: { url: target } }],
                relatesTo: [{ code: 'appends', target: { reference: target } }],
              },
            ],
            extension: [
              { url: 'http://a.example/uri', valueUri: target },
              { url: 'http://a.example/reference', valueReference: { reference: target } },
              { url: 'http://a.example/canonical', valueCanonical: target },
              { url: 'http://a.example/string', valueString: target },
              { url: 'http://a.example/contained', valueReference: { reference: '#d' } },
            ],
            derivedFrom: [{ reference: target, identifier: { system: 'urn:ietf:rfc:3986', value: target } }],
          }),
        ),
        post(patientOf(somebody()), { fullUrl: patient }),
        post(observationOf(patient, '789-8'), { fullUrl: target }),
      ),
    );

    const [own, other] = referencesTo(body, 'Observation');
    const { body: read } = await hospital.get(`/fhir/${own}`);
    expect(read).toMatchObject({
      text: { div: `<div xmlns="http://www.w3.org/1999/xhtml"><a href="${other}">a</a><img src='${other}'/> ${target}</div>` },
      contained: [{ content: [{ attachment: { url: other } }], relatesTo: [{ target: { reference: other } }] }],
      extension: [
        { valueUri: other },
        { valueReference: { reference: other } },
        { valueCanonical: target },
        { valueString: target },
        { valueReference: { reference: '#d' } },
      ],
      derivedFrom: [{ reference: other, identifier: { value: target } }],
      subject: { reference: referenceTo(body, 'Patient') },
    });
  });

  test('by RESTful addresses, absolute and relative to them', async () => {
    const hospital = await gateway.register();
    const { body, status } = await hospital.post(
      '/fhir',
      transaction(
        post(reportOn('Patient/p1', { result: [{ reference: 'https://his.example/fhir/Observation/o1' }] }), {
          fullUrl: 'https://his.example/fhir/DiagnosticReport/r1',
        }),
        post(observationOf('Patient/p1', '6690-2'), { fullUrl: 'https://his.example/fhir/Observation/o1' }),
        post(patientOf(somebody()), { fullUrl: 'https://his.example/fhir/Patient/p1' }),
      ),
    );

    expect(status).toBe(200);
    const read = await hospital.get(`/fhir/${referenceTo(body, 'DiagnosticReport')}`);
    expect(read.body).toMatchObject({
      subject: { reference: referenceTo(body, 'Patient') },
      result: [{ reference: referenceTo(body, 'Observation') }],
    });
  });

  test('references that lead away from here, or stay inside, are kept as they are', async () => {
    const hospital = await gateway.register();
    const patient = urn();
    const performer = [{ reference: '#d' }, { reference: 'https://other.example/fhir/Practitioner/1' }, { display: '林敏' }];
    const { body } = await hospital.post(
      '/fhir',
      transaction(
        post(observationOf(patient, '6690-2', { contained: [{ resourceType: 'Practitioner', id: 'd' }], performer })),
        post(patientOf(somebody()), { fullUrl: patient }),
      ),
    );

    expect((await hospital.get(`/fhir/${referenceTo(body, 'Observation')}`)).body.performer).toEqual(performer);
  });
});

describe('conditional references', () => {
  test('trap 1: meet something created in the same Bundle, whichever stands first', async () => {
    const hospital = await gateway.register();
    for (const turn of [1, -1]) {
      const staff = randomUUID();
      const patient = urn();
      const entries = [
        post(observationOf(patient, '6690-2', { performer: [{ reference: `Practitioner?identifier=${STAFF}|${staff}` }] })),
        post(doctor(staff)),
        post(patientOf(somebody()), { fullUrl: patient }),
      ];
      const { status, body } = await hospital.post('/fhir', transaction(...entries.toSorted(() => turn)));

      expect(status).toBe(200);
      const read = await hospital.get(`/fhir/${referenceTo(body, 'Observation')}`);
      expect(read.body.performer).toEqual([{ reference: referenceTo(body, 'Practitioner') }]);
    }
  });

  test('meet what was stored before', async () => {
    const hospital = await gateway.register();
    const staff = randomUUID();
    const stored = await hospital.post('/fhir/Practitioner', doctor(staff));
    const patient = urn();

    const { body } = await hospital.post(
      '/fhir',
      transaction(
        post(observationOf(patient, '6690-2', { performer: [{ reference: `Practitioner?identifier=${STAFF}|${staff}` }] })),
        post(patientOf(somebody()), { fullUrl: patient }),
      ),
    );

    const read = await hospital.get(`/fhir/${referenceTo(body, 'Observation')}`);
    expect(read.body.performer).toEqual([{ reference: `Practitioner/${stored.body.id}` }]);
  });

  test.for<[string, number]>([
    ['nothing', 0],
    ['two things', 2],
  ])('trap 2: to %s: 412 with the path, and nothing is stored', async ([, count]) => {
    const hospital = await gateway.register();
    const staff = randomUUID();
    for (let made = 0; made < count; made++) await hospital.post('/fhir/Practitioner', doctor(staff));
    const patient = urn();

    const answer = await hospital.post(
      '/fhir',
      transaction(
        post(patientOf(somebody()), { fullUrl: patient }),
        post(
          observationOf(patient, '6690-2', { performer: [{ display: 'x' }, { reference: `Practitioner?identifier=${STAFF}|${staff}` }] }),
        ),
      ),
    );

    expect(answer).toMatchObject({
      status: 412,
      body: {
        resourceType: 'OperationOutcome',
        issue: [{ code: 'multiple-matches', expression: ['Bundle.entry[1].resource.performer[1].reference'] }],
      },
    });
    expect(await countOf(hospital, 'Patient')).toBe(0);
    expect(await countOf(hospital, 'Practitioner', `identifier=${STAFF}|${staff}`)).toBe(count);
  });

  test('that meet one in the store and one in the Bundle meet two', async () => {
    const hospital = await gateway.register();
    const staff = randomUUID();
    await hospital.post('/fhir/Practitioner', doctor(staff));
    const patient = urn();

    const answer = await hospital.post(
      '/fhir',
      transaction(
        post(patientOf(somebody()), { fullUrl: patient }),
        post(doctor(staff)),
        post(observationOf(patient, '6690-2', { performer: [{ reference: `Practitioner?identifier=${STAFF}|${staff}` }] })),
      ),
    );

    expect(answer.status).toBe(412);
  });

  test('by any other search meet what is stored, and what comes with them', async () => {
    const hospital = await gateway.register();
    const [known, fresh, name] = [randomUUID(), randomUUID(), `林${randomUUID().slice(0, 8)}`];
    const stored = await hospital.post('/fhir/Practitioner', { ...doctor(known), name: [{ text: name }] });
    const patient = urn();

    const { status, body } = await hospital.post(
      '/fhir',
      transaction(
        post(patientOf(somebody()), { fullUrl: patient }),
        post({ ...doctor(fresh), gender: 'female', name: [{ text: `新${name}` }] }),
        post(
          observationOf(patient, '6690-2', {
            performer: [
              { reference: `Practitioner?name=${encodeURIComponent(name)}` },
              { reference: `Practitioner?identifier=${fresh}&gender=female` },
              { reference: `Practitioner?identifier=${STAFF}|nobody,${STAFF}|${known}` },
            ],
          }),
        ),
      ),
    );

    expect(status).toBe(200);
    const { performer } = (await hospital.get(`/fhir/${referenceTo(body, 'Observation')}`)).body;
    const [own, other] = [`Practitioner/${stored.body.id}`, referenceTo(body, 'Practitioner')];
    expect(performer.map((it: { reference: string }) => it.reference)).toEqual([own, other, own]);
  });

  test.for<[string, number]>([
    ['Practitioner?name=nobody-of-this-name', 412],
    ['Practitioner?shoe-size=43', 400],
    ['Practitioner?name:fuzzy=x', 400],
    ['Practitioner?_count=1', 400],
  ])('by a search that meets none, or is none, are refused with their path: %s', async ([reference, status]) => {
    const hospital = await gateway.register();
    const patient = urn();

    const answer = await hospital.post(
      '/fhir',
      transaction(
        post(patientOf(somebody()), { fullUrl: patient }),
        post(observationOf(patient, '6690-2', { performer: [{ reference }] })),
      ),
    );

    expect(answer).toMatchObject({
      status,
      body: { issue: [{ expression: ['Bundle.entry[1].resource.performer[0].reference'] }] },
    });
    expect(await countOf(hospital, 'Patient')).toBe(0);
  });
});

describe('literal references', () => {
  test('to another institution’s resource are answered as those to nothing', async () => {
    const [hospital, stranger] = [await gateway.register(), await gateway.register()];
    const published = await stranger.post('/fhir', bloodCount({ person: somebody(), number: randomUUID() }));
    const theirs = referenceTo(published.body, 'Patient');
    const unknown = `Patient/${theirs.slice(8, -4)}ffff`;

    const answers = [];
    for (const reference of [theirs, unknown, 'Patient/nobody'])
      answers.push(await hospital.post('/fhir', transaction(post(observationOf(reference, '6690-2')))));

    for (const answer of answers) {
      expect(answer).toMatchObject({
        status: 422,
        body: { issue: [{ code: 'not-found', expression: ['Bundle.entry[0].resource.subject.reference'] }] },
      });
    }
    const [first, second] = answers.map((it) => it.text.replaceAll(/Patient\/[0-9a-f]{32}/g, 'Patient/x'));
    expect(first).toBe(second);
  });

  test('to an entry that is not there, or to a type that it is not, are refused', async () => {
    const hospital = await gateway.register();
    const own = await hospital.post('/fhir/Patient', patientOf(somebody()));

    for (const reference of [urn(), `Group/${own.body.id}`, `Device/${own.body.id}`]) {
      expect(await hospital.post('/fhir', transaction(post(observationOf(reference, '6690-2'))))).toMatchObject({ status: 422 });
    }
    expect(await countOf(hospital, 'Observation')).toBe(0);
  });
});

describe('ifNoneExist', () => {
  const condition = (staff: string) => ({ ifNoneExist: `identifier=${STAFF}|${staff}` });

  test('none: created; one: there already, and not changed; two: 412', async () => {
    const hospital = await gateway.register();
    const staff = randomUUID();

    const none = await hospital.post('/fhir', transaction(post(doctor(staff), condition(staff))));
    const one = await hospital.post('/fhir', transaction(post({ ...doctor(staff), active: false }, condition(staff))));
    await hospital.post('/fhir/Practitioner', doctor(staff));
    const two = await hospital.post('/fhir', transaction(post(doctor(staff), condition(staff))));

    expect(statusesOf(none.body)).toEqual(['201 Created']);
    expect(statusesOf(one.body)).toEqual(['200 OK']);
    expect(locationsOf(one.body)).toEqual(locationsOf(none.body));
    expect((await hospital.get(`/fhir/${referenceTo(none.body, 'Practitioner')}`)).body).not.toHaveProperty('active');
    expect(two).toMatchObject({ status: 412, body: { issue: [{ expression: ['Bundle.entry[0].request.ifNoneExist'] }] } });
  });

  test('an entry that is there already is what references to it mean', async () => {
    const hospital = await gateway.register();
    const person = somebody();
    const known = await hospital.post('/fhir/Patient', patientOf(person));
    const patient = urn();

    const { body } = await hospital.post(
      '/fhir',
      transaction(
        post(reportOn(patient)),
        post(patientOf(person), { fullUrl: patient, ifNoneExist: `identifier=${ID_CARD}|${person.idCard}` }),
      ),
    );

    expect((await hospital.get(`/fhir/${referenceTo(body, 'DiagnosticReport')}`)).body.subject.reference).toBe(`Patient/${known.body.id}`);
  });

  test('twice the same condition in one Bundle is refused', async () => {
    const hospital = await gateway.register();
    const staff = randomUUID();

    const answer = await hospital.post('/fhir', transaction(post(doctor(staff), condition(staff)), post(doctor(staff), condition(staff))));

    expect(answer).toMatchObject({ status: 400, body: { issue: [{ expression: ['Bundle.entry[1].resource'] }] } });
    expect(await countOf(hospital, 'Practitioner', `identifier=${STAFF}|${staff}`)).toBe(0);
  });

  test('another institution’s patient is none', async () => {
    const [hospital, stranger] = [await gateway.register(), await gateway.register()];
    const person = somebody();
    await stranger.post('/fhir/Patient', patientOf(person));

    const { body } = await hospital.post(
      '/fhir',
      transaction(post(patientOf(person), { ifNoneExist: `identifier=${ID_CARD}|${person.idCard}` })),
    );

    expect(statusesOf(body)).toEqual(['201 Created']);
  });
});

describe('all or nothing', () => {
  test('the same resource twice: refused', async () => {
    const hospital = await gateway.register();
    const { body } = await hospital.post('/fhir/Practitioner', doctor(randomUUID()));
    const one = { ...body, meta: undefined };

    const answer = await hospital.post(
      '/fhir',
      transaction(put({ ...one, active: true }), { ...put({ ...one, active: false }), fullUrl: urn() }),
    );

    expect(answer).toMatchObject({ status: 400, body: { issue: [{ expression: ['Bundle.entry[1].resource'] }] } });
    expect((await hospital.get(`/fhir/Practitioner/${body.id}`)).headers['etag']).toBe('W/"1"');
  });

  test('the same report number twice: refused', async () => {
    const hospital = await gateway.register();
    const patient = urn();
    const identifier = [{ system: REPORT_NUMBER, value: randomUUID() }];

    const answer = await hospital.post(
      '/fhir',
      transaction(
        post(patientOf(somebody()), { fullUrl: patient }),
        post(reportOn(patient, { identifier })),
        post(reportOn(patient, { identifier })),
      ),
    );

    expect(answer).toMatchObject({ status: 400, body: { issue: [{ expression: ['Bundle.entry[2].resource'] }] } });
    expect(await countOf(hospital, 'DiagnosticReport')).toBe(0);
  });

  test('trap 5: one bad entry of twenty: nothing is stored, and one OperationOutcome names it', async () => {
    const hospital = await gateway.register();
    const patient = urn();
    const number = randomUUID();
    const entries = [
      post(patientOf(somebody()), { fullUrl: patient }),
      post(reportOn(patient, { identifier: [{ system: REPORT_NUMBER, value: number }] })),
      ...Array.from({ length: 17 }, (_, index) => post(observationOf(patient, `code-${index}`))),
    ];

    const answer = await hospital.post('/fhir', transaction(...entries, post({ ...observationOf(patient, 'x'), code: undefined })));

    expect(answer).toMatchObject({
      status: 400,
      body: {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'error', code: 'required', expression: ['Bundle.entry[19].resource.code'] }],
      },
    });
    for (const type of ['Patient', 'DiagnosticReport', 'Observation']) expect(await countOf(hospital, type)).toBe(0);
    // The number of the report is free as before.
    const mended = await hospital.post('/fhir', transaction(...entries));
    expect(statusesOf(mended.body)).toEqual(entries.map(() => '201 Created'));
  });

  test('every bad entry is named at once', async () => {
    const hospital = await gateway.register();
    const patient = urn();

    const answer = await hospital.post(
      '/fhir',
      transaction(
        post(patientOf(somebody()), { fullUrl: patient }),
        post(observationOf(patient, 'a', { status: 'done' })),
        post(reportOn(patient, { status: undefined })),
      ),
    );

    expect(answer.body.issue.map((it: { expression: string[] }) => it.expression[0])).toEqual([
      'Bundle.entry[1].resource.status',
      'Bundle.entry[2].resource.status',
    ]);
  });

  test.for(['transaction', 'batch'])('a %s of nothing is answered with nothing', async (type) => {
    const hospital = await gateway.register();

    const answer = await hospital.post('/fhir', { resourceType: 'Bundle', type });

    expect(answer).toMatchObject({ status: 200, body: { resourceType: 'Bundle', type: `${type}-response` } });
    expect(answer.body).not.toHaveProperty('entry');
  });

  test.for<[string, Entry, number, string]>([
    [
      'another type than the url says',
      { resource: doctor('1'), request: { method: 'POST', url: 'Patient' } },
      400,
      'Bundle.entry[0].request.url',
    ],
    ['a POST to an id', { resource: doctor('1'), request: { method: 'POST', url: 'Practitioner/1' } }, 400, 'Bundle.entry[0].request.url'],
    ['a PUT without an id', { resource: doctor('1'), request: { method: 'PUT', url: 'Practitioner' } }, 400, 'Bundle.entry[0].request.url'],
    [
      'a PUT under another id',
      { resource: { ...doctor('1'), id: '2' }, request: { method: 'PUT', url: 'Practitioner/1' } },
      400,
      'Bundle.entry[0].resource.id',
    ],
    ['a DELETE of a type', { request: { method: 'DELETE', url: 'Practitioner' } }, 400, 'Bundle.entry[0].request.url'],
    ['a GET of what is no resource', { request: { method: 'GET', url: 'metadata' } }, 400, 'Bundle.entry[0].request.url'],
    [
      'an operation',
      { resource: { resourceType: 'Parameters' }, request: { method: 'POST', url: 'Patient/$match' } },
      400,
      'Bundle.entry[0].request.url',
    ],
    ['a reading operation', { request: { method: 'GET', url: 'Patient/1/$prior-results' } }, 400, 'Bundle.entry[0].request.url'],
    ['a deletion of the log', { request: { method: 'DELETE', url: 'AuditEvent/1' } }, 405, 'AuditEvent'],
    [
      'a condition that is no search',
      { resource: doctor('1'), request: { method: 'POST', url: 'Practitioner', ifNoneExist: 'shoe-size=43' } },
      400,
      'Bundle.entry[0].request.ifNoneExist',
    ],
    [
      'If-Match that is no version',
      {
        resource: { ...doctor('1'), id: '0'.repeat(32) },
        request: { method: 'PUT', url: `Practitioner/${'0'.repeat(32)}`, ifMatch: 'x y' },
      },
      400,
      'Bundle.entry[0].request.ifMatch',
    ],
  ])('what is not offered is refused with its place: %s', async ([, entry, status, path]) => {
    const hospital = await gateway.register();

    const answer = await hospital.post('/fhir', transaction(entry));

    expect(answer).toMatchObject({ status, body: { resourceType: 'OperationOutcome', issue: [{ expression: [path] }] } });
  });
});

describe('a batch', () => {
  test('does what can be done, and says of each entry what became of it', async () => {
    const hospital = await gateway.register();
    const staff = randomUUID();

    const answer = await hospital.post(
      '/fhir',
      batch(post(doctor(staff)), post({ resourceType: 'Observation', status: 'final' }), post(patientOf(somebody()))),
      { 'accept-language': 'zh-CN' },
    );

    expect(answer).toMatchObject({ status: 200, body: { type: 'batch-response' } });
    expect(statusesOf(answer.body)).toEqual(['201 Created', '400', '201 Created']);
    expect(answer.body.entry[1].response.outcome).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ expression: ['Bundle.entry[1].resource.code'], details: { text: expect.stringMatching(/\p{Script=Han}/u) } }],
    });
    expect(await countOf(hospital, 'Practitioner', `identifier=${STAFF}|${staff}`)).toBe(1);
  });

  test('has entries of types that R4 does not have, or that nobody may send, fail alone', async () => {
    const hospital = await gateway.register();
    const [foo, event] = [{ resourceType: 'Foo' }, { resourceType: 'AuditEvent' }];

    const { status, body } = await hospital.post(
      '/fhir',
      batch(post(doctor(randomUUID())), post(foo), post(event), post({ ...doctor(randomUUID()), meta: 'x' }), post(doctor(randomUUID()))),
    );

    expect(status).toBe(200);
    expect(statusesOf(body)).toEqual(['201 Created', '400', '405', '400', '201 Created']);
    expect([1, 2, 3].map((at) => body.entry[at].response.outcome.issue[0].expression)).toEqual([
      ['Bundle.entry[1].resource.resourceType'],
      ['Bundle.entry[2].resource.resourceType'],
      ['Bundle.entry[3].resource.meta'],
    ]);
  });

  test('sent again stores no report twice', async () => {
    const hospital = await gateway.register();
    const { body } = await hospital.post('/fhir/Patient', patientOf(somebody()));
    const bundle = batch(post(reportOn(`Patient/${body.id}`)), post(reportOn(`Patient/${body.id}`)));

    const first = await hospital.post('/fhir', bundle);
    const second = await hospital.post('/fhir', bundle);

    expect(locationsOf(second.body)).toEqual(locationsOf(first.body));
    expect(await countOf(hospital, 'DiagnosticReport')).toBe(2);
  });
});

describe('scopes', () => {
  test.for<[string, readonly string[], Entry, number]>([
    ['create covered', ['system/Practitioner.c'], post(doctor('1')), 200],
    ['create of another type', ['system/Patient.cruds'], post(doctor('1')), 403],
    ['create with the right to read alone', ['system/Practitioner.rs'], post(doctor('1')), 403],
    ['update with the right to create alone', ['system/Practitioner.c'], put({ ...doctor('1'), id: 'x' }), 403],
    ['delete with the right to update alone', ['system/Practitioner.cu'], { request: { method: 'DELETE', url: 'Practitioner/1' } }, 403],
    ['read with the right to search alone', ['system/Practitioner.s'], { request: { method: 'GET', url: 'Practitioner/1' } }, 403],
    ['search with the right to read alone', ['system/Practitioner.r'], { request: { method: 'GET', url: 'Practitioner' } }, 403],
    ['search covered', ['system/Practitioner.s'], { request: { method: 'GET', url: 'Practitioner' } }, 200],
    ['history of everything with a part', ['system/Practitioner.rs'], { request: { method: 'GET', url: '_history' } }, 403],
    [
      'conditional update with the right to update alone',
      ['system/Practitioner.u'],
      { resource: doctor('1'), request: { method: 'PUT', url: 'Practitioner?identifier=a|1' } },
      403,
    ],
  ])('each entry of a transaction needs its own: %s', async ([, scopes, entry, status]) => {
    const hospital = await gateway.register({ scopes });

    const answer = await hospital.post('/fhir', transaction(entry));

    expect(answer.status).toBe(status);
    if (status === 403) {
      expect(answer.body.issue[0].code).toBe('forbidden');
      expect(answer.headers['www-authenticate']).toBe('Bearer error="insufficient_scope"');
    }
  });

  test('one entry beyond them, and nothing of a transaction is stored; of a batch only that one is refused', async () => {
    const hospital = await gateway.register({ scopes: ['system/Practitioner.cs'] });
    const [first, second] = [randomUUID(), randomUUID()];

    const whole = await hospital.post('/fhir', transaction(post(doctor(first)), post(patientOf(somebody()))));
    const parts = await hospital.post('/fhir', batch(post(doctor(second)), post(patientOf(somebody()))));

    expect(whole.status).toBe(403);
    expect(statusesOf(parts.body)).toEqual(['201 Created', '403']);
    expect(await countOf(hospital, 'Practitioner', `identifier=${STAFF}|${first}`)).toBe(0);
    expect(await countOf(hospital, 'Practitioner', `identifier=${STAFF}|${second}`)).toBe(1);
  });
});
