import { describe, expect, test } from 'vitest';
import { type Answer, type CallingSystem, callingSystem, startGateway, useGateway } from '../support/gateway.ts';
import { permit, publish } from '../support/recognition.ts';
import { bloodCount, patientOf, somebody } from '../support/reports.ts';

const gateway = useGateway();

const DAY_MS = 86_400_000;
const NOBODY = '1'.repeat(32);

interface Entry {
  readonly fullUrl: string;
  readonly resource?: { readonly id: string; readonly meta: { readonly versionId: string } };
  readonly request: { readonly method: string; readonly url: string };
  readonly response: { readonly status: string; readonly etag: string; readonly lastModified: string };
}

const entriesOf = ({ body }: Answer): readonly Entry[] => body.entry ?? [];
const linkOf = ({ body }: Answer, relation: string): string | undefined =>
  body.link.find((it: { relation: string }) => it.relation === relation)?.url;
const pathOf = (url: string): string => url.replace(/^http:\/\/[^/]+/, '');

/** `Type/id@version` of every entry. */
const namesOf = (answer: Answer): readonly string[] =>
  entriesOf(answer).map((it) => `${it.fullUrl.replace(/^.*\/fhir\//, '')}@${/\d+/.exec(it.response.etag)?.[0]}`);

/** All pages of a history, and what was done between them. */
async function walk(
  hospital: CallingSystem,
  url: string,
  between: () => Promise<unknown> = async () => undefined,
): Promise<readonly Answer[]> {
  const pages: Answer[] = [];
  for (let next: string | undefined = url; next !== undefined; ) {
    const answer: Answer = await hospital.get(pathOf(next));
    if (answer.status !== 200) throw new Error(`${next}: ${answer.text}`);
    pages.push(answer);
    next = linkOf(answer, 'next');
    await between();
  }
  return pages;
}

/** A location with so many versions; `Location/id`. */
async function versioned(hospital: CallingSystem, versions: number): Promise<string> {
  const { body } = await hospital.post('/fhir/Location', { resourceType: 'Location', name: '1' });
  for (let version = 2; version <= versions; version++) await change(hospital, `Location/${body.id}`, String(version));
  return `Location/${body.id}`;
}

async function change(hospital: CallingSystem, reference: string, name: string): Promise<void> {
  const [resourceType, id] = reference.split('/');
  const { status, text } = await hospital.put(`/fhir/${reference}`, { resourceType, id, name });
  if (status !== 200 && status !== 201) throw new Error(text);
}

describe('the history of a resource', () => {
  test('tells every version, the newest first, with the request that made it and how it was answered', async () => {
    const hospital = await gateway.register();
    const reference = await versioned(hospital, 2);
    const url = `http://gateway.test/fhir/${reference}`;
    expect((await hospital.send('DELETE', `/fhir/${reference}`)).status).toBe(204);
    await change(hospital, reference, 'again');

    const history = await hospital.get(`/fhir/${reference}/_history`);

    expect(history.body).toMatchObject({
      resourceType: 'Bundle',
      type: 'history',
      total: 4,
      link: [{ relation: 'self', url: `${url}/_history` }],
    });
    expect(entriesOf(history).map(({ request, response }) => [request, response.status, response.etag])).toEqual([
      [{ method: 'PUT', url: reference }, '200', 'W/"4"'],
      [{ method: 'DELETE', url: reference }, '204', 'W/"3"'],
      [{ method: 'PUT', url: reference }, '200', 'W/"2"'],
      [{ method: 'POST', url: 'Location' }, '201', 'W/"1"'],
    ]);
    expect(entriesOf(history).every((it) => it.fullUrl === url)).toBe(true);
    expect(Object.keys(entriesOf(history)[1] ?? {})).toEqual(['fullUrl', 'request', 'response']);
    for (const version of [1, 2, 4]) {
      const { text, body } = await hospital.get(`/fhir/${reference}/_history/${version}`);
      expect(history.text).toContain(`"resource":${text}`);
      expect(entriesOf(history)[4 - version]?.response.lastModified).toBe(body.meta.lastUpdated);
    }
  });

  test('of a deleted resource is still told', async () => {
    const hospital = await gateway.register();
    const reference = await versioned(hospital, 1);
    await hospital.send('DELETE', `/fhir/${reference}`);

    const history = await hospital.get(`/fhir/${reference}/_history`);

    expect(history).toMatchObject({ status: 200, body: { total: 2 } });
    expect(entriesOf(history).map((it) => it.request.method)).toEqual(['DELETE', 'POST']);
  });

  test('is told in parts as well: digits stay, the mark is on every resource', async () => {
    const hospital = await gateway.register();
    const { body } = await hospital.post(
      '/fhir/Location',
      '{"resourceType":"Location","name":"x","position":{"longitude":1.50,"latitude":2e1}}',
    );

    const { text } = await hospital.get(`/fhir/Location/${body.id}/_history?_elements=position`);

    expect(text).toContain('"position":{"longitude":1.50,"latitude":2e1}');
    expect(text).toContain('"code":"SUBSETTED"');
    expect(text).not.toContain('"name"');
  });
});

