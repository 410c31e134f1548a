import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { locationsOf, post, transaction, urn } from '../support/bundles.ts';
import { type CallingSystem, PUBLIC_URL, useGateway } from '../support/gateway.ts';
import { permit, publish } from '../support/recognition.ts';
import { ID_CARD, patientOf, somebody } from '../support/reports.ts';
import { statementsOf } from '../support/statements.ts';
import { crossReferenced, freshDomain, merge, revise, store } from './patients.ts';

const gateway = useGateway();

/** A hospital that knows one person twice, by numbers of its own, with a report under each. */
async function knownTwice() {
  const hospital = await gateway.register();
  const system = freshDomain();
  const other = freshDomain();
  const patients = [];
  for (const number of ['OLD', 'NEW']) {
    const id = await store(hospital, {
      identifier: [
        { system, value: number },
        { system: other, value: number },
      ],
      name: [{ text: '周晓岚' }],
    });
    patients.push({ id, number: `${system}|${number}`, beside: `${other}|${number}`, report: await reportAbout(hospital, id) });
  }
  const [old, survivor] = patients as [(typeof patients)[0], (typeof patients)[0]];
  return { hospital, system, old, survivor };
}

async function reportAbout(hospital: CallingSystem, id: string): Promise<string> {
  const subject = { reference: `Patient/${id}` };
  const { body } = await hospital.post('/fhir/DiagnosticReport', {
    resourceType: 'DiagnosticReport',
    status: 'final',
    code: { text: '血常规' },
    // The same text again would be the same report.
    conclusion: randomUUID(),
    subject,
  });
  return body.id;
}

/** Reports found from a Patient. */
async function reportsOf(reader: CallingSystem, id: string): Promise<readonly string[]> {
  const { body } = await reader.get(`/fhir/DiagnosticReport?patient=${id}`);
  return (body.entry ?? []).map((it: { resource: { id: string } }) => it.resource.id).toSorted();
}

