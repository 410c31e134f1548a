import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { monthBegins } from '../../src/beijing-time.ts';
import { countRepeats } from '../../src/repeats/count-repeats.ts';
import { LIS, put } from '../catalogue/mappings/mappings.ts';
import { cdsClient, draftOrder, signing } from '../support/cds.ts';
import { useGateway } from '../support/gateway.ts';
import { amendCatalogue, permit, publish, publishBundle, publishExamination } from '../support/recognition.ts';
import { checked, examine, findingsOf, leadsOf, outcomeOf, recognise, refuse, scene } from '../support/repeats.ts';
import { beijing, bloodCount, HGB, ID_CARD, somebody, WBC } from '../support/reports.ts';

const gateway = useGateway();
const HOUR = 3_600_000;

beforeAll(async () => {
  await amendCatalogue(gateway.databaseUrl, {
    DUO: { name_zh: '两项', name_en: 'Two of a blood count', unit: null },
    WBC: { panels: ['DUO'] },
    HGB: { panels: ['DUO'] },
  });
  // So that an examination of years ago was one of the list.
  const owner = new pg.Client({ connectionString: gateway.databaseUrl });
  await owner.connect();
  await owner.query(
    "update catalogue_editions set effective_from = '2020-01-01' where effective_from = (select min(effective_from) from catalogue_editions)",
  );
  await owner.end();
});

test('a panel that was refused explains its members; one that was recognised is undone by the examination of one', async () => {
  const both = { more: { analytes: [WBC, HGB] } };
  const [refused, recognised] = [await scene(gateway, both), await scene(gateway, both)];
  await refuse(refused.receiver, await checked(refused, {}, ['DUO']), 'DUO');
  await recognise(recognised.receiver, await checked(recognised, {}, ['DUO']), 'DUO');

  const [first, second] = [await examine(refused, { analytes: [WBC, HGB] }), await examine(recognised, { analytes: [HGB] })];

  expect(await findingsOf(gateway, first)).toMatchObject([
    { item: 'HGB', outcome: 'explained' },
    { item: 'WBC', outcome: 'explained' },
  ]);
  expect(await outcomeOf(gateway, second)).toBe('repeated');
  const { rows } = await gateway.db.$client.query('select kind, item from savings_entries where institution = $1 order by kind', [
    recognised.receiver.institution,
  ]);
  expect(rows).toEqual([
    { kind: 'reversal', item: 'DUO' },
    { kind: 'saving', item: 'DUO' },
  ]);
});

test('a card of order entry is named as a reminder, and its feedback explains however late it comes', async () => {
  const it = await scene(gateway);
  const client = await cdsClient(gateway.app, it.receiver);
  const { cards } = (await client.call(signing(it.person, [draftOrder('o1', 'WBC')]))).body;
  const report = await examine(it);
  const before = await outcomeOf(gateway, report);
  const [lead] = await leadsOf(it.reviewer);
  const shown = await it.reviewer.get(`/v1/leads/${lead?.id}`);

  await client.feedback({
    card: cards[0].uuid,
    outcome: 'overridden',
    overrideReason: { reason: { code: '1', system: 'https://tongjian.example/fhir/CodeSystem/reason-national-2022' } },
  });

  expect(before).toBe('unexplained');
  expect(shown.body.evidence.check).toMatchObject({ isReminded: true });
  expect(await outcomeOf(gateway, report)).toBe('explained');
});