describe('who may be told the history of a resource', () => {
  test('who may read it, of all its versions; everybody else is answered as if it were not there', async () => {
    const [source, asker] = [await gateway.register(), await gateway.register()];
    const person = somebody();
    const report = await publish(source, { person, number: 'H-1' });
    expect((await source.post('/fhir', bloodCount({ person, number: 'H-1', status: 'corrected' }))).status).toBe(200);
    const comparable = ({ status, text, headers }: Answer) => {
      const { 'x-request-id': _id, date: _date, ...rest } = headers;
      return { status, text: text.replaceAll(/[0-9a-f]{32}/g, '<id>'), headers: rest };
    };

    const hidden = comparable(await asker.get(`/fhir/DiagnosticReport/${report}/_history`));
    for (const unknown of [NOBODY, `${report.slice(0, 28)}0000`, `${report.slice(0, 12)}0000${report.slice(16)}`]) {
      expect(comparable(await asker.get(`/fhir/DiagnosticReport/${unknown}/_history`))).toEqual(hidden);
    }
    expect(hidden.status).toBe(404);
    expect((await asker.get(`/fhir/Observation/${report}/_history`)).status).toBe(404);

    await permit(asker, person);
    expect(await asker.get(`/fhir/DiagnosticReport/${report}/_history`)).toMatchObject({ status: 200, body: { total: 2 } });
    expect((await asker.get(`/fhir/DiagnosticReport/${report}/_history`, { 'x-acting-practitioner': undefined })).status).toBe(404);
  });

  test('a consent stays where it was recorded', async () => {
    const [source, asker] = [await gateway.register(), await gateway.register()];
    const person = somebody();
    await publish(source, { person });
    const denial = await permit(source, person);
    await permit(asker, person);

    expect((await source.get(`/fhir/Consent/${denial}/_history`)).status).toBe(200);
    expect((await asker.get(`/fhir/Consent/${denial}/_history`)).status).toBe(404);
  });
});

describe('the history of a type', () => {
  test('is what the institution has written, and nobody else’s patients', async () => {
    const [hospital, other] = [await gateway.register(), await gateway.register()];
    const [mine, theirs] = [
      await hospital.post('/fhir/Patient', patientOf(somebody())),
      await other.post('/fhir/Patient', patientOf(somebody())),
    ];
    await hospital.put(`/fhir/Patient/${mine.body.id}`, { ...mine.body, active: true });

    const history = await hospital.get('/fhir/Patient/_history');

    expect(namesOf(history)).toEqual([`Patient/${mine.body.id}@2`, `Patient/${mine.body.id}@1`]);
    expect(history.body.total).toBe(2);
    expect(history.text).not.toContain(theirs.body.id);
  });

  test('of the shared directory is everybody’s, deletions too', async () => {
    const [hospital, other] = [await gateway.register(), await gateway.register()];
    const before = new Date().toISOString();
    const [mine, theirs] = [await versioned(hospital, 2), await versioned(other, 1)];
    await other.send('DELETE', `/fhir/${theirs}`);

    const pages = await walk(hospital, `/fhir/Location/_history?_since=${before}&_count=2`);
    const names = pages.flatMap(namesOf).filter((it) => it.startsWith(mine) || it.startsWith(theirs));

    expect(names).toEqual([`${theirs}@2`, `${theirs}@1`, `${mine}@2`, `${mine}@1`]);
  });

  test('a device of a patient is no part of the directory', async () => {
    const [hospital, other] = [await gateway.register(), await gateway.register()];
    const { body: patient } = await other.post('/fhir/Patient', patientOf(somebody()));
    const { body: device } = await other.post('/fhir/Device', { resourceType: 'Device', patient: { reference: `Patient/${patient.id}` } });

    const seen = async (system: CallingSystem) => (await walk(system, '/fhir/Device/_history')).flatMap(namesOf);

    expect(await seen(other)).toContain(`Device/${device.id}@1`);
    expect(await seen(hospital)).not.toContain(`Device/${device.id}@1`);
  });
});

