import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { referenceTo } from '../support/bundles.ts';
import { fhirConsent } from '../support/consents.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { check } from '../support/recognition.ts';
import { bloodCount, ID_CARD, type Person, somebody } from '../support/reports.ts';

const gateway = useGateway();

const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const YEAR_MS = 365 * 86_400_000;

interface Published {
  readonly patient: string;
  readonly report: string;
  readonly observation: string;
}

/** A report with one result; `labels` mark the result alone. */
async function publish(hospital: CallingSystem, person: Person, at: Date, labels: readonly string[] = []): Promise<Published> {
  const bundle = JSON.parse(
    bloodCount({ person, number: randomUUID(), at, analytes: [{ loinc: '6690-2', value: '6.10', unit: '10*9/L' }] }),
  );
  for (const { resource } of bundle.entry) {
    if (resource.resourceType !== 'Observation' || labels.length === 0) continue;
    resource.meta = { security: labels.map((code) => ({ system: ACT_CODE, code })) };
  }
  const { status, body, text } = await hospital.post('/fhir', bundle);
  if (status !== 200) throw new Error(text);
  const [patient, report, observation] = ['Patient', 'DiagnosticReport', 'Observation'].map((it) => referenceTo(body, it));
  return { patient, report, observation } as Published;
}

/** A reader, a patient, a report of last week that is shown, and one of two years ago that is to be withheld. */
async function stage(labels: readonly string[] = []) {
  const [source, reader] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  const shown = await publish(source, person, new Date(Date.now() - 7 * 86_400_000));
  const hidden = await publish(source, person, new Date(Date.now() - 2 * YEAR_MS), labels);
  return { source, reader, person, shown, hidden };
}

type Stage = Awaited<ReturnType<typeof stage>>;

async function consent({ reader, person }: Pick<Stage, 'reader' | 'person'>, more: object): Promise<string> {
  const { status, body, text } = await reader.post('/v1/consents', {
    patient: { identifier: { system: ID_CARD, value: person.idCard }, name: person.name, birthDate: person.birthDate },
    decision: 'permit',
    method: 'on-site-id-card',
    ...more,
  });
  if (status !== 201) throw new Error(text);
  return body.id;
}

/** Everything that the faces say of the patient, in one text, and every total in it. */
async function lookEverywhere({ reader, person, shown, hidden }: Stage): Promise<{ text: string; totals: Record<string, number> }> {
  const { patient } = shown;
  const asked = {
    search: `/fhir/DiagnosticReport?patient=${patient}`,
    observations: `/fhir/Observation?patient=${patient}`,
    count: `/fhir/Observation?patient=${patient}&_summary=count`,
    include: `/fhir/DiagnosticReport?patient=${patient}&_include=DiagnosticReport:result`,
    reverse: `/fhir/Patient?_id=${patient.split('/')[1]}&_revinclude=Observation:subject&_revinclude=DiagnosticReport:subject`,
    chain: `/fhir/DiagnosticReport?patient=${patient}&result.code=6690-2`,
    has: `/fhir/Observation?patient=${patient}&_has:DiagnosticReport:result:status=final`,
    byDate: `/fhir/Observation?patient=${patient}&date=lt${new Date(Date.now() - YEAR_MS).toISOString().slice(0, 10)}`,
    paged: `/fhir/Observation?patient=${patient}&_count=1`,
    results: `/fhir/${patient}/$prior-results`,
    item: `/fhir/${patient}/$prior-results?item=WBC`,
  };
  const totals: Record<string, number> = {};
  let text = '';
  for (const [name, url] of Object.entries(asked)) {
    const answer = await reader.get(url);
    expect(answer.status, `${name} ${answer.text}`).toBe(200);
    const entries = (answer.body.entry ?? []) as { search?: { mode: string } }[];
    totals[name] = answer.body.total ?? entries.filter((it) => it.search?.mode === 'match').length;
    text += JSON.stringify(answer.body);
  }
  for (const it of [hidden.report, hidden.observation]) {
    for (const more of ['', '/_history', '/_history/1']) expect((await reader.get(`/fhir/${it}${more}`)).status, it + more).toBe(404);
  }
  text += (await check(reader, person, ['WBC'])).text;
  return { text, totals };
}

const idOf = (reference: string): string => reference.split('/')[1] as string;

