import { searchParametersOf } from './search-index.ts';

/** The types that the exchange is about, as the CapabilityStatement lists them; others are stored and read back all the same. */
const TYPES_IN_SCOPE = [
  'Patient',
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'Location',
  'Encounter',
  'ServiceRequest',
  'Specimen',
  'Observation',
  'DiagnosticReport',
  'ImagingStudy',
  'Endpoint',
  'Device',
  'DocumentReference',
  'Binary',
  'Composition',
  'Consent',
  'Provenance',
];

/** AuditEvent is made by the server and searched by auditors (IHE BALP, ITI-81). */
const AUDIT_PARAMETERS: readonly (readonly [name: string, type: string])[] = [
  ['_id', 'token'],
  ['date', 'date'],
  ['patient', 'reference'],
  ['patient.identifier', 'token'],
  ['agent.identifier', 'token'],
  ['entity', 'reference'],
  ['address', 'string'],
  ['action', 'token'],
  ['outcome', 'token'],
  ['type', 'token'],
  ['subtype', 'token'],
];

/**
 * What this server does, made from the table that serves the searches: https://hl7.org/fhir/R4/capabilitystatement.html
 *
 * `date` is the day the program was released.
 */
export function capabilityStatement(base: string, version: string, date: string): object {
  const interactions = (codes: readonly string[]) => codes.map((code) => ({ code }));
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date,
    kind: 'instance',
    software: { name: 'Tongjian', version },
    implementation: { description: 'Exchange for the mutual recognition of examination results', url: base },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    rest: [
      {
        mode: 'server',
        security: {
          service: [
            {
              coding: [{ system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'SMART-on-FHIR' }],
              text: 'SMART Backend Services',
            },
          ],
        },
        resource: [
          ...TYPES_IN_SCOPE.map((type) => ({
            type,
            interaction: interactions(['read', 'vread', 'create', 'update', 'search-type']),
            versioning: 'versioned-update',
            readHistory: true,
            updateCreate: false,
            conditionalCreate: true,
            conditionalUpdate: false,
            conditionalDelete: 'not-supported',
            referencePolicy: ['literal', 'local'],
            searchParam: [
              { name: '_id', type: 'token' },
              ...searchParametersOf(type).map(({ name, type: kind }) => ({ name, type: kind })),
            ],
            ...(type === 'Patient'
              ? { operation: [{ name: 'prior-results', definition: `${base}/OperationDefinition/prior-results` }] }
              : {}),
          })),
          {
            type: 'AuditEvent',
            interaction: interactions(['read', 'search-type']),
            searchParam: AUDIT_PARAMETERS.map(([name, type]) => ({ name, type })),
          },
        ],
        interaction: interactions(['transaction', 'batch']),
      },
    ],
  };
}
