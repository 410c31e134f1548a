import { RESOURCE_TYPES } from '../fhir/resource-types.ts';
import type { Institution } from '../institutions/find-institution.ts';
import { USCC_SYSTEM } from '../institutions/uscc.rules.ts';
import { encodeAccessId } from './access-entry-id.ts';
import { type AccessKind, AUTHENTICATIONS, HISTORIES, SEARCHES } from './access-filter.rules.ts';
import type { AccessRow } from './access-log.queries.ts';
import { personText } from './discretion.rules.ts';

const DCM = 'http://dicom.nema.org/resources/ontology/DCM';
const ENTITY_TYPE = 'http://terminology.hl7.org/CodeSystem/audit-entity-type';
const OBJECT_ROLE = 'http://terminology.hl7.org/CodeSystem/object-role';
const PARTICIPATION = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';
const PURPOSE = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
const BALP = 'https://profiles.ihe.net/ITI/BALP';

export const INTERACTION_SYSTEM = 'https://tongjian.example/fhir/CodeSystem/interaction';
export const CLIENT_SYSTEM = 'https://tongjian.example/fhir/NamingSystem/client';
const PERSON_SYSTEM = 'https://tongjian.example/fhir/NamingSystem/person';
const REVIEW_DUE_EXTENSION = 'https://tongjian.example/fhir/StructureDefinition/review-due';

/** What IHE BALP calls the two ends and the profile, for each kind of access (Basic Audit, 1:52.5). */
interface Shape {
  readonly client: string;
  readonly server: string;
  /** Role of the clinician: who receives, or who is the author. */
  readonly user: 'IRCP' | 'AUT';
  readonly profile: string | undefined;
}

/** BALP has no pattern for histories. */
const HISTORY: Shape = { client: '110153', server: '110152', user: 'IRCP', profile: undefined };

const SHAPES: Readonly<Record<Exclude<AccessKind, 'rest' | 'authentication'>, Shape>> = {
  // In a read the data goes from the server to the client: source and destination change places.
  read: { client: '110152', server: '110153', user: 'IRCP', profile: 'Read' },
  vread: { client: '110152', server: '110153', user: 'IRCP', profile: 'Read' },
  'search-type': { client: '110153', server: '110152', user: 'IRCP', profile: 'Query' },
  operation: { client: '110153', server: '110152', user: 'IRCP', profile: undefined },
  'history-instance': HISTORY,
  'history-type': HISTORY,
  'history-system': HISTORY,
  create: { client: '110153', server: '110152', user: 'AUT', profile: 'Create' },
  update: { client: '110153', server: '110152', user: 'AUT', profile: 'Update' },
  delete: { client: '110150', server: 'custodian', user: 'AUT', profile: 'Delete' },
};

/** What the access is in the words of FHIR, by its action and its door. */
export function kindOf({ action, interaction }: Pick<AccessRow, 'action' | 'interaction'>): Exclude<AccessKind, 'rest'> {
  if (AUTHENTICATIONS.some((it) => it === interaction)) return 'authentication';
  const history = HISTORIES.get(interaction);
  if (history) return history;
  if (action === 'C') return 'create';
  if (action === 'R') return interaction === 'readVersion' ? 'vread' : 'read';
  if (action === 'U') return 'update';
  if (action === 'D') return 'delete';
  return new RegExp(SEARCHES).test(interaction) ? 'search-type' : 'operation';
}

/**
 * An entry of the access log as a FHIR AuditEvent after IHE BALP (Basic Audit Log Patterns): https://profiles.ihe.net/ITI/BALP/
 *
 * Only a success claims a profile: those fix outcome 0. A resource beyond the first is an entity of its FHIR type, since the profiles
 * know one data entity. `base` is this server's FHIR address.
 */