describe('the history of everything', () => {
  test('holds what the institution has written of every type', async () => {
    const hospital = await gateway.register();
    const report = await publish(hospital, { person: somebody() });

    const names = (await walk(hospital, '/fhir/_history')).flatMap(namesOf);

    expect(names).toContain(`DiagnosticReport/${report}@1`);
    expect(names.filter((it) => /^(Observation|Patient)\//.test(it))).toHaveLength(3);
  });

  test.for<[string, string, number, number, number]>([
    ['all types', 'system/*.rs', 200, 200, 200],
    ['search of all types', 'system/*.s', 403, 200, 200],
    ['one type', 'system/Location.rs', 200, 200, 403],
    ['reading of one type', 'system/Location.r', 200, 403, 403],
    ['another type', 'system/Patient.rs', 403, 403, 403],
  ])('needs its scope: %s', async ([, scope, instance, type, system]) => {
    const hospital = await gateway.register();
    const reference = await versioned(hospital, 1);
    const reader = await gateway.clientOf(hospital.institution, hospital.uscc, [scope]);

    expect((await reader.get(`/fhir/${reference}/_history`)).status).toBe(instance);
    expect((await reader.get('/fhir/Location/_history')).status).toBe(type);
    expect((await reader.get('/fhir/_history')).status).toBe(system);
  });
});

describe('which versions', () => {
  test('_since takes those made at that instant or later', async () => {
    const hospital = await gateway.register();
    const reference = await versioned(hospital, 3);
    const [third, second] = entriesOf(await hospital.get(`/fhir/${reference}/_history`)).map((it) => it.response.lastModified);
    const later = (text: string | undefined, ms: number): string => new Date(Date.parse(text ?? '') + ms).toISOString();

    const versions = async (since: string) => namesOf(await hospital.get(`/fhir/${reference}/_history?_since=${since}`)).length;

    expect(await versions(later(third, 0))).toBe(1);
    expect(await versions(later(third, 1))).toBe(0);
    expect(await versions(later(second, 0))).toBe(2);
    expect(await versions(encodeURIComponent(new Date(Date.parse(second ?? '') + DAY_MS / 3).toISOString().replace('Z', '+08:00')))).toBe(
      2,
    );
  });

  test('_at takes those that were current at some time within', async () => {
    const hospital = await gateway.register();
    const reference = await versioned(hospital, 3);
    const times = entriesOf(await hospital.get(`/fhir/${reference}/_history`)).map((it) => Date.parse(it.response.lastModified));
    const [third = 0, second = 0, first = 0] = times;

    const versions = async (at: string) =>
      namesOf(await hospital.get(`/fhir/${reference}/_history?_at=${at}`)).map((it) => it.split('@')[1]);
    const instant = (ms: number): string => new Date(ms).toISOString();

    expect(await versions(instant(first - 1))).toEqual([]);
    expect(await versions(instant(first))).toEqual(['1']);
    expect(await versions(instant(second - 1))).toEqual(['1']);
    expect(await versions(instant(second))).toEqual(['2']);
    expect(await versions(instant(third + DAY_MS))).toEqual(['3']);
    expect(await versions(instant(third).slice(0, 4))).toEqual(['3', '2', '1']);
    expect(await versions(instant(first - 2 * DAY_MS).slice(0, 10))).toEqual([]);
  });

  test.for<[string, string]>([
    ['_since=2026-03-01', '_since'],
    ['_since=2026-03-01T08:30:00', '_since'],
    ['_since=2026-03-01T08:30:00+08:00', '_since'],
    ['_since=2026-02-30T08:30:00Z', '_since'],
    ['_since=', '_since'],
    ['_since=2026-03-01T08:30:00Z&_since=2026-03-01T08:30:00Z', '_since'],
    ['_at=gt2026', '_at'],
    ['_at=2026&_at=2026', '_at'],
    ['_count=-1', '_count'],
    ['_count=1.5', '_count'],
    ['_count=10&_count=10', '_count'],
    ['_sort=_lastUpdated', '_sort'],
    ['name=x', 'name'],
    ['_summary=all', '_summary'],
    ['_page=nonsense', '_page'],
    ['_page=AAAA&_count=1', '_count'],
  ])('%s is refused', async ([query, path]) => {
    const hospital = await gateway.register();
    const reference = await versioned(hospital, 1);

    for (const address of [`${reference}/_history`, 'Location/_history', '_history']) {
      const answer = await hospital.get(`/fhir/${address}?${query}`);
      expect(answer, address).toMatchObject({ status: 400, body: { resourceType: 'OperationOutcome', issue: [{ expression: [path] }] } });
    }
  });

  test('_format and _pretty are about how it is told', async () => {
    const hospital = await gateway.register();
    const reference = await versioned(hospital, 2);

    const { text, body } = await hospital.get(`/fhir/${reference}/_history?_pretty=true&_format=json&_count=1`);

    expect(text).toBe(JSON.stringify(body, undefined, 2));
    expect(body.link[0].url).toMatch(/_history\?_count=1$/);
    expect(linkOf(await hospital.get(`/fhir/${reference}/_history?_count=100000`), 'self')).toMatch(/_history\?_count=500$/);
  });
});

describe('pages', () => {
  test('lead to every version once, with one total, whatever is written meanwhile', async () => {
    const hospital = await gateway.register();
    const reference = await versioned(hospital, 5);
    const others = [await versioned(hospital, 2), await versioned(hospital, 1)];
    const patient = (await hospital.post('/fhir/Patient', patientOf(somebody()))).body;
    const before = new Date(Date.parse((await hospital.get(`/fhir/${others[1]}`)).body.meta.lastUpdated)).toISOString();
    let name = 0;

    for (const [url, expected] of [
      [`/fhir/${reference}/_history?_count=2`, 5],
      ['/fhir/Patient/_history?_count=1', 1],
      [`/fhir/_history?_count=1&_since=${before}`, 2],
    ] as const) {
      const pages = await walk(hospital, url, async () => {
        await change(hospital, reference, `meanwhile ${name++}`);
        await hospital.put(`/fhir/Patient/${patient.id}`, { ...patient, active: name % 2 === 0 });
      });
      const names = pages.flatMap(namesOf);

      expect(new Set(names).size).toBe(names.length);
      if (url.startsWith(`/fhir/${reference}`)) expect(names).toEqual([5, 4, 3, 2, 1].map((it) => `${reference}@${it}`));
      expect(names.length).toBeGreaterThanOrEqual(expected);
      expect(new Set(pages.map((it) => it.body.total)).size).toBe(1);
    }
  });

  test('a walk through an institution’s history sees everything that was there, once', async () => {
    const hospital = await gateway.register();
    for (let report = 0; report < 3; report++) await publish(hospital, { person: somebody() });
    const whole = namesOf(await hospital.get('/fhir/Observation/_history'));
    expect(whole).toHaveLength(6);

    for (const count of [1, 2, 4, 5, 6, 7]) {
      const pages = await walk(hospital, `/fhir/Observation/_history?_count=${count}`, () => publish(hospital, { person: somebody() }));
      const names = pages.flatMap(namesOf);
      const there = names.filter((it) => whole.includes(it));
      expect(there, String(count)).toEqual(whole);
      expect(new Set(names).size).toBe(names.length);
      expect(pages.every((it) => entriesOf(it).length <= count)).toBe(true);
    }
  });

  test('a link belongs to one client and one address, and shows nothing', async () => {
    const [hospital, other] = [await gateway.register(), await gateway.register()];
    const reference = await versioned(hospital, 3);
    const colleague = await gateway.clientOf(hospital.institution, hospital.uscc, ['system/*.rs']);
    const page = await hospital.get(`/fhir/${reference}/_history?_count=1`);
    const next = pathOf(linkOf(page, 'next') ?? '');

    expect(next).toMatch(/^\/fhir\/Location\/[0-9a-f]{32}\/_history\?_page=[\w-]+$/);
    expect((await other.get(next)).status).toBe(410);
    expect((await colleague.get(next)).status).toBe(410);
    expect((await hospital.get(next.replace(reference, 'Location'))).status).toBe(400);
    expect((await hospital.get(`${next.slice(0, -4)}AAAA`)).status).toBe(410);
    expect((await hospital.get(`${next}&_pretty=true`)).status).toBe(200);

    const last = await hospital.get(pathOf(linkOf(await hospital.get(next), 'next') ?? ''));
    expect(namesOf(last)).toEqual([`${reference}@1`]);
    expect(linkOf(last, 'next')).toBeUndefined();
    expect(linkOf(last, 'first')).toBe(`http://gateway.test/fhir/${reference}/_history?_count=1`);
  });

  test('a link leads on at another gateway of the same database, as after a restart', async () => {
    const hospital = await gateway.register();
    const reference = await versioned(hospital, 2);
    const next = pathOf(linkOf(await hospital.get(`/fhir/${reference}/_history?_count=1&_elements=name`), 'next') ?? '');

    const other = await startGateway(gateway.databaseUrl);
    try {
      const page = await callingSystem(other, hospital).get(next);
      expect(namesOf(page)).toEqual([`${reference}@1`]);
      expect(page.text).toContain('SUBSETTED');
    } finally {
      await other.close();
    }
  });

  test('each page is shown by the right of its own moment: a withdrawn consent ends the walk', async () => {
    const [source, asker] = [await gateway.register(), await gateway.register()];
    const person = somebody();
    const report = await publish(source, { person, number: 'W-1' });
    await source.post('/fhir', bloodCount({ person, number: 'W-1', status: 'corrected' }));
    const consent = await permit(asker, person);
    const next = pathOf(linkOf(await asker.get(`/fhir/DiagnosticReport/${report}/_history?_count=1`), 'next') ?? '');
    expect((await asker.get(next)).status).toBe(200);

    await asker.post(`/v1/consents/${consent}/withdrawal`, {});

    expect((await asker.get(next)).status).toBe(404);
  });
});

describe('trap 28: what only counts has no entries', () => {
  test.for(['_count=0', '_summary=count'])('%s', async (query) => {
    const hospital = await gateway.register();
    const reference = await versioned(hospital, 3);
    await hospital.post('/fhir/Patient', patientOf(somebody()));

    for (const [address, total] of [
      [`${reference}/_history`, 3],
      ['Patient/_history', 1],
    ] as const) {
      const { body } = await hospital.get(`/fhir/${address}?${query}`);
      expect(body).toEqual({
        resourceType: 'Bundle',
        type: 'history',
        total,
        link: [{ relation: 'self', url: `http://gateway.test/fhir/${address}?${query}` }],
      });
    }
  });
});

describe('the access log', () => {
  test('names every person whose data was in a page, and what was shown of them', async () => {
    const hospital = await gateway.register();
    const reports = [await publish(hospital, { person: somebody() }), await publish(hospital, { person: somebody() })];
    await hospital.get('/fhir/DiagnosticReport/_history');

    const { body } = await hospital.get(`/v1/access-log?client=${hospital.client}&interaction=showTypeHistory`);

    expect(body.entries).toHaveLength(2);
    expect(body.entries.flatMap((it: { entities: string[] }) => it.entities).toSorted()).toEqual(
      reports.map((it) => `DiagnosticReport/${it}/_history/1`).toSorted(),
    );
    expect(new Set(body.entries.map((it: { person: string }) => it.person)).size).toBe(2);
  });

  test('calls each history by its name in FHIR', async () => {
    const hospital = await gateway.register();
    const reference = await versioned(hospital, 1);
    for (const address of [reference, `${reference}/_history`, 'Location/_history?_count=1', '_history?_count=1']) {
      await hospital.get(`/fhir/${address}`);
    }

    for (const [subtype, door] of [
      ['history-instance', 'showHistory'],
      ['history-type', 'showTypeHistory'],
      ['history-system', 'showSystemHistory'],
      ['read', 'readResource'],
    ] as const) {
      const { body } = await hospital.get(`/fhir/AuditEvent?subtype=${subtype}`);
      const doors = (body.entry ?? []).map((it: { resource: { subtype: { code: string }[] } }) =>
        it.resource.subtype.map(({ code }) => code),
      );
      expect(doors, subtype).toEqual([[subtype, door]]);
    }
  });

  test('is written where nothing was found, and where it was refused', async () => {
    const hospital = await gateway.register();
    await hospital.get('/fhir/Encounter/_history');
    await hospital.get(`/fhir/Encounter/${NOBODY}/_history`);

    const { body } = await hospital.get(`/v1/access-log?client=${hospital.client}`);

    expect(body.entries.filter((it: { interaction: string }) => it.interaction !== 'listAccesses')).toMatchObject([
      { interaction: 'showHistory', outcome: 4, failure: 'not-found' },
      { interaction: 'decideConsent', outcome: 4, failure: 'consent-required' },
      { interaction: 'showTypeHistory', outcome: 0, entities: [] },
    ]);
  });
});

test.for(['AuditEvent', 'Foo', 'location'])('%s has no history', async (type) => {
  const hospital = await gateway.register();

  for (const address of [`${type}/_history`, `${type}/${NOBODY}/_history`]) {
    expect(await hospital.get(`/fhir/${address}`)).toMatchObject({ status: 404, body: { resourceType: 'OperationOutcome' } });
  }
});
