import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Answer, type CallingSystem, useGateway } from './support/gateway.ts';
import { check, permit, publish } from './support/recognition.ts';
import { type Analyte, bloodCount, ID_CARD, type Person, somebody } from './support/reports.ts';
import { statementsOf } from './support/statements.ts';

const gateway = useGateway();
const HOUR = 3_600_000;

/** Items whose results stay recognisable for days, so that an hour of age does not matter. */
const ITEMS = [
  { item: 'TP', loinc: '2885-2', value: '70.1', unit: 'g/L' },
  { item: 'ALB', loinc: '1751-7', value: '42.0', unit: 'g/L' },
  { item: 'GLU', loinc: '14749-6', value: '5.10', unit: 'mmol/L' },
  { item: 'K', loinc: '2823-3', value: '4.02', unit: 'mmol/L' },
  { item: 'NA', loinc: '2951-2', value: '140', unit: 'mmol/L' },
  { item: 'CL', loinc: '2075-0', value: '102', unit: 'mmol/L' },
] as const;
const MANY = ITEMS.length;

/** Prepares everything for a request about so many results, reports, items or exceptions; answers the request. */
type Prepare = (size: number) => Promise<() => Promise<Answer>>;

/** Statements that a request takes beside `begin` and `commit`, the access log included. */
const TABLE: readonly [door: string, situation: string, statements: number, prepare: Prepare][] = [
  ['publish', 'of a new patient', 8, (results) => publication({ results, isKnown: false })],
  ['publish', 'of a patient that is known', 4, (results) => publication({ results, isKnown: true })],
  ['publish', 'the same again', 2, (results) => publication({ results, isKnown: true, isRepeated: true })],
  ['read', 'a report of the own institution', 2, (reports) => look(reports, 'own', ({ report }) => `/fhir/DiagnosticReport/${report}`)],
  ['read', 'a report of another one', 4, (reports) => look(reports, 'other', ({ report }) => `/fhir/DiagnosticReport/${report}`)],
  [
    'search',
    'own reports, where nothing of others is permitted',
    5,
    (reports) => look(reports, 'own', ({ patient }) => `/fhir/DiagnosticReport?patient=${patient}&category=LAB`),
  ],
  [
    'search',
    "others' reports",
    4,
    (reports) => look(reports, 'other', ({ patient }) => `/fhir/DiagnosticReport?patient=${patient}&category=LAB`),
  ],
  [
    'priorResults',
    'with consent',
    4,
    (reports) => look(reports, 'other', ({ patient }) => `/fhir/Patient/${patient}/$prior-results?_count=50`),
  ],
  ['check', 'with consent', 7, (items) => question(items, true)],
  ['check', 'without', 6, (items) => question(items, false)],
  ['decide', 'recognised', 8, (items) => answers(items, () => 'recognised')],
  ['decide', 'recognised, of who is insured', 9, (items) => answers(items, () => 'recognised', { insurance: 'employee' })],
  ['decide', 'not recognised', 4, (items) => answers(items, () => 'not-recognised')],
  ['decide', 'both', 9, (items) => answers(items + 1, (index) => (index === 0 ? 'not-recognised' : 'recognised'))],
  ['decide', 'the same again', 4, (items) => answers(items, () => 'recognised', {}, true)],
  ['citeDecision', 'for the first time', 5, (items) => about(items, 'citation')],
  ['citeDecision', 'again', 3, (items) => about(items, 'citation', true)],
  ['revokeDecision', 'for the first time', 5, (items) => about(items, 'revocation')],
  ['revokeDecision', 'again', 3, (items) => about(items, 'revocation', true)],
  ['recordConsent', 'of a new patient', 13, (exceptions) => consent(exceptions, 'new')],
  ['recordConsent', 'of a patient known by identifier', 6, (exceptions) => consent(exceptions, 'by-identifier')],
  ['recordConsent', 'of a patient known by id', 6, (exceptions) => consent(exceptions, 'by-id')],
  ['withdrawConsent', 'for the first time', 5, (exceptions) => withdrawal(exceptions, false)],
  ['withdrawConsent', 'again', 6, (exceptions) => withdrawal(exceptions, true)],
];

test.for(TABLE)('%s, %s: %i statements, for one as for many', async ([, , statements, prepare]) => {
  for (const size of [1, MANY]) {
    const request = await prepare(size);
    let answer: Answer | undefined;

    const sent = await statementsOf(async () => {
      answer = await request();
    });

    expect(answer?.status, answer?.text).toBeLessThan(300);
    const counted = sent.filter((it) => it !== 'begin' && it !== 'commit');
    expect(counted.length, `${size}: ${counted.join(', ')}`).toBe(statements);
  }
});

function analytes(count: number): readonly Analyte[] {
  return ITEMS.slice(0, count);
}

