import type { FastifyPluginAsync } from 'fastify';
import { capabilityStatement } from './capability-statement.ts';
import { Resource } from './schemas.ts';

/** FHIR capabilities interaction, without a token: https://hl7.org/fhir/R4/http.html#capabilities */
export const metadataRoute: FastifyPluginAsync<{ base: string; version: string; released: string }> = async (
  app,
  { base, version, released },
) => {
  const statement = JSON.stringify(capabilityStatement(base, version, released));

  app.get(
    '/metadata',
    {
      schema: {
        operationId: 'showCapabilities',
        summary: 'What this server does (CapabilityStatement)',
        description: 'Which types, interactions, search parameters and operations there are; without a token.',
        tags: ['FHIR'],
        produces: ['application/fhir+json'],
        security: [],
        response: { 200: Resource },
      },
    },
    async (_request, reply) => reply.send(statement),
  );
};
