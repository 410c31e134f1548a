import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { referencesTo } from '../support/bundles.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { permit, publish, publishExamination } from '../support/recognition.ts';
import { bloodCount, HGB, type Person, patientOf, somebody, WBC } from '../support/reports.ts';

const gateway = useGateway();

const HOUR_MS = 3_600_000;
const ago = (hours: number): Date => new Date(Date.now() - hours * HOUR_MS);

interface Found {
  readonly resource: { readonly id: string; readonly resourceType: string };
  readonly search: { readonly mode: string };
}

/** A clinician's hospital with a consent of the person, two others that publish, and the address to look up. */
async function clinic(person: Person) {
  const [reader, one, other] = [await gateway.register(), await gateway.register(), await gateway.register()];
  await permit(reader, person);
  const { body } = await reader.get(`/fhir/Patient?identifier=${encodeURIComponent(`urn:oid:2.16.156.10011.1.3|${person.idCard}`)}`);
  return { reader, one, other, address: `/fhir/Patient/${body.entry[0].resource.id}/$prior-results` };
}

async function lookUp(reader: CallingSystem, url: string): Promise<{ reports: string[]; parts: string[]; next: string | undefined }> {
  const { status, body, text } = await reader.get(url);
  if (status !== 200) throw new Error(text);
  const entries = (body.entry ?? []) as Found[];
  const next = body.link.find((it: { relation: string }) => it.relation === 'next')?.url as string | undefined;
  return {
    reports: entries.filter((it) => it.search.mode === 'match').map((it) => it.resource.id),
    parts: entries.filter((it) => it.search.mode === 'include').map((it) => `${it.resource.resourceType}/${it.resource.id}`),
    next: next?.replace('http://gateway.test', ''),
  };
}

test('reports of every institution, newest first, with their Observations and ImagingStudies', async () => {
  const person = somebody();
  const { reader, one, other, address } = await clinic(person);
  const old = await publish(one, { person, at: ago(48) });
  const image = await publishExamination(other, person, 'CT-CHEST-PLAIN', ago(24));
  const own = await publish(reader, { person, at: ago(12) });
  const fresh = await one.post('/fhir', bloodCount({ person, number: randomUUID(), at: ago(1) }));

  const { reports, parts } = await lookUp(reader, address);

  expect(reports).toEqual([referencesTo(fresh.body, 'DiagnosticReport')[0]?.split('/')[1], own, image, old]);
  expect(parts.filter((it) => it.startsWith('Observation/'))).toHaveLength(6);
  expect(parts).toEqual(expect.arrayContaining([...referencesTo(fresh.body, 'Observation')]));
  expect(parts.filter((it) => it.startsWith('ImagingStudy/'))).toHaveLength(1);
});

test('pages lead through all of it once, each with the parts of its own reports', async () => {
  const person = somebody();
  const { reader, one, other, address } = await clinic(person);
  const at = ago(5);
  const published = [];
  for (let index = 0; index < 5; index++)
    published.push(await publish(index % 2 ? one : other, { person, at: index < 3 ? at : ago(index + 5), analytes: [WBC] }));

  for (const count of [1, 2, 3, 5, 50]) {
    const found: string[] = [];
    for (let url: string | undefined = `${address}?_count=${count}`; url; ) {
      const page = await lookUp(reader, url);
      expect(page.reports.length).toBeLessThanOrEqual(count);
      expect(page.parts).toHaveLength(page.reports.length);
      found.push(...page.reports);
      url = page.next;
    }
    expect(found.toSorted()).toEqual(published.toSorted());
  }
});

