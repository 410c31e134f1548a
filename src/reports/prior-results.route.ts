import type { FastifyPluginAsync } from 'fastify';
import { Type } from 'typebox';
import { FHIR_JSON } from '../faces/fhir-face.ts';
import { Failure } from '../failure.ts';
import { readDate } from '../fhir/date.ts';
import { Bundle, fhirFailures } from '../fhir/schemas.ts';
import { type SearchsetEntry, searchset } from '../fhir/searchset.ts';
import { bytesOf } from '../fhir/text-pieces.ts';
import { CATEGORIES } from '../resources/category.ts';
import type { FoundText } from '../resources/resource.queries.ts';
import { encodeId } from '../resources/resource-id.ts';
import type { ResourceOptions } from '../resources/resource-options.ts';
import { readRowPlace } from '../resources/row-place.rules.ts';
import { requirePractitioner } from '../security/require-practitioner.ts';
import { requireScope } from '../security/require-scope.ts';
import { type PriorResults, priorResults } from './prior-results.ts';

const COUNT_DEFAULT = 20;
const COUNT_MAX = 100;

type Query = Partial<Record<'item' | 'kind' | 'since' | '_count' | '_after', string>>;

/** Operation `Patient/[id]/$prior-results`: the clinician's look-up across institutions. */
export const priorResultsRoute: FastifyPluginAsync<ResourceOptions> = async (app, { custody, base }) => {
  app.get<{ Params: { id: string }; Querystring: Query }>(
    '/Patient/:id/$prior-results',
    {
      config: { onePatient: true },
      schema: {
        operationId: 'priorResults',
        summary: "Look up a patient's prior results across institutions, newest first",
        description:
          'Reports with their Observations and ImagingStudies. Needs a consent in force and an acting clinician (`X-Acting-Practitioner`); ' +
          'without consent the answer is `consent-required` (403), whether or not there is anything to see.',
        tags: ['FHIR'],
        produces: ['application/fhir+json'],
        params: Type.Object({ id: Type.String({ description: 'Logical id of a Patient.' }) }),
        querystring: Type.Object({
          item: Type.Optional(Type.String({ description: 'Item code of the catalogue.', examples: ['WBC'] })),
          kind: Type.Optional(Type.String({ enum: [...CATEGORIES], description: 'Kind of examination.' })),
          since: Type.Optional(Type.String({ description: 'Date or instant: results from then on.', examples: ['2026-01-01'] })),
          _count: Type.Optional(
            Type.Integer({ minimum: 1, maximum: COUNT_MAX, default: COUNT_DEFAULT, description: 'Reports of a page.' }),
          ),
          _after: Type.Optional(Type.String({ description: 'From a next link.' })),
        }),
        response: { 200: Bundle, ...fhirFailures },
      },
    },
    async (request, reply) => {
      const { caller, params, query } = request;
      requireScope(caller, 'system/DiagnosticReport.s');
      requirePractitioner(caller);

      const wanted = readQuery(query);
      const results = await priorResults(app.replicas.reader('long'), custody, caller, params.id, wanted, `GET ${request.url}`, new Date());

      const bundle = searchset(base, {
        address: `${base}/Patient/${params.id}/$prior-results`,
        used: usedOf(query),
        next: results.next && Buffer.from(`${results.next.time}|${results.next.id}`).toString('base64url'),
        entries: entriesOf(results),
      });
      return reply.type(FHIR_JSON).send(bytesOf(bundle));
    },
  );
};

function readQuery(query: Query) {
  const unknown = Object.keys(query).find((it) => !['item', 'kind', 'since', '_count', '_after', '_format', '_pretty'].includes(it));
  if (unknown) throw invalid(unknown, 'is not a parameter of this operation', '不是本操作的参数');
  const { item, kind, since, _count: count, _after: after } = query;
  if (kind !== undefined && !(CATEGORIES as readonly string[]).includes(kind))
    throw invalid('kind', `takes one of ${CATEGORIES.join(', ')}`, `应为 ${CATEGORIES.join('、')} 之一`);
  const range = since === undefined ? undefined : readDate(since);
  if (since !== undefined && !range) throw invalid('since', 'is not a date', '不是有效日期');
  if (count !== undefined && !/^[1-9]\d{0,8}$/.test(count))
    throw invalid('_count', 'takes a whole number from 1 on', '应为大于等于 1 的整数');
  const [time, id] = (after === undefined ? undefined : readRowPlace(String(after), 1)) ?? [];
  if (after !== undefined && (time === undefined || id === undefined))
    throw invalid('_after', 'is not a link this server gave', '不是本系统给出的分页链接');
  return {
    item,
    kind,
    since: range?.from,
    count: Math.min(Number(count ?? COUNT_DEFAULT), COUNT_MAX),
    after: time === undefined || id === undefined ? undefined : { time, id: BigInt(id) },
  };
}

function invalid(path: string, en: string, zh: string): Failure {
  return new Failure('parameter-invalid', { path, en: `${path} ${en}`, zh: `${path} ${zh}` });
}

/** The parameters of the `self` link. */
function usedOf(query: Query): readonly (readonly [string, string])[] {
  return Object.entries(query).flatMap(([name, value]) =>
    value === undefined || ['_after', '_format', '_pretty'].includes(name) ? [] : [[name, String(value)] as const],
  );
}

function entriesOf({ reports, parts }: PriorResults): readonly SearchsetEntry[] {
  const entry = (it: FoundText, mode: SearchsetEntry['mode']) => ({
    reference: `${it.type}/${encodeId(it)}`,
    text: it.content ?? '',
    mode,
  });
  return [...reports.map((it) => entry(it, 'match')), ...parts.map((it) => entry(it, 'include'))];
}
