import type { FastifyPluginAsync } from 'fastify';
import { Type } from 'typebox';
import { fhirFailures, InstanceParams, Resource } from '../fhir/schemas.ts';
import { requireScope } from '../security/require-scope.ts';
import { setVersionHeaders } from './outcome-headers.ts';
import { requireType } from './require-type.ts';
import type { ResourceOptions } from './resource-options.ts';
import { transactAgain } from './transact-again.ts';
import { updateResource } from './update-resource.ts';

/** FHIR update interaction, version-aware with If-Match: https://hl7.org/fhir/R4/http.html#update */
export const updateResourceRoute: FastifyPluginAsync<ResourceOptions> = async (app, { custody, base }) => {
  app.put<{ Params: { type: string; id: string }; Body: string }>(
    '/:type/:id',
    {
      schema: {
        operationId: 'updateResource',
        summary: 'Store a new version of a resource of this institution',
        description:
          'A correction, or with status entered-in-error or cancelled a withdrawal. What another institution published is refused (403).',
        tags: ['FHIR'],
        consumes: ['application/fhir+json'],
        produces: ['application/fhir+json'],
        params: InstanceParams,
        headers: Type.Object({
          'If-Match': Type.Optional(
            Type.String({ description: 'The version that was read; 412 where it has moved on.', examples: ['W/"3"'] }),
          ),
        }),
        body: Resource,
        response: { 200: Resource, ...fhirFailures },
      },
    },
    async (request, reply) => {
      const { caller, params, body } = request;
      requireType(params.type);
      requireScope(caller, `system/${params.type}.u`);

      const write = { interaction: 'updateResource', base, ifMatch: request.headers['if-match'] };
      const outcome = await transactAgain(app.db, (tx) =>
        updateResource(tx, custody, caller, params.type, params.id, body ?? '', write, new Date()),
      );

      return setVersionHeaders(reply, outcome, base).send(outcome.text ?? '');
    },
  );
};
