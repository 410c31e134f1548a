import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { findSensitiveCodes } from '../../src/catalogue/mappings/find-sensitive-codes.ts';
import { reindex } from '../../src/resources/reindex.ts';
import { decodeId } from '../../src/resources/resource-id.ts';
import { referenceTo } from '../support/bundles.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { bloodCount, somebody } from '../support/reports.ts';

const gateway = useGateway();

const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
const LOINC_OF_HIV = '7918-6';

const labelled = (system: string, code: string) => ({ security: [{ system, code }] });

const ANALYTE = (loinc: string) => ({ loinc, value: '1', unit: '1' });

interface Wish {
  readonly loinc?: string;
  readonly report?: object;
  readonly observation?: object;
}

/** A report with one result, each with what is added to it; their references. */
async function publish(hospital: CallingSystem, { loinc = '6690-2', report = {}, observation = {} }: Wish) {
  const person = somebody();
  const bundle = JSON.parse(bloodCount({ person, number: randomUUID(), analytes: [{ loinc, value: '1', unit: '1' }] }));
  for (const { resource } of bundle.entry) {
    if (resource.resourceType === 'DiagnosticReport') Object.assign(resource, report);
    if (resource.resourceType === 'Observation') Object.assign(resource, observation);
  }
  const { status, body, text } = await hospital.post('/fhir', bundle);
  if (status !== 200) throw new Error(text);
  return { report: referenceTo(body, 'DiagnosticReport'), observation: referenceTo(body, 'Observation') };
}

async function labelsOf(reference: string): Promise<readonly string[] | null> {
  const key = decodeId(reference.split('/')[1] as string);
  const { rows } = await gateway.db.$client.query('select labels from resources where person = $1 and id = $2', [key?.person, key?.id]);
  return rows[0].labels;
}

/** The edition in force marks an item of the catalogue as sensitive. */
async function markHiv(): Promise<void> {
  const edition = `labels-${randomUUID().slice(0, 8)}`;
  await gateway.db.$client.query(
    "insert into catalogue_editions (edition, title, effective_from, loaded_at) values ($1, 'labels', date '2026-01-01' + (select count(*)::integer from catalogue_editions), now())",
    [edition],
  );
  await gateway.db.$client.query(
    `insert into catalogue_items (edition, code, kind, name_zh, name_en, loinc, window_basis, sensitivity)
     values ($1, 'HIV-AB', 'laboratory', '人类免疫缺陷病毒抗体', 'HIV antibody', $2, 'reported', 'HIV')`,
    [edition, LOINC_OF_HIV],
  );
}

