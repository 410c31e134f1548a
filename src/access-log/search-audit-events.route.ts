import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { FHIR_JSON } from '../faces/fhir-face.ts';
import { Bundle, fhirFailures } from '../fhir/schemas.ts';
import { searchset } from '../fhir/searchset.ts';
import { bytesOf } from '../fhir/text-pieces.ts';
import { readAuditEventQuery } from './audit-event-query.rules.ts';
import { logReach } from './audit-reach.ts';
import { searchAuditEvents } from './search-audit-events.ts';

const Parameters = Type.Object({
  date: Type.Optional(Type.String({ description: 'With a prefix; once for each bound.', examples: ['ge2026-03-01'] })),
  patient: Type.Optional(Type.String({ description: 'Id of a Patient.' })),
  'patient.identifier': Type.Optional(Type.String({ description: '`system|value`.', examples: ['urn:oid:2.16.156.10011.1.3|…'] })),
  'agent.identifier': Type.Optional(
    Type.String({ description: 'Who looked: an institution, a clinician or a calling system, as `system|value`.' }),
  ),
  entity: Type.Optional(Type.String({ description: 'What was shown.', examples: ['DiagnosticReport/…'] })),
  'entity.identifier': Type.Optional(
    Type.String({
      description:
        'An identifier of an entity: a person’s number here (`https://tongjian.example/fhir/NamingSystem/person|…`), the id of a request, a record that is no FHIR resource (`RecognitionCheck/…`), or the policy that a decision on a consent rests on (`urn:ietf:rfc:3986|…`). Patients by their documents: `patient.identifier`.',
    }),
  ),
  'entity-type': Type.Optional(
    Type.String({
      description:
        'What there is an entity of: `1` person, `2` system object (the request or the first resource), `XrequestId`, or the type of what was shown beside it or of what the access rests on.',
      examples: ['Consent'],
    }),
  ),
  'entity-role': Type.Optional(Type.String({ description: '`1` patient, `4` domain resource, `24` query.', examples: ['24'] })),
  'source.identifier': Type.Optional(
    Type.String({
      description: 'Who observed it: this server, by its FHIR address (`urn:ietf:rfc:3986|…`). All entries are; another source has none.',
    }),
  ),
  type: Type.Optional(
    Type.String({ description: '`rest`, `110114` for authentications, `110113` for decisions on consents, `110106` for disclosures.' }),
  ),
  subtype: Type.Optional(
    Type.String({
      description: 'A FHIR interaction, the operationId of a door, `110127` for emergency accesses, `AuthZ-Consent`, or `disclose`.',
      examples: ['read'],
    }),
  ),
  action: Type.Optional(Type.String({ enum: ['C', 'R', 'U', 'D', 'E'], description: 'Create, read, update, delete, execute.' })),
  outcome: Type.Optional(
    Type.String({ description: '0 served, 4 refused, 8 not now, 12 broken down; one of several, parted by commas.', examples: ['4,8'] }),
  ),
  address: Type.Optional(Type.String({ description: 'Beginning of the network address the request came from.' })),
  _lastUpdated: Type.Optional(Type.String({ description: 'The same as `date`: an entry never changes.' })),
  _id: Type.Optional(Type.String({ description: 'Ids, parted by commas.' })),
  _count: Type.Optional(Type.Integer({ minimum: 1, description: 'Entries of a page: 50 unless said otherwise, at most 500.' })),
  _after: Type.Optional(Type.String({ description: 'From a next link.' })),
});

type SearchRequest = FastifyRequest<{ Body?: string }>;

/** Retrieve ATNA Audit Event [ITI-81], by GET and POST: https://profiles.ihe.net/ITI/TF/Volume2/ITI-81.html */
export const searchAuditEventsRoute: FastifyPluginAsync<{ base: string }> = async (app, { base }) => {
  const search = async (request: SearchRequest): Promise<Buffer> => {
    const { caller } = request;
    const reach = logReach(caller);

    const parameters = [request.url.split('?')[1] ?? '', request.body ?? ''].filter(Boolean).join('&');
    const query = readAuditEventQuery(new URLSearchParams(parameters));
    const asked = `${request.method} AuditEvent?${parameters}`;
    const page = await searchAuditEvents(app.reportDb, app.accessLog, caller, { query, reach, asked, base }, new Date());

    const bundle = searchset(base, {
      address: `${base}/AuditEvent`,
      used: query.used,
      next: page.next,
      entries: page.events.map(({ id, event }) => ({ reference: `AuditEvent/${id}`, text: JSON.stringify(event), mode: 'match' })),
    });
    return bytesOf(bundle);
  };
  const described = {
    summary: 'Search the access log as FHIR AuditEvents',
    description:
      'Retrieve ATNA Audit Event (ITI-81): `date` (both bounds), `patient`, `patient.identifier`, `agent.identifier`, `entity`, ' +
      '`entity.identifier`, `entity-type`, `entity-role`, `source.identifier`, `address`, `type`, `subtype`, `action`, `outcome`, `_id`, `_lastUpdated`, `_count`; the latest first, `next` links lead on. `audit.read` searches every ' +
      'institution’s accesses, `system/AuditEvent.s` the caller’s own, `patient-log.read` in a token for one patient (ihe_pcf) every access to that patient’s data. The search itself is logged.',
    tags: ['Access log'],
    produces: ['application/fhir+json'],
    response: { 200: Bundle, ...fhirFailures },
  };

  app.get(
    '/AuditEvent',
    { config: { work: 'report', onePatient: true }, schema: { operationId: 'searchAuditEvents', querystring: Parameters, ...described } },
    async (request, reply) => reply.type(FHIR_JSON).send(await search(request as SearchRequest)),
  );
  app.post(
    '/AuditEvent/_search',
    {
      config: { work: 'report', onePatient: true },
      schema: { operationId: 'searchAuditEventsByPost', consumes: ['application/x-www-form-urlencoded'], ...described },
    },
    async (request, reply) => reply.type(FHIR_JSON).send(await search(request as SearchRequest)),
  );
};