test('who asked at no check is named by the order, and what came after the order was not known', async () => {
  const it = await scene(gateway, { more: { analytes: [HGB] } });
  const orderedAt = new Date();
  const ordered = async (analytes: readonly (typeof WBC)[]) => {
    const bundle = JSON.parse(bloodCount({ person: it.person, number: randomUUID(), analytes, at: new Date() }));
    const [patient, order, doctor] = [bundle.entry.at(-1).fullUrl, `urn:uuid:${randomUUID()}`, `urn:uuid:${randomUUID()}`];
    bundle.entry[0].resource.basedOn = [{ reference: order }];
    const entry = (fullUrl: string, resource: Record<string, unknown>) => ({
      fullUrl,
      resource,
      request: { method: 'POST', url: String(resource['resourceType']) },
    });
    bundle.entry.push(
      entry(order, {
        resourceType: 'ServiceRequest',
        status: 'completed',
        intent: 'order',
        subject: { reference: patient },
        authoredOn: beijing(orderedAt),
        requester: { reference: doctor },
      }),
      entry(doctor, { resourceType: 'Practitioner', identifier: [{ system: 'urn:doctors', value: 'D-77' }], name: [{ text: '王芳' }] }),
    );
    return await publishBundle(it.receiver, JSON.stringify(bundle));
  };
  await publish(it.source, { person: it.person, analytes: [WBC] });

  expect(await outcomeOf(gateway, await ordered([WBC]))).toBe('nothing');
  expect(await outcomeOf(gateway, await ordered([HGB]))).toBe('unexplained');
  expect(await leadsOf(it.reviewer)).toMatchObject([{ doctor: { system: 'urn:doctors', value: 'D-77', name: '王芳' } }]);
});

test('a report that names its visit is explained by a refusal of that visit, whatever its window', async () => {
  const it = await scene(gateway);
  await refuse(it.receiver, await checked(it, { encounter: 'OP-9' }));
  const withVisit = async (number: string) => {
    const bundle = JSON.parse(bloodCount({ person: it.person, number: randomUUID(), analytes: [WBC], at: new Date() }));
    const visit = `urn:uuid:${randomUUID()}`;
    bundle.entry[0].resource.encounter = { reference: visit };
    const resource = {
      resourceType: 'Encounter',
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      identifier: [{ system: 'urn:visits', value: number }],
      subject: { reference: bundle.entry.at(-1).fullUrl },
    };
    bundle.entry.push({ fullUrl: visit, resource, request: { method: 'POST', url: 'Encounter' } });
    return await publishBundle(it.receiver, JSON.stringify(bundle));
  };

  expect(await outcomeOf(gateway, await withVisit('OP-9'))).toBe('explained');
  // Another visit, but within the time in which the refused result could have been recognised.
  expect(await outcomeOf(gateway, await withVisit('OP-10'))).toBe('explained');
});

test('own results, and those of nobody’s consent for the kind, are nothing to recognise', async () => {
  const own = await scene(gateway, { more: { analytes: [HGB] } });
  await publish(own.receiver, { person: own.person, analytes: [WBC] });
  const narrow = await scene(gateway, { consents: false });
  await permit(narrow.receiver, narrow.person, { categories: ['imaging'] });

  expect([await outcomeOf(gateway, await examine(own)), await outcomeOf(gateway, await examine(narrow))]).toEqual(['nothing', 'nothing']);
});

test('a local code counts as the item by the mappings of then', async () => {
  const it = await scene(gateway);
  const local = { code: { coding: [{ system: LIS, code: 'L-WBC' }] } };
  const bundle = () => {
    const made = JSON.parse(bloodCount({ person: it.person, number: randomUUID(), analytes: [WBC], at: new Date() }));
    Object.assign(made.entry[1].resource, local);
    return JSON.stringify(made);
  };
  const before = await publishBundle(it.receiver, bundle());
  await put(it.receiver, [{ system: LIS, code: 'L-WBC', item: 'WBC', equivalence: 'equivalent' }]);
  const after = await publishBundle(it.receiver, bundle());

  expect(await findingsOf(gateway, before)).toEqual([]);
  expect(await outcomeOf(gateway, after)).toBe('unexplained');
});

