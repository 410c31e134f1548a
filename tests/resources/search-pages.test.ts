import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openPage, sealPage } from '../../src/resources/page-token.ts';
import type { Caller } from '../../src/security/caller.ts';
import { searchAll } from '../support/bundles.ts';
import { type Answer, type CallingSystem, callingSystem, startGateway, useGateway } from '../support/gateway.ts';
import { patientOf, somebody } from '../support/reports.ts';

const gateway = useGateway();
const DAY_MS = 86_400_000;

const linkOf = (answer: Answer, relation: string): string | undefined =>
  answer.body.link.find((it: { relation: string }) => it.relation === relation)?.url;
const pathOf = (url: string): string => url.replace('http://gateway.test', '');

/** A hospital with one patient and so many Observations, one a day, the newest first; none has a time where `timeless`. */
async function ward(count: number, more: (index: number) => Record<string, unknown> = () => ({})) {
  const hospital = await gateway.register();
  const { body: patient } = await hospital.post('/fhir/Patient', patientOf(somebody()));
  const ids: string[] = [];
  const store = async (index: number): Promise<string> => {
    const { body, status, text } = await hospital.post('/fhir/Observation', {
      resourceType: 'Observation',
      status: 'final',
      code: { coding: [{ system: 'urn:codes', code: `C${index % 3}` }] },
      subject: { reference: `Patient/${patient.id}` },
      effectiveDateTime: new Date(Date.UTC(2026, 0, 100 - index)).toISOString().slice(0, 10),
      ...more(index),
    });
    if (status !== 201) throw new Error(text);
    return body.id;
  };
  for (let index = 0; index < count; index++) ids.push(await store(index));
  return { hospital, patient: patient.id as string, ids, store };
}

/** Walks from page to page and does something between them. */
async function walk(system: CallingSystem, url: string, between: (page: number) => Promise<unknown> = async () => undefined) {
  const seen: string[] = [];
  let page = 0;
  for (let next: string | undefined = url; next !== undefined; ) {
    const answer: Answer = await system.get(pathOf(next));
    if (answer.status !== 200) throw new Error(answer.text);
    seen.push(...(answer.body.entry ?? []).map((it: { resource: { id: string } }) => it.resource.id));
    next = linkOf(answer, 'next');
    if (next) await between(page++);
  }
  return seen;
}