describe('ITI-104: a Patient that is replaced by another', () => {
  test.for<[string, (survivor: { id: string; number: string }) => Record<string, unknown>]>([
    ['by its identifier', ({ number }) => ({ identifier: { system: number.split('|')[0], value: number.split('|')[1] } })],
    ['by its id', ({ id }) => ({ reference: `Patient/${id}` })],
    ['by its address', ({ id }) => ({ reference: `http://gateway.test/fhir/Patient/${id}` })],
  ])('leads to the survivor, named %s: its identifiers, and the reports of both', async ([, named]) => {
    const { hospital, old, survivor } = await knownTwice();
    expect(await reportsOf(hospital, old.id)).toEqual([old.report]);

    expect((await merge(hospital, old.id, named(survivor))).status).toBe(200);

    expect(await crossReferenced(hospital, old.number)).toEqual({
      status: 200,
      identifiers: [survivor.number, survivor.beside].toSorted(),
      ids: [survivor.id],
    });
    // The survivor's own set does not have the numbers that were merged into it.
    expect(await crossReferenced(hospital, survivor.number)).toEqual({ status: 200, identifiers: [survivor.beside], ids: [survivor.id] });
    for (const it of [old, survivor]) expect(await reportsOf(hospital, it.id)).toEqual([old.report, survivor.report].toSorted());
    // It stays readable as it is, and as it was.
    expect((await hospital.get(`/fhir/Patient/${old.id}`)).body).toMatchObject({ active: false, link: [{ type: 'replaced-by' }] });
    expect((await hospital.get(`/fhir/Patient/${old.id}/_history/1`)).status).toBe(200);
  });

  test.for<[string, Record<string, unknown>]>([
    ['without the link', { link: undefined }],
    ['active again', { active: true }],
    ['with a link of another kind', { link: [{ type: 'seealso', other: { display: '另一记录' } }] }],
  ])('is itself again by a version %s, and nothing is lost', async ([, changes]) => {
    const { hospital, old, survivor } = await knownTwice();
    await merge(hospital, old.id, { reference: `Patient/${survivor.id}` });
    const between = await reportAbout(hospital, old.id);

    expect((await revise(hospital, old.id, changes)).status).toBe(200);

    expect(await crossReferenced(hospital, old.number)).toEqual({ status: 200, identifiers: [old.beside], ids: [old.id] });
    expect(await crossReferenced(hospital, survivor.number)).toEqual({ status: 200, identifiers: [survivor.beside], ids: [survivor.id] });
    expect(await reportsOf(hospital, old.id)).toEqual([old.report, between].toSorted());
    expect(await reportsOf(hospital, survivor.id)).toEqual([survivor.report]);
    // Both events are evidence; nothing joins the two any more.
    expect(await evidence(hospital)).toEqual({ merges: 1, ends: 1, pairs: 0 });
  });

  test('is itself again where the merge was a mistake: under its own name', async () => {
    const { hospital, system } = await knownTwice();
    const survivor = (await hospital.post('/fhir/Patient', patientOf(somebody({ name: '周晓岚' })))).body.id;
    const other = await store(hospital, { identifier: [{ system, value: 'OTHER' }], name: [{ text: '林敏' }] });
    expect((await merge(hospital, other, { reference: `Patient/${survivor}` })).status).toBe(200);
    const report = await reportAbout(hospital, survivor);
    expect(await reportsOf(hospital, other)).toEqual([report]);

    expect((await revise(hospital, other, { active: true })).status).toBe(200);

    expect(await reportsOf(hospital, other)).toEqual([]);
  });

  test('can be merged again, and into another', async () => {
    const { hospital, system, old, survivor } = await knownTwice();
    const third = await store(hospital, { identifier: [{ system, value: 'THIRD' }] });
    await merge(hospital, old.id, { reference: `Patient/${survivor.id}` });
    await revise(hospital, old.id, { active: true });
    await merge(hospital, old.id, { reference: `Patient/${survivor.id}` });

    expect((await merge(hospital, old.id, { reference: `Patient/${third}` })).status).toBe(200);

    expect(await crossReferenced(hospital, old.number)).toMatchObject({ ids: [third] });
    expect(await reportsOf(hospital, survivor.id)).toEqual([survivor.report]);
    expect(await evidence(hospital)).toEqual({ merges: 3, ends: 2, pairs: 2 });
  });

  test('said again in a later version is still the one merge', async () => {
    const { hospital, old, survivor } = await knownTwice();
    await merge(hospital, old.id, { reference: `Patient/${survivor.id}` });

    await revise(hospital, old.id, { gender: 'female' });

    expect(await evidence(hospital)).toEqual({ merges: 1, ends: 0, pairs: 2 });
  });

  test('that stays active, or has no such link, is not merged', async () => {
    const { hospital, old, survivor } = await knownTwice();
    const link = [{ type: 'replaced-by', other: { reference: `Patient/${survivor.id}` } }];

    await revise(hospital, old.id, { link });
    await revise(hospital, old.id, { link: [{ ...link[0], type: 'refer' }], active: false });

    expect(await evidence(hospital)).toEqual({ merges: 0, ends: 0, pairs: 0 });
  });

  test('names the one human being by a number that both records have', async () => {
    const { hospital, old, survivor } = await knownTwice();
    const shared = freshDomain();
    for (const { id } of [old, survivor]) {
      const { body } = await hospital.get(`/fhir/Patient/${id}`);
      await hospital.put(`/fhir/Patient/${id}`, { ...body, identifier: [...body.identifier, { system: shared, value: '1' }] });
    }
    expect((await crossReferenced(hospital, `${shared}|1`)).status).toBe(404);

    await merge(hospital, old.id, { reference: `Patient/${survivor.id}` });

    expect(await crossReferenced(hospital, `${shared}|1`)).toMatchObject({ status: 200, ids: [survivor.id] });
  });
});

test('a transaction may bring the survivor, and the one that it replaces, along', async () => {
  const hospital = await gateway.register();
  const system = freshDomain();
  const [survivor, old] = [urn(), urn()];
  const patient = (value: string, more: object) => ({ resourceType: 'Patient', identifier: [{ system, value }], ...more });
  const link = [{ type: 'replaced-by', other: { reference: survivor } }];

  const { status, body } = await hospital.post(
    '/fhir',
    transaction(post(patient('OLD', { active: false, link }), { fullUrl: old }), post(patient('NEW', {}), { fullUrl: survivor })),
  );

  expect(status).toBe(200);
  const id = locationsOf(body)[1]?.split('/')[1];
  expect(await crossReferenced(hospital, `${system}|OLD`)).toEqual({ status: 200, identifiers: [`${system}|NEW`], ids: [id] });
});

test('a chain leads to its end, and parts where it is parted', async () => {
  const hospital = await gateway.register();
  const system = freshDomain();
  const ids: string[] = [];
  for (const value of ['A', 'B', 'C']) ids.push(await store(hospital, { identifier: [{ system, value }] }));
  const [a, b, c] = ids as [string, string, string];
  await merge(hospital, a, { reference: `Patient/${b}` });
  await merge(hospital, b, { reference: `Patient/${c}` });

  for (const value of ['A', 'B']) {
    expect(await crossReferenced(hospital, `${system}|${value}`)).toEqual({ status: 200, identifiers: [`${system}|C`], ids: [c] });
  }
  await revise(hospital, b, { active: true, link: undefined });
  expect(await crossReferenced(hospital, `${system}|A`)).toEqual({ status: 200, identifiers: [`${system}|B`], ids: [b] });
  expect(await crossReferenced(hospital, `${system}|C`)).toEqual({ status: 200, identifiers: [], ids: [c] });
});

