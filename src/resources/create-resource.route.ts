import type { FastifyPluginAsync } from 'fastify';
import { Type } from 'typebox';
import { fhirFailures, Resource, TypeParams } from '../fhir/schemas.ts';
import { requireScope } from '../security/require-scope.ts';
import { createResource } from './create-resource.ts';
import { setVersionHeaders } from './outcome-headers.ts';
import { requireType } from './require-type.ts';
import type { ResourceOptions } from './resource-options.ts';
import { transactAgain } from './transact-again.ts';

/** FHIR create interaction, conditional or not: https://hl7.org/fhir/R4/http.html#create */
export const createResourceRoute: FastifyPluginAsync<ResourceOptions> = async (app, { custody, base }) => {
  app.post<{ Params: { type: string }; Body: string }>(
    '/:type',
    {
      schema: {
        operationId: 'createResource',
        summary: 'Store one resource',
        description:
          'With `If-None-Exist: identifier=system|value` nothing is written where such a resource of this institution exists (200).',
        tags: ['FHIR'],
        consumes: ['application/fhir+json'],
        produces: ['application/fhir+json'],
        params: TypeParams,
        headers: Type.Object({
          'If-None-Exist': Type.Optional(
            Type.String({ description: 'Store it unless this meets a resource.', examples: ['identifier=urn:oid:2.16.156.10011.1.3|…'] }),
          ),
        }),
        body: Resource,
        response: { 200: Resource, 201: Resource, ...fhirFailures },
      },
    },
    async (request, reply) => {
      const { caller, params, body } = request;
      requireType(params.type);
      requireScope(caller, `system/${params.type}.c`);

      const ifNoneExist = request.headers['if-none-exist'] as string | undefined;
      const write = { interaction: 'createResource', base, ifNoneExist };
      const outcome = await transactAgain(app.db, (tx) => createResource(tx, custody, caller, params.type, body ?? '', write, new Date()));

      reply.code(outcome.status === 'created' ? 201 : 200);
      return setVersionHeaders(reply, outcome, base).send(outcome.text ?? '');
    },
  );
};
