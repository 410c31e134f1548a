import { Type } from 'typebox';
import { fhirFailures, Resource } from '../fhir/schemas.js';
import { subsetText } from '../fhir/subset.js';
import { readSubsetWish } from '../fhir/subset-wish.js';
import { auditReach } from './audit-reach.js';
import { readAuditEvent } from './read-audit-event.js';
/** FHIR read interaction on AuditEvent: https://hl7.org/fhir/R4/http.html#read */
export const readAuditEventRoute = async (app, { base }) => {
    app.get('/AuditEvent/:id', {
        schema: {
            operationId: 'readAuditEvent',
            summary: 'One entry of the access log as a FHIR AuditEvent',
            description: 'After IHE BALP. Entries are written by the exchange alone, never changed and never deleted.',
            tags: ['Access log'],
            produces: ['application/fhir+json'],
            params: Type.Object({ id: Type.String({ description: 'Id of the entry.' }) }),
            response: { 200: Resource, ...fhirFailures },
        },
    }, async (request, reply) => {
        const { caller, params } = request;
        const reach = auditReach(caller, 'r');
        const wish = readSubsetWish(new URLSearchParams(request.url.split('?')[1]));
        const event = await readAuditEvent(app.db, app.accessLog, caller, params.id, reach, base, new Date());
        return reply.header('etag', 'W/"1"').send(wish ? subsetText(JSON.stringify(event), wish) : event);
    });
};