describe('narrowed', () => {
  test('to an item: by the codes of a result, or of the report itself', async () => {
    const person = somebody();
    const { reader, one, address } = await clinic(person);
    const both = await publish(one, { person, at: ago(3), analytes: [WBC, HGB] });
    const red = await publish(one, { person, at: ago(2), analytes: [HGB] });

    expect((await lookUp(reader, `${address}?item=WBC`)).reports).toEqual([both]);
    expect((await lookUp(reader, `${address}?item=HGB`)).reports).toEqual([red, both]);
    expect((await lookUp(reader, `${address}?item=CT-CHEST-PLAIN`)).reports).toEqual([]);
    const image = await publishExamination(one, person, 'CT-CHEST-PLAIN', ago(1));
    expect((await lookUp(reader, `${address}?item=CT-CHEST-PLAIN`)).reports).toEqual([image]);
  });

  test('to a kind', async () => {
    const person = somebody();
    const { reader, one, address } = await clinic(person);
    const blood = await publish(one, { person });
    const image = await publishExamination(one, person, 'CT-CHEST-PLAIN', ago(2));

    expect((await lookUp(reader, `${address}?kind=laboratory`)).reports).toEqual([blood]);
    expect((await lookUp(reader, `${address}?kind=imaging`)).reports).toEqual([image]);
    expect((await lookUp(reader, `${address}?kind=pathology`)).reports).toEqual([]);
  });

  test('to what is not older than a time, which counts itself', async () => {
    const person = somebody();
    const { reader, one, address } = await clinic(person);
    const at = new Date(Math.floor(ago(24).getTime() / 1000) * 1000);
    const report = await publish(one, { person, at });
    const since = async (time: Date) => (await lookUp(reader, `${address}?since=${encodeURIComponent(time.toISOString())}`)).reports;

    expect([await since(at), await since(new Date(at.getTime() - 1000)), await since(new Date(at.getTime() + 1000))]).toEqual([
      [report],
      [report],
      [],
    ]);
    expect((await lookUp(reader, `${address}?since=2000`)).reports).toEqual([report]);
  });

  test.for<[string, string]>([
    ['item=NO-SUCH-ITEM', 'item'],
    ['kind=blood', 'kind'],
    ['since=yesterday', 'since'],
    ['since=2026-02-30', 'since'],
    ['_count=0', '_count'],
    ['_count=-1', '_count'],
    ['_count=many', '_count'],
    ['_after=x', '_after'],
    ['code=6690-2', 'code'],
    ['item=WBC&item=HGB', 'item'],
    ['kind=laboratory&kind=imaging', 'kind'],
  ])('by %s: 400 that names it', async ([query, name]) => {
    const person = somebody();
    const { reader, address } = await clinic(person);

    expect(await reader.get(`${address}?${query}`)).toMatchObject({
      status: 400,
      body: { issue: [{ code: 'value', expression: [name] }] },
    });
  });

  test('no more than a hundred at a time, whatever is asked', async () => {
    const person = somebody();
    const { reader, address } = await clinic(person);

    expect((await reader.get(`${address}?_count=1000000`)).status).toBe(200);
  });
});

test('what was corrected is shown as it is now, what was withdrawn not at all', async () => {
  const person = somebody();
  const { reader, one, address } = await clinic(person);
  const number = randomUUID();
  const report = await publish(one, { person, number, analytes: [WBC, HGB] });
  await publish(one, { person, number, analytes: [{ ...WBC, value: '7.250' }], status: 'corrected' });

  const answer = await reader.get(address);
  expect(answer.text).toContain('"value":7.250,');
  expect(answer.text).not.toContain('"value":6.10,');
  expect(answer.body.entry).toHaveLength(2);

  await publish(one, { person, number, status: 'entered-in-error' });
  expect((await lookUp(reader, address)).reports).not.toContain(report);
});

test('only what the consent covers, and its parts with it', async () => {
  const person = somebody();
  const [reader, one] = [await gateway.register(), await gateway.register()];
  const { body } = await reader.post('/fhir/Patient', patientOf(person));
  const [blood, image] = [await publish(one, { person }), await publishExamination(one, person, 'CT-CHEST-PLAIN', ago(2))];
  const address = `/fhir/Patient/${body.id}/$prior-results`;

  await permit(reader, person, { categories: ['imaging'] });
  const first = await lookUp(reader, address);
  await permit(reader, person, { categories: ['laboratory'] });
  const second = await lookUp(reader, address);

  expect(first.reports).toEqual([image]);
  expect(first.parts.every((it) => it.startsWith('ImagingStudy/'))).toBe(true);
  expect(second.reports.toSorted()).toEqual([blood, image].toSorted());
});

test('the scope is that of a search on reports', async () => {
  const reader = await gateway.register({ scopes: ['system/DiagnosticReport.r', 'system/Observation.rs'] });

  expect(await reader.get(`/fhir/Patient/${'1'.repeat(32)}/$prior-results`)).toMatchObject({
    status: 403,
    body: { issue: [{ code: 'forbidden' }] },
  });
});

test('the look-up is in the access log before it is answered, with every report it showed', async () => {
  const person = somebody();
  const { reader, one, address } = await clinic(person);
  const report = await publish(one, { person });

  await lookUp(reader, `${address}?item=WBC`);

  const { rows } = await gateway.db.$client.query(
    "select action, outcome, entities, query, practitioner_value as clinician from access_log where institution = $1 and interaction = 'priorResults'",
    [reader.institution],
  );
  expect(rows).toEqual([
    { action: 'E', outcome: 0, entities: [`DiagnosticReport/${report}/_history/1`], query: `GET ${address}?item=WBC`, clinician: 'D-1001' },
  ]);
});
