import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Bundle, fhirFailures, TypeParams } from '../fhir/schemas.ts';
import { searchset } from '../fhir/searchset.ts';
import { requireScope } from '../security/require-scope.ts';
import { requireType } from './require-type.ts';
import { encodeId } from './resource-id.ts';
import type { ResourceOptions } from './resource-options.ts';
import { readSearchQuery } from './search-query.ts';
import { searchResources } from './search-resources.ts';

/** The parameters that most searches use; the CapabilityStatement lists those of each type. */
const Parameters = Type.Object({
  patient: Type.Optional(
    Type.String({ description: 'Id of a Patient: the results of this person, of all institutions as far as consented to.' }),
  ),
  identifier: Type.Optional(Type.String({ description: 'Business identifier.', examples: ['urn:oid:2.16.156.10011.1.33|LAB-0001'] })),
  code: Type.Optional(Type.String({ description: 'What was examined.', examples: ['http://loinc.org|6690-2'] })),
  date: Type.Optional(Type.String({ description: 'Clinical time, with a prefix eq, lt, le, gt or ge.', examples: ['ge2026-01-01'] })),
  status: Type.Optional(Type.String({ examples: ['final'], description: 'Status of the resource.' })),
  _id: Type.Optional(Type.String({ description: 'Ids, parted by commas.' })),
  _sort: Type.Optional(
    Type.String({ description: 'A date parameter, with `-` for the latest first, which is the order unless said otherwise.' }),
  ),
  _count: Type.Optional(Type.Integer({ minimum: 1, description: 'Resources of a page: 50 unless said otherwise, at most 500.' })),
  _after: Type.Optional(Type.String({ description: 'From a next link.' })),
});

type SearchRequest = FastifyRequest<{ Params: { type: string }; Body?: string }>;

/** FHIR search interaction on one type, by GET and POST: https://hl7.org/fhir/R4/http.html#search */
export const searchResourcesRoute: FastifyPluginAsync<ResourceOptions> = async (app, { custody, base }) => {
  const search = async (request: SearchRequest): Promise<string> => {
    const { caller, params } = request;
    requireType(params.type);
    requireScope(caller, `system/${params.type}.s`);

    const asked = [request.url.split('?')[1] ?? '', request.body ?? ''].filter(Boolean).join('&');
    const query = readSearchQuery(params.type, new URLSearchParams(asked));
    const page = await searchResources(
      app.db,
      custody,
      caller,
      params.type,
      query,
      `${request.method} ${params.type}?${asked}`,
      new Date(),
    );

    return searchset(base, {
      address: `${base}/${params.type}`,
      used: query.used,
      next: page.next,
      entries: page.matches.map((it) => ({ reference: `${it.type}/${encodeId(it)}`, text: it.content ?? '', mode: 'match' })),
    });
  };
  const described = {
    summary: 'Search resources of one type',
    description:
      'Finds what this institution published, the shared directory and, with `patient` or `subject` and an acting clinician, what the ' +
      'patient has consented to. `next` links lead on.',
    tags: ['FHIR'],
    produces: ['application/fhir+json'],
    params: TypeParams,
    response: { 200: Bundle, ...fhirFailures },
  };

  app.get<{ Params: { type: string } }>(
    '/:type',
    { schema: { operationId: 'searchResources', querystring: Parameters, ...described } },
    async (request, reply) => reply.send(await search(request as SearchRequest)),
  );
  app.post<{ Params: { type: string }; Body: string }>(
    '/:type/_search',
    { schema: { operationId: 'searchResourcesByPost', consumes: ['application/x-www-form-urlencoded'], ...described } },
    async (request, reply) => reply.send(await search(request as SearchRequest)),
  );
};