describe('a merge that cannot be: 422, and nothing is stored', () => {
  test.for<[string, (it: Awaited<ReturnType<typeof knownTwice>>) => Record<string, unknown>, string]>([
    ['with itself', ({ old }) => ({ reference: `Patient/${old.id}` }), 'rule-violated'],
    ['with itself, by its number', ({ old, system }) => ({ identifier: { system, value: old.number.split('|')[1] } }), 'rule-violated'],
    ['with a number nobody has', ({ system }) => ({ identifier: { system, value: 'NONE' } }), 'reference-unresolved'],
    ['with an id nobody has', () => ({ reference: `Patient/${'1'.repeat(32)}` }), 'reference-unresolved'],
    ['with a Patient elsewhere', () => ({ reference: 'https://elsewhere.example/fhir/Patient/1' }), 'reference-unresolved'],
    ['with a name alone', () => ({ display: '周晓岚' }), 'rule-violated'],
    ['with a number without a system', () => ({ identifier: { value: 'NEW' } }), 'rule-violated'],
  ])('%s', async ([, named, code]) => {
    const known = await knownTwice();
    const { hospital, old } = known;

    const answer = await merge(hospital, old.id, named(known));

    expect(answer).toMatchObject({ status: 422, body: { issue: [{ details: { coding: [{ code }] } }] } });
    expect((await hospital.get(`/fhir/Patient/${old.id}`)).headers['etag']).toBe('W/"1"');
    expect(await evidence(hospital)).toEqual({ merges: 0, ends: 0, pairs: 0 });
  });

  test('in a circle', async () => {
    const { hospital, old, survivor } = await knownTwice();
    await merge(hospital, old.id, { reference: `Patient/${survivor.id}` });

    const answer = await merge(hospital, survivor.id, { reference: `Patient/${old.id}` });

    expect(answer).toMatchObject({ status: 422, body: { issue: [{ details: { coding: [{ code: 'rule-violated' }] } }] } });
    expect(await evidence(hospital)).toEqual({ merges: 1, ends: 0, pairs: 2 });
  });

  test('into two Patients', async () => {
    const { hospital, system, old, survivor } = await knownTwice();
    const third = await store(hospital, { identifier: [{ system, value: 'THIRD' }] });
    const link = [survivor.id, third].map((it) => ({ type: 'replaced-by', other: { reference: `Patient/${it}` } }));

    expect((await revise(hospital, old.id, { active: false, link })).status).toBe(422);
  });

  test.for([
    [100, 200],
    [101, 422],
  ])('%i records of one person: %i', async ([count, expected]) => {
    const hospital = await gateway.register();
    const system = freshDomain();
    const fullUrls = Array.from({ length: count ?? 0 }, urn);
    const entries = fullUrls.map((fullUrl, index) => {
      const next = fullUrls[index + 1];
      const link = next === undefined ? {} : { active: false, link: [{ type: 'replaced-by', other: { reference: next } }] };
      return post({ resourceType: 'Patient', identifier: [{ system, value: `${index}` }], ...link }, { fullUrl });
    });

    const { status } = await hospital.post('/fhir', transaction(...entries));

    expect(status).toBe(expected);
    expect((await evidence(hospital)).pairs).toBe(expected === 200 ? 100 * 99 : 0);
  });

  test('of two people with different identity cards', async () => {
    const hospital = await gateway.register();
    const [one, other] = [await store(hospital, patientOf(somebody())), await store(hospital, patientOf(somebody()))];

    const answer = await merge(hospital, one, { reference: `Patient/${other}` });

    expect(answer).toMatchObject({ status: 422, body: { issue: [{ details: { coding: [{ code: 'identity-mismatch' }] } }] } });
  });

  test('nor by a document that comes later', async () => {
    const hospital = await gateway.register();
    const [first, second] = [somebody(), somebody()];
    const known = await store(hospital, patientOf(first));
    const unnamed = await store(hospital, { name: [{ text: second.name }] });
    await merge(hospital, unnamed, { reference: `Patient/${known}` });

    const answer = await revise(hospital, unnamed, patientOf(second));

    expect(answer).toMatchObject({ status: 422, body: { issue: [{ details: { coding: [{ code: 'identity-mismatch' }] } }] } });
  });

  test('with a Patient of another institution, by whatever name; the answer does not tell whether it is there', async () => {
    const { hospital, old } = await knownTwice();
    const stranger = await gateway.register();
    const system = freshDomain();
    const theirs = await store(stranger, { identifier: [{ system, value: '1' }] });

    const named = await merge(hospital, old.id, { identifier: { system, value: '1' } });
    const nobody = await merge(hospital, old.id, { identifier: { system, value: '2' } });

    expect(named.status).toBe(422);
    expect(named.text).toBe(nobody.text);
    expect((await merge(hospital, old.id, { reference: `Patient/${theirs}` })).status).toBe(422);
  });
});