/** No answer names the hidden report or result, and every count is that of one report with one result. */
async function expectHidden(about: Stage): Promise<void> {
  const { text, totals } = await lookEverywhere(about);
  expect(text).toContain(idOf(about.shown.observation));
  expect(text).not.toContain(idOf(about.hidden.report));
  expect(text).not.toContain(idOf(about.hidden.observation));
  const one = { search: 1, observations: 1, count: 1, include: 1, reverse: 1, chain: 1, has: 1, byDate: 0, paged: 1, results: 1, item: 1 };
  expect(totals).toEqual(one);
}

async function expectShown({ reader, hidden }: Stage): Promise<void> {
  for (const it of [hidden.report, hidden.observation]) expect((await reader.get(`/fhir/${it}`)).status).toBe(200);
}

describe('what a consent withholds leaves no trace on any face', () => {
  test('data of another time', async () => {
    const about = await stage();
    await consent(about, { dataFrom: new Date(Date.now() - YEAR_MS).toISOString().slice(0, 10) });
    await expectHidden(about);
  });

  test('a report that is excepted, with its results', async () => {
    const about = await stage();
    await consent(about, { except: { reports: [idOf(about.hidden.report)] } });
    await expectHidden(about);
  });

  test('what one institution published', async () => {
    const about = await stage();
    const other = await gateway.register();
    const hidden = await publish(other, about.person, new Date(Date.now() - 3 * YEAR_MS));
    await consent(about, { except: { publishedBy: [{ uscc: other.uscc }], reports: [idOf(about.hidden.report)] } });
    await expectHidden({ ...about, hidden });
  });

  test('sensitive results, which a general permit does not reach, with the report they are in', async () => {
    const about = await stage(['HIV']);
    await consent(about, {});
    await expectHidden(about);

    await consent(about, { sensitivities: ['PSY'] });
    await expectHidden(about);

    await consent(about, { sensitivities: ['HIV'] });
    await expectShown(about);
    const { entry } = (await about.reader.get(`/fhir/${about.shown.patient}/$prior-results`)).body;
    expect(entry.filter((it: { search: { mode: string } }) => it.search.mode === 'match')).toHaveLength(2);
  });

  test('what a denial by another hospital is about, named by its id in FHIR', async () => {
    const about = await stage();
    await consent(about, {});
    await expectShown(about);
    const { body: patient } = await about.reader.get(`/fhir/Patient?identifier=${encodeURIComponent(`${ID_CARD}|${about.person.idCard}`)}`);
    const own = patient.entry.map((it: { resource: { id: string } }) => it.resource.id);
    const denial = fhirConsent(own.at(-1), {
      type: 'deny',
      data: [{ meaning: 'instance', reference: { reference: about.hidden.report } }],
    });
    const answer = await about.source.post('/fhir/Consent', { ...denial, patient: { reference: about.hidden.patient } });
    expect(answer.status, answer.text).toBe(201);

    await expectHidden(about);
  });

  test('what belongs to an encounter', async () => {
    const about = await stage();
    const encounter = await about.source.post('/fhir/Encounter', {
      resourceType: 'Encounter',
      status: 'finished',
      class: { system: ACT_CODE, code: 'AMB' },
      subject: { reference: about.hidden.patient },
    });
    const reference = `Encounter/${encounter.body.id}`;
    const { body: report } = await about.source.get(`/fhir/${about.hidden.report}`);
    expect((await about.source.put(`/fhir/${about.hidden.report}`, { ...report, encounter: { reference } })).status).toBe(200);
    await consent(about, {});
    await expectShown(about);

    const denial = fhirConsent(idOf(about.hidden.patient), { type: 'deny', data: [{ meaning: 'related', reference: { reference } }] });
    expect((await about.source.post('/fhir/Consent', denial)).status).toBe(201);

    await expectHidden(about);
    expect((await about.reader.get(`/fhir/${reference}`)).status).toBe(404);
  });
});

test('whether what a consent names is there cannot be told from the answer', async () => {
  const { source, reader, person, hidden } = await stage();
  const { patient } = await publish(reader, person, new Date());
  for (const id of [idOf(hidden.report), `${idOf(hidden.report).slice(0, 28)}0000`]) {
    const data = [{ meaning: 'instance', reference: { reference: `DiagnosticReport/${id}` } }];
    const answer = await reader.post('/fhir/Consent', fhirConsent(idOf(patient), { type: 'permit', provision: [{ type: 'deny', data }] }));
    expect(answer.status, answer.text).toBe(201);
  }
  const stray = { ...fhirConsent(idOf(patient), { type: 'permit' }), sourceReference: { reference: hidden.report } };
  expect((await reader.post('/fhir/Consent', stray)).status).toBe(400);
  expect((await source.get(`/fhir/${hidden.report}`)).status).toBe(200);
});
