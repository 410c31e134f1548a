import type { FastifyPluginAsync } from 'fastify';
import { Failure } from '../failure.ts';
import { fhirFailures, InstanceParams } from '../fhir/schemas.ts';

/**
 * FHIR delete and patch are not offered: what was published may have been relied upon, so it is withdrawn by a new version, never taken
 * away. https://hl7.org/fhir/R4/http.html#delete
 */
export const refuseDeletionRoute: FastifyPluginAsync = async (app) => {
  for (const [method, operationId] of [
    ['DELETE', 'deleteResource'],
    ['PATCH', 'patchResource'],
  ] as const) {
    app.route<{ Params: { type: string; id: string } }>({
      method,
      url: '/:type/:id',
      schema: {
        operationId,
        summary: 'Not offered (405)',
        description:
          'What was published may have been relied upon: withdraw it with a new version whose status is entered-in-error or cancelled.',
        tags: ['FHIR'],
        params: InstanceParams,
        response: fhirFailures,
      },
      handler: async ({ params }) => {
        throw new Failure('method-not-allowed', {
          path: method,
          en: `${params.type} is not deleted or patched here; PUT a new version, with status entered-in-error or cancelled to withdraw it`,
          zh: `${params.type} 不支持删除或补丁修改；请用 PUT 提交新版本，撤回时将 status 设为 entered-in-error 或 cancelled`,
        });
      },
    });
  }
};
