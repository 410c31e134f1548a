import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { Bundle, fhirFailures } from '../fhir/schemas.ts';
import { readAuditEventQuery } from './audit-event-query.rules.ts';
import { auditReach } from './audit-reach.ts';
import { type AuditEventPage, searchAuditEvents } from './search-audit-events.ts';

type SearchRequest = FastifyRequest<{ Body?: string }>;

/** Retrieve ATNA Audit Event [ITI-81], by GET and POST: https://profiles.ihe.net/ITI/TF/Volume2/ITI-81.html */
export const searchAuditEventsRoute: FastifyPluginAsync<{ base: string }> = async (app, { base }) => {
  const search = async (request: SearchRequest): Promise<object> => {
    const { caller } = request;
    const reach = auditReach(caller, 's');

    const parameters = [request.url.split('?')[1] ?? '', request.body ?? ''].filter(Boolean).join('&');
    const query = readAuditEventQuery(new URLSearchParams(parameters));
    const asked = `${request.method} AuditEvent?${parameters}`;
    const page = await searchAuditEvents(app.db, app.accessLog, caller, { query, reach, asked, base }, new Date());

    return searchset(page, query.used, base);
  };
  const described = {
    summary: 'Search the access log as FHIR AuditEvents',
    description:
      'Retrieve ATNA Audit Event (ITI-81): `date` (both bounds), `patient`, `patient.identifier`, `agent.identifier`, `entity`, `address`, ' +
      '`type`, `subtype`, `action`, `outcome`, `_id`, `_count`; the latest first, `next` links lead on. `audit.read` searches every ' +
      'institution’s accesses, `system/AuditEvent.s` the caller’s own. The search itself is logged.',
    tags: ['Access log'],
    produces: ['application/fhir+json'],
    response: { 200: Bundle, ...fhirFailures },
  };

  app.get('/AuditEvent', { schema: { operationId: 'searchAuditEvents', ...described } }, async (request, reply) =>
    reply.send(await search(request as SearchRequest)),
  );
  app.post(
    '/AuditEvent/_search',
    { schema: { operationId: 'searchAuditEventsByPost', consumes: ['application/x-www-form-urlencoded'], ...described } },
    async (request, reply) => reply.send(await search(request as SearchRequest)),
  );
};

function searchset(page: AuditEventPage, used: readonly (readonly [string, string])[], base: string): object {
  const parameters = used.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const address = (all: readonly string[]) => [`${base}/AuditEvent`, all.join('&')].filter(Boolean).join('?');
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    link: [
      { relation: 'self', url: address(parameters) },
      ...(page.next ? [{ relation: 'next', url: address([...parameters, `_after=${page.next}`]) }] : []),
    ],
    ...(page.events.length > 0
      ? { entry: page.events.map(({ id, event }) => ({ fullUrl: `${base}/AuditEvent/${id}`, resource: event, search: { mode: 'match' } })) }
      : {}),
  };
}
