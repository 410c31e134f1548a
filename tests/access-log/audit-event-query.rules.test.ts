import { describe, expect, test } from 'vitest';
import { readAuditEventQuery } from '../../src/access-log/audit-event-query.rules.ts';
import { requirePatientName } from '../../src/access-log/patient-query.rules.ts';
import { Failure } from '../../src/failure.ts';

const read = (query: string) => readAuditEventQuery(new URLSearchParams(query));
const failure = (work: () => unknown): Failure => {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('the bounds of date', () => {
  test.for<[string, string | undefined, string | undefined]>([
    ['date=ge2026-03-01&date=le2026-03-31', '2026-03-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z'],
    ['date=gt2026-03-01&date=lt2026-03-31', '2026-03-02T00:00:00.000Z', '2026-03-31T00:00:00.000Z'],
    ['date=sa2026-03-01&date=eb2026-03-31', '2026-03-02T00:00:00.000Z', '2026-03-31T00:00:00.000Z'],
    ['date=2026-03-01', '2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z'],
    ['date=ge2026-03-01T08:00:00%2B08:00', '2026-03-01T00:00:00.000Z', undefined],
    ['date=ge2026-03-01&date=ge2026-03-05', '2026-03-05T00:00:00.000Z', undefined],
    ['date=ge2026-03-05&date=ge2026-03-01', '2026-03-05T00:00:00.000Z', undefined],
    ['_lastUpdated=le2026-03-05&date=le2026-03-01', undefined, '2026-03-02T00:00:00.000Z'],
  ])('%s', ([query, from, until]) => {
    const { filter } = read(query);
    expect([filter.from?.toISOString(), filter.until?.toISOString()]).toEqual([from, until]);
  });
});

test.for<[string, object]>([
  ['action=R&outcome=4', { filter: { action: 'R', outcomes: [4] } }],
  ['outcome=http://terminology.hl7.org/CodeSystem/x%7C0', { filter: { outcomes: [0] } }],
  ['outcome=4,http://terminology.hl7.org/CodeSystem/x%7C8', { filter: { outcomes: [4, 8] } }],
  ['type=rest', { filter: { kinds: ['rest'] } }],
  ['type=http://dicom.nema.org/resources/ontology/DCM%7C110114', { filter: { kinds: ['authentication'] } }],
  ['subtype=http://hl7.org/fhir/restful-interaction%7Cread', { filter: { kinds: ['read'] } }],
  ['subtype=search', { filter: { kinds: ['search-type'] } }],
  ['subtype=history-instance', { filter: { kinds: ['history-instance'] } }],
  ['type=110114&subtype=read', { filter: { kinds: ['authentication', 'read'] } }],
  ['subtype=110127&subtype=read&subtype=readResource', { filter: { reviewDue: true, kinds: ['read'], interaction: 'readResource' } }],
  [
    'agent.identifier=D-1&agent.identifier=urn:oid:2.16.156.10011.1.5%7C11500000MB1670604W',
    { uscc: '11500000MB1670604W', filter: { practitioner: { value: 'D-1' } } },
  ],
  ['subtype=constructor', { filter: { interaction: 'constructor' } }],
  ['subtype=https://tongjian.example/fhir/CodeSystem/interaction%7CpriorResults', { filter: { interaction: 'priorResults' } }],
  ['patient=Patient/p1', { patient: { id: 'p1' } }],
  ['patient=http://gateway.test/fhir/Patient/p1', { patient: { id: 'p1' } }],
  ['patient.identifier=urn:x%7C1', { patient: { identifier: { system: 'urn:x', value: '1' } } }],
  ['agent.identifier=urn:oid:2.16.156.10011.1.5%7C11500000MB1670604W', { uscc: '11500000MB1670604W' }],
  ['agent.identifier=https://tongjian.example/fhir/NamingSystem/client%7Cc1', { filter: { client: 'c1' } }],
  ['agent.identifier=urn:x%7CD-1', { filter: { practitioner: { system: 'urn:x', value: 'D-1' } } }],
  ['agent.identifier=D-1', { filter: { practitioner: { value: 'D-1' } } }],
  ['entity=DiagnosticReport/1', { filter: { entity: 'DiagnosticReport/1' } }],
  [
    'entity-role=24&entity-role=http://terminology.hl7.org/CodeSystem/object-role%7C1',
    { filter: { traits: [{ is: 'query' }, { is: 'patient' }] } },
  ],
  ['entity-type=2&entity-type=XrequestId', { filter: { traits: [{ is: 'object' }, { is: 'request' }] } }],
  ['entity-type=http://hl7.org/fhir/resource-types%7CConsent', { filter: { traits: [{ is: 'record', type: 'Consent' }] } }],
  ['entity.identifier=r-1', { filter: { traits: [{ is: 'named', request: 'r-1', record: 'r-1', policy: 'r-1', person: undefined }] } }],
  ['entity.identifier=%7CConsent/1', { filter: { traits: [{ is: 'named', request: 'Consent/1', record: undefined }] } }],
  ['entity.identifier=123456789abcdef0', { filter: { traits: [{ person: 0x1234_5678_9abc_def0n, request: '123456789abcdef0' }] } }],
  [
    'entity.identifier=https://tongjian.example/fhir/NamingSystem/person%7C123456789abcdef0',
    { filter: { traits: [{ is: 'named', person: 0x1234_5678_9abc_def0n }] } },
  ],
  [
    'entity.identifier=https://tongjian.example/fhir/NamingSystem/person%7Cffffffffffffffff',
    { filter: { traits: [{ is: 'named', person: undefined }] } },
  ],
  ['source.identifier=urn:x%7C1', { source: { system: 'urn:x', code: '1' } }],
  ['_id=nothing', { filter: { keys: [] } }],
  ['_count=9999', { count: 500 }],
  ['_sort=-date&_format=json', { used: [['_sort', '-date']] }],
])('%s is understood', ([query, expected]) => {
  expect(read(query)).toMatchObject(expected);
});

test.for<[string, string, string]>([
  ['name=x', 'not-supported', 'name'],
  ['toString=x', 'not-supported', 'toString'],
  ['date:missing=true', 'not-supported', 'date:missing'],
  ['date=', 'parameter-invalid', 'date'],
  ['date=ne2026', 'parameter-invalid', 'date'],
  ['date=2026-02-30', 'parameter-invalid', 'date'],
  ['action=X', 'parameter-invalid', 'action'],
  ['outcome=4,1', 'parameter-invalid', 'outcome'],
  ['_lastUpdated=soon', 'parameter-invalid', '_lastUpdated'],
  ['outcome=1', 'parameter-invalid', 'outcome'],
  ['type=110107', 'parameter-invalid', 'type'],
  ['_count=0', 'parameter-invalid', '_count'],
  ['_sort=date', 'parameter-invalid', '_sort'],
  ['entity=x', 'parameter-invalid', 'entity'],
  ['entity-role=3', 'parameter-invalid', 'entity-role'],
  ['entity-role=', 'parameter-invalid', 'entity-role'],
  ['entity-type=3', 'parameter-invalid', 'entity-type'],
  ['entity-type=urn:x%7C', 'parameter-invalid', 'entity-type'],
  ['entity.identifier=urn:x%7C', 'parameter-invalid', 'entity.identifier'],
  ['entity.identifier=a%7Cb%7Cc', 'parameter-invalid', 'entity.identifier'],
  ['source.identifier=%7C', 'parameter-invalid', 'source.identifier'],
  ['source=Device/1', 'not-supported', 'source'],
  ['agent.identifier=urn:x%7C', 'parameter-invalid', 'agent.identifier'],
  ['patient.identifier=1', 'parameter-invalid', 'patient.identifier'],
  ['patient.identifier=%7C1', 'parameter-invalid', 'patient.identifier'],
  ['patient=1&patient.identifier=a%7C1', 'parameter-invalid', 'patient'],
])('%s is refused as %s at %s', ([query, code, path]) => {
  expect(failure(() => read(query))).toMatchObject({ code, issues: [{ path }] });
});

test.for([
  'patient=a',
  'patient.identifier=urn:x%7C1',
  'agent.identifier=D-1',
  'agent.identifier=urn:oid:2.16.156.10011.1.5%7C11500000MB1670604W',
  'agent.identifier=https://tongjian.example/fhir/NamingSystem/client%7Cc1',
  'entity=DiagnosticReport/1',
  'source.identifier=x',
  'action=R',
  'outcome=0',
  'address=10.0',
  'subtype=readResource',
  '_id=x',
  '_count=5',
  '_after=x',
])('%s is refused where it is given again: the first would be lost', (parameter) => {
  const path = parameter.slice(0, parameter.indexOf('='));
  expect(failure(() => read(`${parameter}&${parameter}`))).toMatchObject({ code: 'parameter-invalid', issues: [{ path }] });
});

test('a patient who must be named and is not', () => {
  expect(failure(() => requirePatientName(undefined, undefined))).toMatchObject({
    code: 'parameter-invalid',
    issues: [{ path: 'patient.identifier' }],
  });
});
