import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodeAccessId, encodeAccessId } from '../../src/access-log/access-entry-id.ts';
import type { AccessRow } from '../../src/access-log/access-log.queries.ts';
import { auditEvent } from '../../src/access-log/audit-event.rules.ts';
import { kindOf } from '../../src/access-log/audit-shapes.rules.ts';
import type { Institution } from '../../src/institutions/find-institution.ts';
import { departures } from '../support/balp.ts';

const BASE = 'https://exchange.example/fhir';
const BALP = 'https://profiles.ihe.net/ITI/BALP/StructureDefinition/';

const row: AccessRow = {
  person: 0x1234_5678_9abc_def0n,
  recordedAt: new Date('2026-03-01T12:00:00.123Z'),
  id: 0x0fed_cba9_8765_4321n,
  action: 'R',
  interaction: 'readResource',
  outcome: 0,
  failure: null,
  institution: 7,
  client: 'client-1',
  practitionerSystem: 'urn:oid:2.16.156.10011.1.4',
  practitionerValue: 'D-1001',
  practitionerName: '林敏',
  purpose: 'TREAT',
  reason: null,
  reviewDue: false,
  entities: ['DiagnosticReport/r1/_history/2'],
  consents: [],
  query: null,
  requestId: 'request-1',
  address: '10.1.2.3',
};
const hospital: Institution = {
  institution: 7,
  uscc: '11500000MB1670604W',
  name: '示例医院',
  level: 3,
  grade: null,
  district: '500112',
  active: true,
  organization: 'o1',
};
// biome-ignore lint/suspicious/noExplicitAny: tests look into the event's members.
const eventOf = (change: Partial<AccessRow> = {}, institution: Institution | undefined = hospital): any =>
  JSON.parse(JSON.stringify(auditEvent({ ...row, ...change }, institution, BASE)));
const search = {
  action: 'E',
  interaction: 'searchResources',
  query: 'GET Observation?patient=张三',
  entities: ['Observation/o1/_history/1'],
};

const decision = { action: 'E', interaction: 'decideConsent', entities: [], consents: ['Consent/c1/_history/1'] };
const disclosure = { action: 'R', interaction: 'exportAccessLog', entities: [], query: 'GET /v1/access-log?patient=x' };
const refusal = { ...decision, outcome: 4, failure: 'consent-required' };

describe('what an access is called', () => {
  test.for<[string, string, string]>([
    ['C', 'processBundle', 'create'],
    ['U', 'patchResource', 'patch'],
    ['U', 'patchByCriteria', 'patch'],
    ['R', 'exportAccessLog', 'disclosure'],
    ['R', 'exportSavings', 'disclosure'],
    ['R', 'exportLeads', 'disclosure'],
    ['R', 'exportRecalls', 'disclosure'],
    ['E', 'listSavings', 'search-type'],
    ['R', 'readResource', 'read'],
    ['R', 'readVersion', 'vread'],
    ['U', 'updateResource', 'update'],
    ['D', 'deleteResource', 'delete'],
    ['E', 'searchResourcesByPost', 'search-type'],
    ['E', 'listAccesses', 'search-type'],
    ['E', 'priorResults', 'search-type'],
    ['E', 'checkRecognition', 'operation'],
    ['E', 'issueToken', 'authentication'],
    ['R', 'showHistory', 'history-instance'],
    ['E', 'showTypeHistory', 'history-type'],
    // As a refusal is written down, by the verb of its door.
    ['R', 'showTypeHistory', 'history-type'],
    ['E', 'showSystemHistory', 'history-system'],
    ['E', 'decideConsent', 'decision'],
  ])('%s of %s is %s', ([action, interaction, kind]) => {
    expect(kindOf({ action, interaction })).toBe(kind);
  });
});

