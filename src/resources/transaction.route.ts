import type { FastifyPluginAsync } from 'fastify';
import type { Failure } from '../failure.ts';
import { Bundle, fhirFailures } from '../fhir/schemas.ts';
import { versionedReference } from './outcome-headers.ts';
import type { ResourceOptions } from './resource-options.ts';
import { type EntryAnswer, processBundle } from './transaction.ts';

/** FHIR transaction and batch interactions: https://hl7.org/fhir/R4/http.html#transaction */
export const transactionRoute: FastifyPluginAsync<ResourceOptions & { showFailure: ShowFailure }> = async (
  app,
  { custody, base, showFailure },
) => {
  app.post<{ Body: string }>(
    '/',
    {
      schema: {
        operationId: 'processBundle',
        summary: 'Publish a report with all that belongs to it (transaction), or do several things at once (batch)',
        description:
          'A transaction is stored all or nothing. Entries may stand in any order and refer to each other by fullUrl (urn:uuid) or by conditional ' +
          'reference (`Patient?identifier=system|value`). The same Bundle sent again is answered as before and stored once; a report whose ' +
          'identifier this institution has published becomes a new version.',
        tags: ['FHIR'],
        consumes: ['application/fhir+json'],
        produces: ['application/fhir+json'],
        body: { ...Bundle, examples: [EXAMPLE] },
        response: { 200: Bundle, ...fhirFailures },
      },
    },
    async (request, reply) => {
      const { caller, body } = request;

      const { type, answers } = await processBundle(app.db, custody, caller, body ?? '', base, new Date());

      const entry = answers.map((it) => showAnswer(it, (failure) => showFailure(failure, request.headers['accept-language'])));
      return reply.send({ resourceType: 'Bundle', type: `${type}-response`, ...(entry.length > 0 ? { entry } : {}) });
    },
  );
};

const EXAMPLE = {
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    {
      fullUrl: 'urn:uuid:0b0c5c0e-6f0a-4a52-9a38-6f0e8a0f1a03',
      request: { method: 'POST', url: 'DiagnosticReport' },
      resource: {
        resourceType: 'DiagnosticReport',
        status: 'final',
        identifier: [{ system: 'urn:oid:2.16.156.10011.1.33', value: 'LAB-0001' }],
        code: { text: '血常规' },
        subject: { reference: 'Patient?identifier=urn:oid:2.16.156.10011.1.3|500112198510090022' },
      },
    },
  ],
};

/** How this face writes the failure of a batch entry. */
export type ShowFailure = (failure: Failure, acceptLanguage: string | undefined) => { status: number; outcome: object };

const STATUS = { created: '201 Created', updated: '200 OK', unchanged: '200 OK' } as const;

function showAnswer(answer: EntryAnswer, showFailure: (failure: Failure) => { status: number; outcome: object }): object {
  if ('failure' in answer) {
    const { status, outcome } = showFailure(answer.failure);
    return { response: { status: String(status), outcome } };
  }
  return {
    response: {
      status: STATUS[answer.status],
      location: versionedReference(answer),
      etag: `W/"${answer.version}"`,
      lastModified: answer.lastModified.toISOString(),
    },
  };
}