describe('trap 24: a next link', () => {
  test('holds nothing but its token, and the token nothing that can be read', async () => {
    const { hospital, patient } = await ward(3);

    const answer = await hospital.get(`/fhir/Observation?patient=${patient}&code=urn:codes|C0,urn:codes|C1&_count=1`);
    const next = linkOf(answer, 'next') ?? '';

    expect(next).toMatch(/^http:\/\/gateway\.test\/fhir\/Observation\?_page=[\w-]+$/);
    const token = next.split('=')[1] ?? '';
    for (const clear of [token, Buffer.from(token, 'base64url').toString('latin1'), Buffer.from(token, 'base64url').toString('utf8')]) {
      expect(clear).not.toContain(patient);
      expect(clear).not.toContain('urn:codes');
      expect(clear).not.toContain('Observation');
    }
    expect(linkOf(answer, 'self')).toBe(
      `http://gateway.test/fhir/Observation?patient=${patient}&code=urn%3Acodes%7CC0%2Curn%3Acodes%7CC1&_count=1`,
    );
  });

  test('is the same after a search by POST, and asked for by GET', async () => {
    const { hospital, patient, ids } = await ward(3);

    const first = await hospital.send('POST', '/fhir/Observation/_search?_count=2', `patient=${patient}`, {
      'content-type': 'application/x-www-form-urlencoded',
    });
    const second = await hospital.get(pathOf(linkOf(first, 'next') ?? ''));

    expect(linkOf(first, 'self')).toBe(`http://gateway.test/fhir/Observation?_count=2&patient=${patient}`);
    expect(second.body.entry.map((it: { resource: { id: string } }) => it.resource.id)).toEqual(ids.slice(2));
    expect(second.body.total).toBe(3);
    expect(linkOf(second, 'next')).toBeUndefined();
    expect(linkOf(second, 'first')).toBe(linkOf(first, 'self'));
    expect((await hospital.get(pathOf(linkOf(second, 'self') ?? ''))).body.entry).toEqual(second.body.entry);
  });

  test('leads on at another gateway of the same database', async () => {
    const { hospital, patient, ids } = await ward(3);
    const next = linkOf(await hospital.get(`/fhir/Observation?patient=${patient}&_count=2`), 'next') ?? '';

    const second = await startGateway(gateway.databaseUrl);
    try {
      const answer = await callingSystem(second, hospital).get(pathOf(next));
      expect(answer.body.entry.map((it: { resource: { id: string } }) => it.resource.id)).toEqual(ids.slice(2));
    } finally {
      await second.close();
    }
  });

  test('leads nowhere for another client, be it of the same institution; with other parameters; on another type', async () => {
    const { hospital, patient } = await ward(3);
    const stranger = await gateway.register();
    const sister = await gateway.clientOf(hospital.institution, hospital.uscc, ['system/*.rs']);
    const next = pathOf(linkOf(await hospital.get(`/fhir/Observation?patient=${patient}&_count=2`), 'next') ?? '');

    expect(await stranger.get(next)).toMatchObject({ status: 410, body: { resourceType: 'OperationOutcome' } });
    expect((await sister.get(next)).status).toBe(410);
    expect((await hospital.get(`${next}&status=final`)).status).toBe(400);
    expect((await hospital.get(next.replace('Observation', 'Encounter'))).status).toBe(400);
    expect((await hospital.get(`${next}&_count=2&_format=json`)).status).toBe(200);
    expect((await hospital.get(`${next.slice(0, -3)}AAA`)).status).toBe(410);
    expect((await hospital.get('/fhir/Observation?_page=x!')).status).toBe(400);
    expect((await hospital.get('/fhir/Observation?_page=abc')).status).toBe(400);
  });

  test('is good for a day', () => {
    const secret = Buffer.alloc(32, 7);
    const caller = { client: 'a', institution: 1 } as Caller;
    const now = new Date('2026-03-01T00:00:00Z');
    const token = sealPage(secret, caller, ['x', 1], now);
    const after = (ms: number) => new Date(now.getTime() + ms);

    expect(openPage(secret, caller, token, after(DAY_MS - 1))).toEqual(['x', 1]);
    expect(() => openPage(secret, caller, token, after(DAY_MS))).toThrow(expect.objectContaining({ code: 'gone' }));
    expect(() => openPage(secret, { ...caller, client: 'b' }, token, now)).toThrow(expect.objectContaining({ code: 'gone' }));
    expect(() => openPage(secret, { ...caller, institution: 2 }, token, now)).toThrow(expect.objectContaining({ code: 'gone' }));
    expect(() => openPage(Buffer.alloc(32, 8), caller, token, now)).toThrow(expect.objectContaining({ code: 'gone' }));
    expect(sealPage(secret, caller, ['x', 1], now)).not.toBe(token);
  });
});