describe('the labels of what is published', () => {
  test('none, where nothing says any', async () => {
    const hospital = await gateway.register();
    const { report, observation } = await publish(hospital, {});
    expect([await labelsOf(report), await labelsOf(observation)]).toEqual([null, null]);
  });

  test('its own, and of a report those of its parts; a result has those its report states, not those of other results', async () => {
    const hospital = await gateway.register();
    const { report, observation } = await publish(hospital, {
      report: { meta: labelled(CONFIDENTIALITY, 'R') },
      observation: { meta: labelled(ACT_CODE, 'PSY') },
    });
    expect([await labelsOf(report), await labelsOf(observation)]).toEqual([
      ['PSY', 'R'],
      ['PSY', 'R'],
    ]);
  });

  test('a mark below normal opens nothing that does not carry it itself', async () => {
    const hospital = await gateway.register();
    const low = await publish(hospital, { report: { meta: labelled(CONFIDENTIALITY, 'L') } });
    expect([await labelsOf(low.report), await labelsOf(low.observation)]).toEqual([['L'], null]);
    const part = await publish(hospital, { observation: { meta: labelled(CONFIDENTIALITY, 'L') } });
    expect([await labelsOf(part.report), await labelsOf(part.observation)]).toEqual([null, ['L']]);
    const { meta: _, ...body } = (await hospital.get(`/fhir/${part.observation}`)).body;
    expect((await hospital.put(`/fhir/${part.observation}`, body)).status).toBe(200);
    expect(await labelsOf(part.observation)).toBeNull();
  });

  test('what a report contains gives it its labels', async () => {
    await markHiv();
    const hospital = await gateway.register();
    const hiv = {
      resourceType: 'Observation',
      id: 'hiv',
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: LOINC_OF_HIV }] },
    };
    const { report, observation } = await publish(hospital, {
      report: { contained: [hiv], extension: [{ url: 'http://example.org/part', valueReference: { reference: '#hiv' } }] },
    });
    expect([await labelsOf(report), await labelsOf(observation)]).toEqual([['HIV'], ['HIV']]);
  });

  test('an order and a document that go with a sensitive report are as sensitive; another result is not', async () => {
    await markHiv();
    const hospital = await gateway.register();
    const bundle = JSON.parse(
      bloodCount({ person: somebody(), number: randomUUID(), analytes: [ANALYTE(LOINC_OF_HIV), ANALYTE('6690-2')] }),
    );
    const report = bundle.entry
      .map((it: { resource: object }) => it.resource)
      .find((it: { resourceType: string }) => it.resourceType === 'DiagnosticReport');
    const [order, document] = [`urn:uuid:${randomUUID()}`, `urn:uuid:${randomUUID()}`];
    report.basedOn = [{ reference: order }];
    report.extension = [{ url: 'http://example.org/document', valueReference: { reference: document } }];
    const add = (fullUrl: string, resource: { resourceType: string }) =>
      bundle.entry.push({
        fullUrl,
        request: { method: 'POST', url: resource.resourceType },
        resource: { ...resource, subject: report.subject },
      });
    add(order, { resourceType: 'ServiceRequest', status: 'completed', intent: 'order' } as never);
    add(document, { resourceType: 'DocumentReference', status: 'current', content: [{ attachment: { title: '报告' } }] } as never);

    const { status, body, text } = await hospital.post('/fhir', bundle);

    expect(status, text).toBe(200);
    expect(await labelsOf(referenceTo(body, 'ServiceRequest'))).toEqual(['HIV']);
    expect(await labelsOf(referenceTo(body, 'DocumentReference'))).toEqual(['HIV']);
    const { rows } = await gateway.db.$client.query("select labels from resources where institution = $1 and type = 'Observation'", [
      hospital.institution,
    ]);
    expect(rows.map((it) => it.labels)).toEqual(expect.arrayContaining([null, ['HIV']]));
  });

  test('those of an earlier version stay with the one that follows, and a renewal of the index leaves them', async () => {
    const hospital = await gateway.register();
    const { observation } = await publish(hospital, { observation: { meta: labelled(ACT_CODE, 'HIV') } });
    const { meta: _, ...body } = (await hospital.get(`/fhir/${observation}`)).body;
    expect((await hospital.put(`/fhir/${observation}`, { ...body, status: 'corrected' })).status).toBe(200);
    expect(await labelsOf(observation)).toEqual(['HIV']);

    for await (const _ of reindex(gateway.db, 'Observation', undefined, (it) => findSensitiveCodes(gateway.db, it, new Date())));

    expect(await labelsOf(observation)).toEqual(['HIV']);
  });

  test('what the codes of a result say by the catalogue', async () => {
    await markHiv();
    const hospital = await gateway.register();
    const { report, observation } = await publish(hospital, { loinc: LOINC_OF_HIV });
    expect([await labelsOf(report), await labelsOf(observation)]).toEqual([['HIV'], ['HIV']]);
  });

  test('a part that gets a label later gives it to its report', async () => {
    const hospital = await gateway.register();
    const { report, observation } = await publish(hospital, { report: { meta: labelled(CONFIDENTIALITY, 'N') } });
    const { body } = await hospital.get(`/fhir/${observation}`);

    const put = await hospital.put(`/fhir/${observation}`, { ...body, meta: labelled(ACT_CODE, 'STD') });

    expect(put.status, put.text).toBe(200);
    expect([await labelsOf(report), await labelsOf(observation)]).toEqual([
      ['N', 'STD'],
      ['N', 'STD'],
    ]);
  });

  test('a report that names a result stored before takes its labels over, and keeps them with a new version', async () => {
    const hospital = await gateway.register();
    const { report, observation } = await publish(hospital, { observation: { meta: labelled(ACT_CODE, 'HIV') } });
    const { body } = await hospital.get(`/fhir/${report}`);

    const put = await hospital.put(`/fhir/${report}`, { ...body, conclusion: '复核', status: 'amended' });

    expect(put.status, put.text).toBe(200);
    expect(await labelsOf(report)).toEqual(['HIV']);
    expect(await labelsOf(observation)).toEqual(['HIV']);
  });

  test('what is deleted keeps them', async () => {
    const hospital = await gateway.register();
    const { body } = await hospital.post('/fhir/Observation', {
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'x' },
      meta: labelled(ACT_CODE, 'HIV'),
    });
    expect((await hospital.send('DELETE', `/fhir/Observation/${body.id}`)).status).toBeLessThan(300);
    expect(await labelsOf(`Observation/${body.id}`)).toEqual(['HIV']);
  });

  test('a renewal of the index makes them anew, by the catalogue of now', async () => {
    const hospital = await gateway.register();
    const { report, observation } = await publish(hospital, { loinc: LOINC_OF_HIV, observation: { meta: labelled(ACT_CODE, 'SEX') } });
    await gateway.db.$client.query("update resources set labels = '{PSY}' where institution = $1", [hospital.institution]);
    await markHiv();

    for await (const _ of reindex(gateway.db, undefined, undefined, (it) => findSensitiveCodes(gateway.db, it, new Date())));

    expect([await labelsOf(report), await labelsOf(observation)]).toEqual([
      ['HIV', 'SEX'],
      ['HIV', 'SEX'],
    ]);
  });
});