describe('the two ends', () => {
  const roles = (change: Partial<AccessRow>) =>
    eventOf(change).agent.map((it: never) => (it as { type: { coding: [{ code: string }] } }).type.coding[0].code);

  test.for<[string, Partial<AccessRow>, readonly string[]]>([
    ['a read: from the server to the client', {}, ['110152', '110153', 'IRCP', 'PROV']],
    ['a search: from the client to the server', search, ['110153', '110152', 'IRCP', 'PROV']],
    ['a creation: from the client, who is the author', { action: 'C', interaction: 'processBundle' }, ['110153', '110152', 'AUT', 'PROV']],
    [
      'a deletion: an application and the custodian',
      { action: 'D', interaction: 'deleteResource' },
      ['110150', 'custodian', 'AUT', 'PROV'],
    ],
    [
      'an authentication has no institution',
      { action: 'E', interaction: 'issueToken', practitionerValue: null },
      ['110150', 'AuthzOauthService'],
    ],
  ])('%s', ([, change, expected]) => {
    expect(roles(change)).toEqual(expected);
  });

  test('exactly one of them has asked for it', () => {
    const requestors = (change: Partial<AccessRow>) => eventOf(change).agent.filter((it: { requestor: boolean }) => it.requestor);
    expect(requestors({})).toMatchObject([{ who: { identifier: { value: 'D-1001' }, display: '林敏' } }]);
    expect(requestors({ practitionerValue: null })).toMatchObject([{ who: { identifier: { value: 'client-1' } } }]);
  });
});

describe('what it says', () => {
  test('the query is the request, base64 of its UTF-8 bytes, and names nothing that was found in its own entity', () => {
    const [query] = eventOf(search).entity;
    expect(Buffer.from(query.query, 'base64').toString('utf8')).toBe('GET Observation?patient=张三');
    expect(query).not.toHaveProperty('what');
  });

  test('the person is an entity, with the Patient where one was shown', () => {
    const patients = (change: Partial<AccessRow>) =>
      eventOf(change).entity.filter((it: { type: { code: string } }) => it.type.code === '1');
    expect(patients({})).toMatchObject([{ what: { identifier: { value: '123456789abcdef0' } } }]);
    expect(patients({ entities: ['Patient/p1/_history/1'] })).toMatchObject([{ what: { reference: 'Patient/p1/_history/1' } }]);
    expect(patients({ person: 0n })).toEqual([]);
  });

  test('what is no FHIR resource is named, not referred to', () => {
    const { entity } = eventOf({ action: 'E', interaction: 'decide', entities: ['RecognitionCheck/c1'] });
    expect(entity[0].what).toEqual({ identifier: { value: 'RecognitionCheck/c1' } });
  });

  test('an emergency has its reason and is due for review', () => {
    expect(eventOf({ purpose: 'BTG', reason: '昏迷', reviewDue: true })).toMatchObject({
      purposeOfEvent: [{ coding: [{ code: 'BTG' }], text: '昏迷' }],
      extension: [{ valueBoolean: true }],
      subtype: [{ code: 'read' }, { system: 'http://dicom.nema.org/resources/ontology/DCM', code: '110127' }, { code: 'readResource' }],
      agent: [{}, {}, { requestor: true, purposeOfUse: [{ coding: [{ code: 'BTG' }], text: '昏迷' }] }, {}],
    });
    expect(eventOf().subtype).toHaveLength(2);
  });

  test('the consents it rests on are entities, a policy is the clinician’s', () => {
    const policy = 'https://profiles.ihe.net/ITI/PCF/Policy-all-normal';
    const event = eventOf({ consents: ['Consent/c1/_history/2', policy] });
    expect(event.entity).toContainEqual({
      what: { reference: 'Consent/c1/_history/2' },
      type: { system: 'http://hl7.org/fhir/resource-types', code: 'Consent' },
    });
    expect(event.agent[2].policy).toEqual([policy]);
    expect(JSON.stringify(event.entity)).not.toContain(policy);
  });

  test('a decision names the request it was asked in beside its closed list of entities', () => {
    const event = eventOf(decision);
    expect(event).toMatchObject({ extension: [{ valueString: 'request-1' }], source: { observer: event.agent.at(-1).who } });
    expect(event.entity.map((it: { type: { code: string } }) => it.type.code)).toEqual(['1', 'Consent']);
  });

  test('a disclosure is one by its type, from this server to whoever exports', () => {
    const event = eventOf(disclosure);
    expect(event).toMatchObject({ type: { code: '110106' }, subtype: [{ code: 'disclose' }, { code: 'exportAccessLog' }], action: 'R' });
    expect(event.agent.map((it: never) => (it as { type: { coding: [{ code: string }] } }).type.coding[0].code)).toEqual([
      '110152',
      '110153',
      'IRCP',
      'PROV',
    ]);
    expect(Buffer.from(event.entity[0].query, 'base64').toString('utf8')).toBe(disclosure.query);
  });

  test('a refusal says why, and claims no profile', () => {
    const event = eventOf({ outcome: 4, failure: 'not-found', entities: [], query: 'GET /fhir/Observation/1' });
    expect(event).toMatchObject({ outcome: '4', outcomeDesc: 'not-found' });
    expect(event.meta).not.toHaveProperty('profile');
  });

  test('of nobody known it claims neither a client nor a purpose', () => {
    const nobody = {
      client: null,
      institution: null,
      practitionerValue: null,
      purpose: 'UNK',
      person: 0n,
      outcome: 4,
      failure: 'token-missing',
    };
    const event = eventOf(nobody, undefined);
    expect(event.agent[0].who).toEqual({ display: 'unknown' });
    expect(event).not.toHaveProperty('purposeOfEvent');
  });
});