describe('a merge and documents', () => {
  test('what documents joined stays joined when the merge is taken back', async () => {
    const [hospital, other] = [await gateway.register(), await gateway.register()];
    const person = somebody();
    const card = await store(hospital, patientOf(person));
    const unnamed = await store(hospital, { name: [{ text: person.name }] });
    const elsewhere = await store(other, { name: [{ text: person.name }] });
    await merge(hospital, unnamed, { reference: `Patient/${card}` });
    // The other hospital's record joins by its document while the merge is in force.
    expect((await revise(other, elsewhere, patientOf(person))).status).toBe(200);
    await permit(hospital, person);
    expect(await crossReferenced(hospital, `${ID_CARD}|${person.idCard}`)).toMatchObject({ ids: [card, elsewhere].toSorted() });
    expect(await crossReferenced(hospital, `${PUBLIC_URL}/fhir|Patient/${unnamed}`)).toMatchObject({ ids: [card, elsewhere].toSorted() });
    const [report, apart] = [await reportAbout(other, elsewhere), await reportAbout(hospital, unnamed)];
    expect(await reportsOf(hospital, unnamed)).toContain(apart);

    await revise(hospital, unnamed, { active: true, link: undefined });

    expect(await crossReferenced(hospital, `${ID_CARD}|${person.idCard}`)).toMatchObject({ ids: [card, elsewhere].toSorted() });
    expect(await reportsOf(hospital, unnamed)).toEqual([apart]);
    expect(await reportsOf(other, elsewhere)).toEqual([report]);
  });

  test('a consent counts for all that is one person, as long as it is', async () => {
    const [source, reader] = [await gateway.register(), await gateway.register()];
    const person = somebody();
    await publish(source, { person });
    const [known] = (await source.get('/fhir/Patient')).body.entry.map((it: { resource: { id: string } }) => it.resource.id);
    const unnamed = await store(source, { name: [{ text: person.name }] });
    const apart = await reportAbout(source, unnamed);
    const found = async () => {
      const { status, body } = await reader.get(`/fhir/Patient/${known}/$prior-results`);
      return { status, reports: (body.entry ?? []).map((it: { resource: { id: string } }) => it.resource.id) };
    };
    await permit(reader, person);
    expect((await found()).reports).not.toContain(apart);

    await merge(source, unnamed, { reference: `Patient/${known}` });
    expect(await reader.get(`/fhir/Patient/${unnamed}`)).toMatchObject({ status: 200 });

    await revise(source, unnamed, { active: true });
    expect(await reader.get(`/fhir/Patient/${unnamed}`)).toMatchObject({ status: 404 });
    expect((await found()).status).toBe(200);
  });
});

test('a publication without merges takes the statements it took; a new version of a Patient one to see whether it was merged', async () => {
  const hospital = await gateway.register();
  const system = freshDomain();
  const id = await store(hospital, { identifier: [{ system, value: randomUUID() }] });

  const created = await statementsOf(() => store(hospital, { identifier: [{ system, value: randomUUID() }] }));
  const { body } = await hospital.get(`/fhir/Patient/${id}`);
  const revised = await statementsOf(() => hospital.put(`/fhir/Patient/${id}`, { ...body, gender: 'female' }));

  expect(created).not.toContain('find-merges');
  expect(created).not.toContain('insert-documents');
  expect(revised.filter((it) => /merge|links/.test(it))).toEqual(['find-merges']);
});

/** What the merges of an institution left behind. */
async function evidence(hospital: CallingSystem): Promise<{ merges: number; ends: number; pairs: number }> {
  const { rows } = await gateway.db.$client.query(
    `with mine as (select distinct person from person_merges where institution = $1 union select survivor_person from person_merges where institution = $1)
     select (select count(*) from person_merges where institution = $1)::integer as merges,
            (select count(*) from person_merge_ends where person in (select person from mine))::integer as ends,
            (select count(*) from merged_persons where person in (select person from mine))::integer as pairs`,
    [hospital.institution],
  );
  return rows[0];
}
