import type { FastifyPluginAsync } from 'fastify';
import { Type } from 'typebox';
import { Failure } from '../failure.ts';
import { fhirFailures, InstanceParams, Resource } from '../fhir/schemas.ts';
import { requireScope } from '../security/require-scope.ts';
import { setVersionHeaders } from './outcome-headers.ts';
import { readResource } from './read-resource.ts';
import { requireType } from './require-type.ts';
import type { ResourceText } from './resource.queries.ts';
import type { ResourceOptions } from './resource-options.ts';

/** FHIR read and vread interactions: https://hl7.org/fhir/R4/http.html#read */
export const readResourceRoute: FastifyPluginAsync<ResourceOptions> = async (app, { custody }) => {
  app.get<{ Params: { type: string; id: string } }>(
    '/:type/:id',
    {
      schema: {
        operationId: 'readResource',
        summary: 'Read a resource as it stands now',
        description:
          'The published text. What another institution published about a patient is shown to a named clinician whom the patient’s consent ' +
          'covers; else the answer is 404, as for an id that was never given.',
        tags: ['FHIR'],
        produces: ['application/fhir+json'],
        params: InstanceParams,
        response: { 200: Resource, ...fhirFailures },
      },
    },
    async (request, reply) => {
      const { caller, params } = request;
      requireType(params.type);
      requireScope(caller, `system/${params.type}.r`);

      const row = await readResource(app.db, custody, caller, params.type, params.id, undefined, new Date());

      return setVersionHeaders(reply, versionOf(row)).send(row.content);
    },
  );

  app.get<{ Params: { type: string; id: string; version: string } }>(
    '/:type/:id/_history/:version',
    {
      schema: {
        operationId: 'readVersion',
        summary: 'Read one version of a resource',
        description: 'As it was published then; who may see it is decided as for the version of now.',
        tags: ['FHIR'],
        produces: ['application/fhir+json'],
        params: Type.Interface([InstanceParams], { version: Type.String({ description: 'Version number.', examples: ['1'] }) }),
        response: { 200: Resource, ...fhirFailures },
      },
    },
    async (request, reply) => {
      const { caller, params } = request;
      requireType(params.type);
      requireScope(caller, `system/${params.type}.r`);

      const row = await readResource(app.db, custody, caller, params.type, params.id, versionNumber(params.version), new Date());

      return setVersionHeaders(reply, versionOf(row)).send(row.content);
    },
  );
};

function versionOf(row: ResourceText) {
  return { type: row.type, key: row, version: row.version, lastModified: row.recordedAt };
}

function versionNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Failure('not-found', { en: `there is no version "${text}"`, zh: `不存在版本“${text}”` });
}
