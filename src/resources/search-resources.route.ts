import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { FHIR_JSON } from '../faces/fhir-face.ts';
import { readPrefer } from '../faces/prefer.ts';
import { languageOf } from '../faces/shown-failures.ts';
import { Bundle, fhirFailures, TypeParams } from '../fhir/schemas.ts';
import { bytesOf } from '../fhir/text-pieces.ts';
import { answerSearch } from './answer-search.ts';
import { requireType } from './require-type.ts';
import type { ResourceOptions } from './resource-options.ts';
import { isBroadSearch } from './search-breadth.rules.ts';
import { SHARED_TYPES } from './shared-types.ts';

/** The parameters that most searches use; the CapabilityStatement lists those of each type. */
const Parameters = Type.Object({
  patient: Type.Optional(
    Type.String({ description: 'Id of a Patient: the results of this person, of all institutions as far as consented to.' }),
  ),
  identifier: Type.Optional(Type.String({ description: 'Business identifier.', examples: ['urn:oid:2.16.156.10011.1.33|LAB-0001'] })),
  code: Type.Optional(Type.String({ description: 'What was examined.', examples: ['http://loinc.org|6690-2'] })),
  date: Type.Optional(Type.String({ description: 'Clinical time, with a prefix such as ge, lt or sa.', examples: ['ge2026-01-01'] })),
  status: Type.Optional(Type.String({ examples: ['final'], description: 'Status of the resource.' })),
  _id: Type.Optional(Type.String({ description: 'Ids, parted by commas.' })),
  _include: Type.Optional(Type.String({ description: 'References to follow.', examples: ['DiagnosticReport:result'] })),
  _revinclude: Type.Optional(Type.String({ description: 'References that lead here.', examples: ['Provenance:target'] })),
  _sort: Type.Optional(Type.String({ description: 'Parameters, with `-` for the highest first; the newest clinical time unless given.' })),
  _count: Type.Optional(Type.Integer({ minimum: 0, description: 'Matches of a page: 50 unless said otherwise, at most 500.' })),
  _total: Type.Optional(Type.String({ description: 'none, estimate or accurate; counted up to 10,000 unless given.' })),
  _summary: Type.Optional(Type.String({ description: 'true, text, data, count or false.' })),
  _elements: Type.Optional(Type.String({ description: 'Elements at the root, parted by commas.' })),
  _page: Type.Optional(Type.String({ description: 'From a next link.' })),
});

type SearchRequest = FastifyRequest<{ Params: { type?: string }; Body?: string }>;

/** FHIR search interaction on one type and on several, by GET, HEAD and POST: https://hl7.org/fhir/R4/http.html#search */
export const searchResourcesRoute: FastifyPluginAsync<ResourceOptions> = async (app, { custody, base }) => {
  const search = async (request: SearchRequest): Promise<Buffer> => {
    const { caller, method } = request;
    const { type } = request.params;
    if (type !== undefined) requireType(type);

    const text = [request.url.split('?')[1] ?? '', request.body ?? ''].filter(Boolean).join('&');
    const { handling } = readPrefer(request.headers['prefer'] as string | undefined);
    const language = languageOf(request.headers['accept-language']);
    const pairs = [...new URLSearchParams(text)];
    const isBroad = isBroadSearch(pairs, type !== undefined && SHARED_TYPES.includes(type));
    if (isBroad) await request.workAs('report');
    const asked = {
      type,
      pairs,
      method,
      handling,
      language,
      base,
      asked: `${method} ${type ?? ''}?${text}`,
    };
    return bytesOf(await answerSearch(isBroad ? app.reportDb : app.replicas.reader(), custody, caller, asked, new Date()));
  };
  const described = {
    tags: ['FHIR'],
    produces: ['application/fhir+json'],
    headers: Type.Object({
      Prefer: Type.Optional(
        Type.String({ description: 'Whether unknown parameters are refused (strict, unless given).', examples: ['handling=lenient'] }),
      ),
    }),
    response: { 200: Bundle, ...fhirFailures },
  };
  const ofType = {
    summary: 'Search resources of one type',
    description:
      'Finds what this institution published, the shared directory and, where patients are named and an acting clinician asks, what these ' +
      'patients have consented to. `next` links lead on: for a day, for the client that asked, by GET. A parameter that the type does not ' +
      'have is refused; with `Prefer: handling=lenient` it is left out and said to be.',
    params: TypeParams,
  };
  const ofTypes = {
    summary: 'Search resources of several types',
    description: '`_type` names them; only parameters that all of them have.',
  };
  const Types = Type.Interface([Parameters], {
    _type: Type.String({ description: 'Types, parted by commas.', examples: ['DiagnosticReport,Observation'] }),
  });
  const consumes = ['application/x-www-form-urlencoded'];

  app.get(
    '/:type',
    { config: { onePatient: true }, schema: { operationId: 'searchResources', querystring: Parameters, ...ofType, ...described } },
    async (request, reply) => reply.type(FHIR_JSON).send(await search(request as SearchRequest)),
  );
  app.post(
    '/:type/_search',
    { config: { onePatient: true }, schema: { operationId: 'searchResourcesByPost', consumes, ...ofType, ...described } },
    async (request, reply) => reply.type(FHIR_JSON).send(await search(request as SearchRequest)),
  );
  app.get('/', { schema: { operationId: 'searchTypes', querystring: Types, ...ofTypes, ...described } }, async (request, reply) =>
    reply.type(FHIR_JSON).send(await search(request as SearchRequest)),
  );
  app.post('/_search', { schema: { operationId: 'searchTypesByPost', consumes, ...ofTypes, ...described } }, async (request, reply) =>
    reply.type(FHIR_JSON).send(await search(request as SearchRequest)),
  );
};