test('an image that could be retrieved then is one, and a report that is a result itself is compared by its own code', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  await publishExamination(source, person, 'CT-CHEST-PLAIN', new Date(Date.now() - HOUR));
  await permit(receiver, person);
  const first = await publishExamination(receiver, person, 'CT-CHEST-PLAIN', new Date());
  await gateway.db.$client.query(
    `insert into resource_versions (person, id, version, type, institution, recorded_at, content)
     select v.person, v.id, v.version + 1, v.type, v.institution, now(), replace(v.content, '"available"', '"cancelled"')
       from resource_versions v where v.type = 'ImagingStudy' and v.institution = $1`,
    [source.institution],
  );
  const second = await publishExamination(receiver, person, 'CT-CHEST-PLAIN', new Date());

  expect([await outcomeOf(gateway, first), await outcomeOf(gateway, second)]).toEqual(['unexplained', 'nothing']);
});

test('two keys that were joined later were two people then', async () => {
  const it = await scene(gateway, { consents: false });
  const elsewhere = { ...it, person: somebody() };
  const first = await examine(elsewhere);
  await permit(it.receiver, elsewhere.person);
  const [a, b] = [it.prior, first].map((report) => BigInt(`0x${report.slice(0, 16)}`));
  await gateway.db.$client.query(
    'insert into person_links (person, other, institution, linked_at) values ($1, $2, $3, $4), ($2, $1, $3, $4)',
    [a, b, it.receiver.institution, new Date()],
  );
  const second = await examine(elsewhere);

  expect([await outcomeOf(gateway, first), await outcomeOf(gateway, second)]).toEqual(['nothing', 'unexplained']);
});

test('a report that is only announced is not compared, and is when it was made', async () => {
  const it = await scene(gateway);
  const number = randomUUID();
  const report = await examine(it, { number, status: 'registered' });
  const before = await findingsOf(gateway, report);
  await examine(it, { number });

  expect(before).toEqual([]);
  expect(await outcomeOf(gateway, report)).toBe('unexplained');
});

test('a measurement that is changed by itself has its report compared again', async () => {
  const it = await scene(gateway);
  const report = await examine(it);
  await gateway.app.rounds.runAll();
  const { body } = await it.receiver.get(`/fhir/Observation?patient.identifier=${ID_CARD}|${it.person.idCard}&_count=5`);
  const observation = body.entry
    .map((one: { resource: { id: string; code: object } }) => one.resource)
    .find((one: { meta: { source?: string }; id: string }) => one.id.startsWith(report.slice(0, 16)));
  const answer = await it.receiver.put(`/fhir/Observation/${observation.id}`, { ...observation, status: 'entered-in-error' });

  expect(answer.status).toBe(200);
  expect(await outcomeOf(gateway, report)).toBe('withdrawn');
});

test('examinations are counted by the day of Beijing, each as it stands', async () => {
  const it = await scene(gateway, { more: { at: new Date(Date.now() - HOUR) } });
  const quiet = { ...it, person: somebody() };
  // The last moment of a leap day and the first of the next month: long ago, so that nothing was known.
  await examine(quiet, { at: new Date('2024-02-29T15:59:59.999Z') });
  await examine(quiet, { at: new Date('2024-02-29T16:00:00.000Z') });
  await examine(it);
  const gone = randomUUID();
  await examine(quiet, { at: new Date('2024-02-29T10:00:00Z'), number: gone });
  await gateway.app.rounds.runAll();
  await examine(quiet, { at: new Date('2024-02-29T10:00:00Z'), number: gone, status: 'entered-in-error' });
  await gateway.app.rounds.runAll();

  const { institution } = it.receiver;
  const count = async (from: Date, until: Date) =>
    (await countRepeats(gateway.db, [{ institution, from, until }]))
      .flat()
      .filter(({ item, source }) => item === 'WBC' && source === 0)
      .map(({ examinations, repeats }) => ({ examinations, repeats }));
  const [february, march, april] = ['2024-02', '2024-03', '2024-04'].map(monthBegins) as [Date, Date, Date];
  expect(await count(february, march)).toEqual([{ examinations: 1, repeats: 0 }]);
  expect(await count(march, april)).toEqual([{ examinations: 1, repeats: 0 }]);
  expect(await count(new Date(Date.now() - HOUR), new Date(Date.now() + HOUR))).toEqual([{ examinations: 1, repeats: 1 }]);
});
