import type { FastifyPluginAsync } from 'fastify';
import { Type } from 'typebox';
import { transact } from '../database/client.ts';
import { Failure } from '../failure.ts';
import type { Json } from '../fhir/exact-json.ts';
import { fhirFailures, Resource } from '../fhir/schemas.ts';
import { encodeId } from '../resources/resource-id.ts';
import type { DefinitionRegistry } from './definition-registry.ts';
import { EVALUATE_MEASURE } from './evaluate-measure-operation.ts';
import type { OperationCall } from './operation-doors.ts';
import { EXCHANGE } from './package.queries.ts';
import { readMeasureQuestion } from './read-measure-question.ts';
import { measureUrl, type ServedMeasure } from './served-measure.ts';

interface Options {
  readonly measures: readonly ServedMeasure[];
  /** This server's FHIR address. */
  readonly base: string;
}

const params = Type.Object({
  id: Type.String({ description: 'Its name, or its logical id as a search finds it.', examples: ['savings'] }),
});

const day = (description: string) => Type.Optional(Type.String({ maxLength: 40, description, examples: ['2026-03-01'] }));

/** Operation `Measure/[id]/$evaluate-measure`: https://hl7.org/fhir/R4/measure-operation-evaluate-measure.html */
export const evaluateMeasureRoute: FastifyPluginAsync<Options> = async (app, { measures, base }) => {
  const answer = async ({ caller, params: { id = '' }, query, body }: OperationCall): Promise<Json> => {
    const { measure, canonical } = measureOf(app.definitions, measures, id);
    const question = readMeasureQuestion(query, body);

    return await transact(app.db, (tx) => measure.evaluate(tx, caller, { ...question, canonical, base }, new Date()));
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
    { schema: { ...described, operationId: 'evaluateMeasureByPost', consumes: ['application/fhir+json'], body: Resource } },
    async (request, reply) => reply.send(JSON.stringify(await answer(request as OperationCall))),
  );
};

/** The measure of a name or of a logical id, with its canonical. Throws `not-found`. */
function measureOf(definitions: DefinitionRegistry, measures: readonly ServedMeasure[], id: string) {
  for (const measure of measures) {
    const url = measureUrl(measure.id);
    const row = definitions.find('Measure', url);
    if (id !== measure.id && !(row && id === encodeId({ person: BigInt(EXCHANGE), id: row.id }))) continue;
    return { measure, canonical: row ? `${url}|${row.version}` : url };
  }
  throw new Failure('not-found', {
    path: 'id',
    en: `this server evaluates no Measure/${id}; it does ${measures.map((it) => it.id).join(', ')}`,
    zh: `本系统不计算 Measure/${id}；可计算：${measures.map((it) => it.id).join('、')}`,
  });
}