test('the id leads back to the row, to the millisecond', () => {
  expect(decodeAccessId(encodeAccessId(row))).toEqual({ recordedAt: row.recordedAt, id: row.id });
  for (const wrong of [
    '',
    'x'.repeat(28),
    encodeAccessId(row).slice(1),
    `f${encodeAccessId(row).slice(1)}`,
    encodeAccessId(row).toUpperCase(),
  ]) {
    expect(decodeAccessId(wrong)).toBeUndefined();
  }
});

const SAMPLES = new URL('../../../shared/testdata/balp/', import.meta.url);

describe.skipIf(!existsSync(SAMPLES))('against the definitions of IHE BALP', () => {
  test.for<[string, Partial<AccessRow>, string]>([
    ['a read', {}, 'IHE.BasicAudit.PatientRead'],
    ['a read of a version', { interaction: 'readVersion' }, 'IHE.BasicAudit.PatientRead'],
    ['a read about nobody', { person: 0n, entities: ['Organization/o1/_history/1'] }, 'IHE.BasicAudit.Read'],
    ['a read without a clinician', { practitionerValue: null }, 'IHE.BasicAudit.PatientRead'],
    ['a search', search, 'IHE.BasicAudit.PatientQuery'],
    ['a search that found nothing', { ...search, person: 0n, entities: [] }, 'IHE.BasicAudit.Query'],
    [
      'a search that found much',
      { ...search, entities: ['Observation/1/_history/1', 'Observation/2/_history/1'] },
      'IHE.BasicAudit.PatientQuery',
    ],
    [
      'a publication of several resources',
      {
        action: 'C',
        interaction: 'processBundle',
        entities: ['Patient/1/_history/1', 'DiagnosticReport/2/_history/1', 'Observation/3/_history/1'],
      },
      'IHE.BasicAudit.PatientCreate',
    ],
    ['an update', { action: 'U', interaction: 'updateResource' }, 'IHE.BasicAudit.PatientUpdate'],
    ['a patch', { action: 'U', interaction: 'patchResource' }, 'IHE.BasicAudit.PatientUpdate'],
    ['a creation about nobody', { action: 'C', interaction: 'createResource', person: 0n }, 'IHE.BasicAudit.Create'],
    ['an update about nobody', { action: 'U', interaction: 'updateResource', person: 0n }, 'IHE.BasicAudit.Update'],
    ['a deletion', { action: 'D', interaction: 'deleteResource' }, 'IHE.BasicAudit.PatientDelete'],
    ['a deletion about nobody', { action: 'D', interaction: 'deleteResource', person: 0n }, 'IHE.BasicAudit.Delete'],
    [
      'a month that was pruned',
      { action: 'D', interaction: 'pruneAccessLog', person: 0n, institution: null, address: null },
      'IHE.BasicAudit.Delete',
    ],
    ['an export of a patient’s log', disclosure, 'IHE.BasicAudit.PrivacyDisclosure.Source'],
    [
      'a file of savings',
      { ...disclosure, interaction: 'exportSavings', entities: ['SavingsEntry/1', 'SavingsEntry/2'] },
      'IHE.BasicAudit.PrivacyDisclosure.Source',
    ],
    ['an export by a system alone', { ...disclosure, practitionerValue: null }, 'IHE.BasicAudit.PrivacyDisclosure.Source'],
    ['an emergency', { purpose: 'BTG', reason: '昏迷', reviewDue: true }, 'IHE.BasicAudit.PatientRead'],
    ['an emergency search', { ...search, purpose: 'ETREAT', reason: '昏迷', reviewDue: true }, 'IHE.BasicAudit.PatientQuery'],
    ['a read that rests on consents', { consents: ['Consent/c1/_history/1', 'Consent/c2/_history/1'] }, 'IHE.BasicAudit.PatientRead'],
    ['a permit', decision, 'IHE.BasicAudit.AuthZconsent'],
    ['a permit by several consents', { ...decision, consents: ['Consent/c1/_history/1', 'Consent/c2'] }, 'IHE.BasicAudit.AuthZconsent'],
    ['a decision against', refusal, 'IHE.BasicAudit.AuthZconsent'],
    [
      'a decision by the policy alone',
      { ...refusal, consents: ['https://profiles.ihe.net/ITI/PCF/Policy-deny'] },
      'IHE.BasicAudit.AuthZconsent',
    ],
    [
      'a token',
      { action: 'E', interaction: 'issueToken', person: 0n, practitionerValue: null, entities: [], query: 'scope=system/*.rs' },
      'IHE.IUA.71',
    ],
  ])('%s has the profile it claims', ([, change, profile]) => {
    const event = eventOf(change);
    expect(event.meta.profile).toEqual([BALP + profile]);
    expect(departures(event, BALP + profile)).toEqual([]);
  });

  test.for<[string, Partial<AccessRow>]>([
    ['an operation', { action: 'E', interaction: 'checkRecognition', query: 'POST /v1/recognition-checks' }],
    ['a read that showed nothing', { entities: [] }],
    ['a search whose words are not known', { ...search, query: null }],
    ['an export of everybody’s log', { ...disclosure, person: 0n }],
    ['a failed export', { ...disclosure, outcome: 12, failure: 'internal' }],
    ['a refused change', { action: 'U', interaction: 'updateResource', outcome: 4, failure: 'scope-insufficient' }],
    ['a failed authentication', { action: 'E', interaction: 'issueToken', outcome: 4, failure: 'client-unknown', person: 0n }],
    ['an introspection', { action: 'E', interaction: 'introspectToken' }],
    ['a decision about nobody known', { ...refusal, person: 0n }],
    ['a decision whose grounds are not shown', { ...refusal, consents: [] }],
    ['a failed search', { ...search, outcome: 8, failure: 'timeout' }],
  ])('%s claims none', ([, change]) => {
    expect(eventOf(change).meta).not.toHaveProperty('profile');
  });

  test('the measure itself: the published examples have their profiles, and a turned one has not', () => {
    for (const file of readdirSync(SAMPLES).filter((it) => it.startsWith('AuditEvent-'))) {
      const example = JSON.parse(readFileSync(new URL(file, SAMPLES), 'utf8'));
      for (const profile of example.meta.profile) expect([example.id, ...departures(example, profile)]).toEqual([example.id]);
    }
    const [first, second, ...others] = eventOf().agent;
    const turned = { ...eventOf(), agent: [{ ...first, type: second.type }, { ...second, network: undefined }, ...others] };
    expect(departures(turned, `${BALP}IHE.BasicAudit.PatientRead`)).not.toEqual([]);
    expect(departures({ ...eventOf(), outcome: '4' }, `${BALP}IHE.BasicAudit.PatientRead`)).not.toEqual([]);
    expect(departures({ ...eventOf(search), entity: eventOf().entity }, `${BALP}IHE.BasicAudit.PatientQuery`)).not.toEqual([]);
  });
});
