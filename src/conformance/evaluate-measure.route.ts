import type { FastifyPluginAsync } from 'fastify';
import { Type } from 'typebox';
import { type Reader, transact } from '../database/client.ts';
import { Failure } from '../failure.ts';
import type { Json } from '../fhir/exact-json.ts';
import { fhirFailures, Resource } from '../fhir/schemas.ts';
import { findResource } from '../resources/resource.queries.ts';
import { decodeId } from '../resources/resource-id.ts';
import { EVALUATE_MEASURE } from './evaluate-measure-operation.ts';
import type { OperationCall } from './operation-doors.ts';
import { ownDefinitions, type Served } from './own-definitions.ts';
import { EXCHANGE } from './package.queries.ts';
import { readMeasureQuestion } from './read-measure-question.ts';
import { measureUrl, type ServedMeasure } from './served-measure.ts';

interface Options extends Served {
  readonly version: string;
  readonly released: string;
  /** This server's FHIR address. */
  readonly base: string;
}

const params = Type.Object({
  id: Type.String({ description: 'Its name, or its logical id as a search finds it.', examples: ['savings'] }),
});

const day = (description: string) => Type.Optional(Type.String({ maxLength: 40, description, examples: ['2026-03-01'] }));

/** Operation `Measure/[id]/$evaluate-measure`: https://hl7.org/fhir/R4/measure-operation-evaluate-measure.html */
export const evaluateMeasureRoute: FastifyPluginAsync<Options> = async (app, options) => {
  const { measures, base } = options;
  let version: string | undefined;
  const canonicalOf = ({ id }: ServedMeasure): string => {
    version ??= String(ownDefinitions(options.version, options.released, options)[0]?.['version']);
    return `${measureUrl(id)}|${version}`;
  };
  const answer = async ({ caller, params: { id = '' }, query, body }: OperationCall): Promise<Json> => {
    const measure = await measureOf(app.reportDb, measures, id);
    const question = { ...readMeasureQuestion(query, body), canonical: canonicalOf(measure), base };

    return await transact(app.reportDb, (tx) => measure.evaluate(tx, caller, question, new Date()));
  };
  const described = {
    summary: EVALUATE_MEASURE.title,
    description: EVALUATE_MEASURE.description,
    tags: ['Savings'],
    produces: ['application/fhir+json'],
    params,
    response: { 200: Resource, ...fhirFailures },
  };

  app.get(
    '/Measure/:id/$evaluate-measure',
    {
      config: { work: 'report' },
      schema: {
        ...described,
        operationId: 'evaluateMeasure',
        querystring: Type.Object({
          periodStart: day('First day in Beijing.'),
          periodEnd: day('Last day in Beijing, which counts.'),
          reportType: Type.Optional(Type.String({ maxLength: 40, description: 'summary or population.' })),
          reporter: Type.Optional(Type.String({ maxLength: 256, description: 'Credit code or Organization of an institution.' })),
        }),
      },
    },
    async (request, reply) => reply.send(JSON.stringify(await answer(request as OperationCall))),
  );
  app.post(
    '/Measure/:id/$evaluate-measure',
    {
      config: { work: 'report' },
      schema: { ...described, operationId: 'evaluateMeasureByPost', consumes: ['application/fhir+json'], body: Resource },
    },
    async (request, reply) => reply.send(JSON.stringify(await answer(request as OperationCall))),
  );
};

/** The measure of a name, or of the logical id that its definition has in the directory. Throws `not-found`. */
async function measureOf(reader: Reader, measures: readonly ServedMeasure[], id: string): Promise<ServedMeasure> {
  const key = decodeId(id);
  const stored = key?.person === BigInt(EXCHANGE) ? await findResource(reader, key) : undefined;
  const url = stored?.content ? (JSON.parse(stored.content) as Json)['url'] : undefined;
  const measure = measures.find((it) => it.id === id || measureUrl(it.id) === url);
  if (measure) return measure;
  const names = measures.map((it) => it.id);
  throw new Failure('not-found', {
    path: 'id',
    en: `this server evaluates no Measure/${id}; it does ${names.join(', ')}`,
    zh: `本系统不计算 Measure/${id}；可计算：${names.join('、')}`,
  });
}
