import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { FHIR_JSON } from '../faces/fhir-face.ts';
import { Bundle, fhirFailures, InstanceParams, TypeParams } from '../fhir/schemas.ts';
import { bytesOf } from '../fhir/text-pieces.ts';
import { requireScope } from '../security/require-scope.ts';
import { requireType } from './require-type.ts';
import type { ResourceOptions } from './resource-options.ts';
import { answerHistory, historyScope } from './show-history.ts';

const Parameters = Type.Object({
  _since: Type.Optional(Type.String({ description: 'Versions made at this instant or later.', examples: ['2026-03-01T08:30:00Z'] })),
  _at: Type.Optional(Type.String({ description: 'Versions that were current at some time within this date.', examples: ['2026-03'] })),
  _count: Type.Optional(Type.Integer({ minimum: 0, description: 'Versions of a page: 50 unless said otherwise, at most 500; 0 counts.' })),
  _summary: Type.Optional(Type.String({ description: 'true, text, data, count or false.' })),
  _elements: Type.Optional(Type.String({ description: 'Elements at the root, parted by commas.' })),
  _page: Type.Optional(Type.String({ description: 'From a next link.' })),
});
const described = {
  tags: ['FHIR'],
  produces: ['application/fhir+json'],
  querystring: Parameters,
  response: { 200: Bundle, ...fhirFailures },
};

type HistoryHttpRequest = FastifyRequest<{ Params: { type?: string; id?: string } }>;

/** FHIR history interactions, by GET and HEAD: https://hl7.org/fhir/R4/http.html#history */
export const showHistoryRoute: FastifyPluginAsync<ResourceOptions> = async (app, { custody, base }) => {
  const history = async (request: HistoryHttpRequest): Promise<Buffer> => {
    const { caller, params } = request;
    if (params.type !== undefined) requireType(params.type);
    requireScope(caller, historyScope(params));

    const isOfMany = params.id === undefined;
    if (isOfMany) await request.workAs('report');
    const parameters = new URLSearchParams(request.url.split('?')[1]);
    return bytesOf(await answerHistory(isOfMany ? app.reportDb : app.db, custody, caller, { ...params, parameters, base }, new Date()));
  };

  app.get(
    '/:type/:id/_history',
    {
      config: { onePatient: true },
      schema: {
        operationId: 'showHistory',
        summary: 'All versions of a resource, the newest first',
        description: 'A deletion is an entry without a resource. Who may read the resource may see its history; else the answer is 404.',
        params: InstanceParams,
        ...described,
      },
    },
    async (request, reply) => reply.type(FHIR_JSON).send(await history(request as HistoryHttpRequest)),
  );
  app.get(
    '/:type/_history',
    {
      schema: {
        operationId: 'showTypeHistory',
        summary: 'All versions of the resources of a type, the newest first',
        description: 'What this institution has written and, for types of the shared directory, what others have.',
        params: TypeParams,
        ...described,
      },
    },
    async (request, reply) => reply.type(FHIR_JSON).send(await history(request as HistoryHttpRequest)),
  );
  app.get(
    '/_history',
    {
      schema: {
        operationId: 'showSystemHistory',
        summary: 'All versions of all resources, the newest first',
        description: 'What this institution has written, and the shared directory. `next` links lead on.',
        ...described,
      },
    },
    async (request, reply) => reply.type(FHIR_JSON).send(await history(request as HistoryHttpRequest)),
  );
};