async function publication({ results, isKnown, isRepeated = false }: { results: number; isKnown: boolean; isRepeated?: boolean }) {
  const hospital = await gateway.register();
  const person = somebody();
  // What is sensitive is remembered from one publication of the institution to the next.
  await publish(hospital, { person: isKnown ? person : somebody(), analytes: analytes(1) });
  const bundle = bloodCount({ person, number: randomUUID(), analytes: analytes(results) });
  if (isRepeated) await hospital.post('/fhir', bundle);
  return () => hospital.post('/fhir', bundle);
}

/** A person with so many reports, each of so many results, at one hospital, and another one that has the consent. */
async function ward(reports: number, results: number) {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  let report = '';
  for (let index = 0; index < reports; index++) {
    report = await publish(source, { person, analytes: analytes(results), at: new Date(Date.now() - (index + 1) * HOUR) });
  }
  const consented = await permit(receiver, person);
  return { source, receiver, person, report, consented };
}

async function patientIdOf(hospital: CallingSystem, person: Person): Promise<string> {
  const { body } = await hospital.get(`/fhir/Patient?identifier=${encodeURIComponent(`${ID_CARD}|${person.idCard}`)}`);
  return body.entry[0].resource.id as string;
}

async function look(reports: number, whose: 'own' | 'other', address: (about: { report: string; patient: string }) => string) {
  const { source, receiver, person, report } = await ward(reports, reports);
  const looker = whose === 'own' ? source : receiver;
  const url = address({ report, patient: await patientIdOf(looker, person) });
  return () => looker.get(url);
}

async function question(items: number, isPermitted: boolean) {
  const { receiver, person, consented } = await ward(items, items);
  if (!isPermitted) await receiver.post(`/v1/consents/${consented}/withdrawal`, {});
  const asked = ITEMS.slice(0, items).map((it) => it.item);
  const request = () => check(receiver, person, asked, { insurance: 'employee' });
  // Reference data are asked for once, and again when they have changed.
  await request();
  return request;
}

type Say = 'recognised' | 'not-recognised';

async function answers(items: number, say: (index: number) => Say, claim: Record<string, unknown> = {}, isRepeated = false) {
  const { receiver, person } = await ward(1, MANY);
  const asked = ITEMS.slice(0, items).map((it) => it.item);
  const shown = await check(receiver, person, asked, claim);
  const decisions = asked.map((item, index) => {
    const decision = say(index);
    return { item, decision, ...(decision === 'recognised' ? {} : { reason: '2' }) };
  });
  const request = () => receiver.post('/v1/recognition-decisions', { check: shown.body.id, decisions });
  if (isRepeated) await request();
  return request;
}

async function about(items: number, door: 'citation' | 'revocation', isRepeated = false) {
  const { receiver, person } = await ward(1, MANY);
  const asked = ITEMS.slice(0, items).map((it) => it.item);
  const shown = await check(receiver, person, asked);
  const decided = await receiver.post('/v1/recognition-decisions', {
    check: shown.body.id,
    decisions: asked.map((item) => ({ item, decision: 'recognised' })),
  });
  const url = `/v1/recognition-decisions/${decided.body.decisions[0].id}/${door}`;
  const request = () => receiver.post(url, door === 'citation' ? {} : { reason: '患者病情变化，需复查' });
  if (isRepeated) await request();
  return request;
}

/** A permit for the institution that records it, with so many institutions whose results are excepted. */
async function permitOf(exceptions: number, receiver: CallingSystem, patient: object): Promise<object> {
  const excepted: CallingSystem[] = [];
  for (let index = 0; index < exceptions; index++) excepted.push(await gateway.register({ certified: false }));
  return {
    patient,
    decision: 'permit',
    grantee: { uscc: receiver.uscc },
    method: 'on-site-id-card',
    except: { publishedBy: excepted.map(({ uscc }) => ({ uscc })) },
  };
}

async function consent(exceptions: number, named: 'new' | 'by-identifier' | 'by-id') {
  const receiver = await gateway.register();
  const person = somebody();
  if (named !== 'new') await permit(receiver, person);
  const identified = { identifier: { system: ID_CARD, value: person.idCard }, name: person.name, birthDate: person.birthDate };
  const patient = named === 'by-id' ? { id: await patientIdOf(receiver, person) } : identified;
  const body = await permitOf(exceptions, receiver, patient);
  return () => receiver.post('/v1/consents', body);
}

async function withdrawal(exceptions: number, isRepeated: boolean) {
  const receiver = await gateway.register();
  const person = somebody();
  const identified = { identifier: { system: ID_CARD, value: person.idCard }, name: person.name, birthDate: person.birthDate };
  const { body } = await receiver.post('/v1/consents', await permitOf(exceptions, receiver, identified));
  const request = () => receiver.post(`/v1/consents/${body.id}/withdrawal`, {});
  if (isRepeated) await request();
  return request;
}