describe('trap 24: a walk', () => {
  test.for([
    '_count=2',
    '_count=2&_sort=date',
    '_count=3&_sort=-_lastUpdated',
    '_count=2&_sort=_lastUpdated',
    '_count=2&_sort=_id',
    '_count=3&_sort=-code',
  ])('sees everything that was there at its start once while others write: %s', async (query) => {
    const { hospital, patient, ids, store } = await ward(9);
    const update = async (id: string) => {
      const { body } = await hospital.get(`/fhir/Observation/${id}`);
      await hospital.put(`/fhir/Observation/${id}`, { ...body, note: [{ text: randomUUID() }] });
    };

    const seen = await walk(hospital, `/fhir/Observation?patient=${patient}&${query}`, async (page) => {
      await store(page);
      for (const id of ids) if (ids.indexOf(id) % 2 === page % 2) await update(id);
    });

    const old = seen.filter((it) => ids.includes(it));
    expect(old.toSorted()).toEqual(ids.toSorted());
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('goes on where a row was deleted', async () => {
    const { hospital, patient, ids } = await ward(6);

    const seen = await walk(hospital, `/fhir/Observation?patient=${patient}&_count=2`, async (page) => {
      // The last that was shown, and one that is still to come.
      if (page === 0) for (const id of [ids[1], ids[4]]) await hospital.send('DELETE', `/fhir/Observation/${id}`);
    });

    expect(seen).toEqual([ids[0], ids[1], ids[2], ids[3], ids[5]]);
  });

  test.for<[string, (index: number) => Record<string, unknown>, (row: Record<string, never>) => unknown]>([
    ['date', (index) => (index % 3 === 0 ? { effectiveDateTime: undefined } : {}), (row) => row['effectiveDateTime']],
    ['code', (index) => (index % 4 === 0 ? { code: { text: '体温' } } : {}), (row) => row['code']?.['coding']?.[0]?.['code']],
    [
      'value-quantity',
      (index) => (index % 4 === 0 ? {} : { valueQuantity: { value: (index * 7) % 5, unit: 'g' } }),
      (row) => row['valueQuantity']?.['value'],
    ],
    ['value-string', (index) => (index % 4 === 0 ? {} : { valueString: `${(index * 7) % 5} words` }), (row) => row['valueString']],
    ['status', () => ({}), (row) => row['status']],
  ])('in the order of %s, either way, those without it last', async ([name, more, valueOf]) => {
    const { hospital, patient, ids } = await ward(9, more);

    for (const descending of [false, true]) {
      const rows = await searchAll(hospital, `/fhir/Observation?patient=${patient}&_count=2&_sort=${descending ? '-' : ''}${name}`);
      expect(rows.map((it) => it.id).toSorted()).toEqual(ids.toSorted());
      const values = rows.map((it) => valueOf(it as unknown as Record<string, never>));
      const there = values.filter((it) => it !== undefined) as (string | number)[];
      expect(values.slice(0, there.length)).toEqual(there);
      const sorted = there.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      expect(there).toEqual(descending ? sorted.toReversed() : sorted);
    }
  });

  test('by two things', async () => {
    const { hospital, patient } = await ward(9);

    const rows = await searchAll(hospital, `/fhir/Observation?patient=${patient}&_count=2&_sort=code,-date`);

    const keys = rows.map((it) => `${(it['code'] as { coding: { code: string }[] }).coding[0]?.code} ${String(it['effectiveDateTime'])}`);
    expect(keys.map((it) => it.slice(0, 2))).toEqual(['C0', 'C0', 'C0', 'C1', 'C1', 'C1', 'C2', 'C2', 'C2']);
    for (const at of [0, 3, 6])
      expect(keys.slice(at, at + 3)).toEqual(
        keys
          .slice(at, at + 3)
          .toSorted()
          .toReversed(),
      );
  });

  test('a page holds no more than 8 MiB of text, and at least one resource', async () => {
    const hospital = await gateway.register();
    const text = 'x'.repeat(1_000_000);
    const big = { resourceType: 'Basic', code: { text, coding: [{ display: text }, { display: text }] } };
    for (let index = 0; index < 4; index++) expect((await hospital.post('/fhir/Basic', big)).status).toBe(201);

    const first = await hospital.get('/fhir/Basic');

    expect(first.body.entry).toHaveLength(2);
    expect(await walk(hospital, '/fhir/Basic')).toHaveLength(4);
  });
});

describe('trap 28: totals', () => {
  test.for<[string, { total?: number; entries: number }]>([
    ['_count=2', { total: 5, entries: 2 }],
    ['_count=2&_total=accurate', { total: 5, entries: 2 }],
    ['_count=2&_total=estimate', { total: 5, entries: 2 }],
    ['_count=2&_total=none', { entries: 2 }],
    ['_count=9', { total: 5, entries: 5 }],
    ['_count=0', { total: 5, entries: 0 }],
    ['_summary=count', { total: 5, entries: 0 }],
    ['_summary=count&code=C0', { total: 2, entries: 0 }],
  ])('%s', async ([query, { total, entries }]) => {
    const { hospital, patient } = await ward(5);

    const { body } = await hospital.get(`/fhir/Observation?patient=${patient}&${query}`);

    expect(body.total).toBe(total);
    expect(body.entry ?? []).toHaveLength(entries);
    if (entries === 0) expect(body.link.map((it: { relation: string }) => it.relation)).toEqual(['self']);
  });
});

describe('several types at once', () => {
  test('_type names them; what all have in common may be asked, and nothing else', async () => {
    const { hospital, patient, ids } = await ward(3);

    expect((await searchAll(hospital, '/fhir?_type=Observation,Patient&_count=2')).map((it) => it.id).toSorted()).toEqual(
      [...ids, patient].toSorted(),
    );
    expect((await searchAll(hospital, `/fhir?_type=Observation,Patient&_id=${patient}`)).map((it) => it.id)).toEqual([patient]);
    const posted = await hospital.send('POST', '/fhir/_search', '_type=Observation&_count=0', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(posted.body).toMatchObject({ total: 3, link: [{ url: 'http://gateway.test/fhir?_type=Observation&_count=0' }] });
    expect((await hospital.get('/fhir')).status).toBe(400);
    expect((await hospital.get('/fhir?_type=Nothing')).status).toBe(400);
    expect((await hospital.get('/fhir?_type=Observation,Patient&birthdate=2020')).status).toBe(400);
    const observations = await gateway.clientOf(hospital.institution, hospital.uscc, ['system/Observation.rs']);
    expect((await observations.get('/fhir?_type=Observation')).status).toBe(200);
    expect((await observations.get('/fhir?_type=Observation,Patient')).status).toBe(403);
  });
});

describe('trap 25: what a lenient search leaves out', () => {
  test('is absent from self and said; a strict one refuses it', async () => {
    const { hospital, patient } = await ward(1);
    const url = `/fhir/Observation?patient=${patient}&colour=red`;

    const lenient = await hospital.get(url, { prefer: 'handling=lenient' });

    expect(linkOf(lenient, 'self')).toBe(`http://gateway.test/fhir/Observation?patient=${patient}`);
    expect(lenient.body.total).toBe(1);
    expect(lenient.body.entry.at(-1)).toMatchObject({
      search: { mode: 'outcome' },
      resource: { issue: [{ severity: 'warning', expression: ['colour'] }] },
    });
    expect((await hospital.get(url, { prefer: 'handling=strict' })).status).toBe(400);
    expect((await hospital.get(url)).status).toBe(400);
  });

  test.for([
    ['zh-CN', /[\u4e00-\u9fff]/],
    ['en', /^[\x20-\x7e“”’]+$/],
  ] as const)('is said in the caller’s language: %s', async ([language, words]) => {
    const { hospital, patient } = await ward(1);
    const headers = { prefer: 'handling=lenient', 'accept-language': language };

    const { body } = await hospital.get(`/fhir/Observation?patient=${patient}&colour=red`, headers);

    const [issue] = body.entry.at(-1).resource.issue;
    expect(issue.diagnostics).toMatch(words);
    expect(issue.details.text).toBe(issue.diagnostics);
  });
});

describe('trap 27: parts of resources', () => {
  test('are marked as such', async () => {
    const { hospital, patient } = await ward(1);

    for (const query of ['_summary=true', '_summary=data', '_elements=code']) {
      const { body } = await hospital.get(`/fhir/Observation?patient=${patient}&${query}`);
      expect(body.entry[0].resource.meta.tag, query).toContainEqual(expect.objectContaining({ code: 'SUBSETTED' }));
    }
    const { body } = await hospital.get(`/fhir/Observation?patient=${patient}&_elements=code`);
    expect(body.entry[0].resource).not.toHaveProperty('effectiveDateTime');
    expect((await hospital.get(`/fhir/Observation?patient=${patient}&_summary=false`)).body.entry[0].resource.meta.tag).toBeUndefined();
  });
});