export function auditEvent(row: AccessRow, institution: Institution | undefined, base: string): object {
  const kind = kindOf(row);
  const id = encodeAccessId(row);
  const entities = entitiesOf(row, kind);
  const profile = profileOf(row, kind, entities.length);
  return {
    resourceType: 'AuditEvent',
    id,
    meta: { versionId: '1', lastUpdated: row.recordedAt.toISOString(), ...(profile ? { profile: [profile] } : {}) },
    ...(row.reviewDue ? { extension: [{ url: REVIEW_DUE_EXTENSION, valueBoolean: true }] } : {}),
    type:
      kind === 'authentication'
        ? { system: DCM, code: '110114', display: 'User Authentication' }
        : { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest', display: 'Restful Operation' },
    subtype: subtypesOf(row, kind),
    action: row.action,
    recorded: row.recordedAt.toISOString(),
    outcome: String(row.outcome),
    ...(row.failure === null ? {} : { outcomeDesc: row.failure }),
    ...(row.purpose === 'UNK'
      ? {}
      : { purposeOfEvent: [{ coding: [{ system: PURPOSE, code: row.purpose }], ...(row.reason === null ? {} : { text: row.reason }) }] }),
    agent: agentsOf(row, kind, institution, base),
    source: {
      site: new URL(base).host,
      observer: { display: 'Tongjian gateway' },
      type: [{ system: 'http://terminology.hl7.org/CodeSystem/security-source-type', code: '4', display: 'Application Server' }],
    },
    ...(entities.length > 0 ? { entity: entities } : {}),
  };
}

function profileOf(row: AccessRow, kind: Exclude<AccessKind, 'rest'>, entities: number): string | undefined {
  if (row.outcome !== 0) return undefined;
  if (kind === 'authentication') return row.interaction === 'issueToken' ? `${BALP}/StructureDefinition/IHE.IUA.71` : undefined;
  const { profile } = SHAPES[kind];
  const described = kind === 'search-type' ? row.query !== null : row.entities.length > 0;
  if (!profile || !described || entities === 0) return undefined;
  return `${BALP}/StructureDefinition/IHE.BasicAudit.${row.person === 0n ? '' : 'Patient'}${profile}`;
}

function subtypesOf(row: AccessRow, kind: Exclude<AccessKind, 'rest'>): object[] {
  if (kind === 'authentication') {
    return row.interaction === 'issueToken'
      ? [{ system: 'urn:ihe:event-type-code', code: 'ITI-71', display: 'Get Access Token' }]
      : [{ system: INTERACTION_SYSTEM, code: row.interaction }];
  }
  return [
    { system: 'http://hl7.org/fhir/restful-interaction', code: kind, display: kind },
    { system: INTERACTION_SYSTEM, code: row.interaction },
  ];
}

function agentsOf(row: AccessRow, kind: Exclude<AccessKind, 'rest'>, institution: Institution | undefined, base: string): object[] {
  const shape = kind === 'authentication' ? undefined : SHAPES[kind];
  const practitioner = row.practitionerValue;
  const client = {
    type: { coding: [{ system: DCM, code: shape?.client ?? '110150' }] },
    who: row.client === null ? { display: 'unknown' } : { identifier: { system: CLIENT_SYSTEM, value: row.client } },
    requestor: practitioner === null,
    network: { address: row.address ?? 'unknown', type: '2' },
  };
  const server = {
    type: { coding: [serverRole(shape?.server)] },
    who: { display: 'Tongjian gateway' },
    requestor: false,
    network: { address: base, type: '5' },
  };
  const agents: object[] = [client, server];
  if (practitioner !== null) {
    agents.push({
      type: { coding: [{ system: PARTICIPATION, code: shape?.user ?? 'IRCP' }] },
      who: {
        identifier: { ...(row.practitionerSystem ? { system: row.practitionerSystem } : {}), value: practitioner },
        ...(row.practitionerName ? { display: row.practitionerName } : {}),
      },
      ...(row.practitionerName ? { name: row.practitionerName } : {}),
      requestor: true,
      purposeOfUse: [{ coding: [{ system: PURPOSE, code: row.purpose }] }],
    });
  }
  // IUA's own profile is closed: it has no place for the institution.
  if (institution && shape) {
    agents.push({
      type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleClass', code: 'PROV' }] },
      who: {
        ...(institution.organization === null ? {} : { reference: `Organization/${institution.organization}` }),
        identifier: { system: USCC_SYSTEM, value: institution.uscc },
        display: institution.name,
      },
      requestor: false,
    });
  }
  return agents;
}

function serverRole(code: string | undefined): object {
  if (code === undefined) return { system: `${BALP}/CodeSystem/UserAgentTypes`, code: 'AuthzOauthService' };
  if (code === 'custodian') return { system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code };
  return { system: DCM, code };
}

function entitiesOf(row: AccessRow, kind: Exclude<AccessKind, 'rest'>): object[] {
  const entities: object[] = [];
  const querying = kind === 'search-type' || kind === 'operation' || kind === 'authentication' || kind.startsWith('history-');
  if (row.query !== null && (querying || row.outcome !== 0)) {
    entities.push({
      type: { system: ENTITY_TYPE, code: '2', display: 'System Object' },
      role: { system: OBJECT_ROLE, code: '24', display: 'Query' },
      query: Buffer.from(row.query).toString('base64'),
    });
  }
  if (kind === 'authentication') return entities;

  const [first, ...others] = row.entities;
  if (first !== undefined) entities.push(entities.length > 0 ? furtherEntity(first) : dataEntity(first));
  entities.push(...others.map(furtherEntity));
  if (row.person !== 0n) entities.push(patientEntity(row));
  entities.push({
    type: { system: `${BALP}/CodeSystem/BasicAuditEntityType`, code: 'XrequestId' },
    what: { identifier: { value: row.requestId } },
  });
  return entities;
}

function dataEntity(name: string): object {
  return {
    what: whatOf(name),
    type: { system: ENTITY_TYPE, code: '2', display: 'System Object' },
    role: { system: OBJECT_ROLE, code: '4', display: 'Domain Resource' },
  };
}

function furtherEntity(name: string): object {
  const type = typeOf(name);
  return {
    what: whatOf(name),
    type: RESOURCE_TYPES.has(type)
      ? { system: 'http://hl7.org/fhir/resource-types', code: type }
      : { system: 'https://tongjian.example/fhir/CodeSystem/record', code: type || 'record' },
  };
}

function patientEntity(row: AccessRow): object {
  const reference = row.entities.find((it) => typeOf(it) === 'Patient');
  return {
    what: {
      ...(reference ? { reference } : {}),
      type: 'Patient',
      identifier: { system: PERSON_SYSTEM, value: personText(row.person) },
    },
    type: { system: ENTITY_TYPE, code: '1', display: 'Person' },
    role: { system: OBJECT_ROLE, code: '1', display: 'Patient' },
  };
}

/** A reference where it leads to a FHIR resource, else a mere name. */
function whatOf(name: string): object {
  return RESOURCE_TYPES.has(typeOf(name)) ? { reference: name } : { identifier: { value: name } };
}

function typeOf(name: string): string {
  return /^[A-Za-z]+/.exec(name)?.[0] ?? '';
}
