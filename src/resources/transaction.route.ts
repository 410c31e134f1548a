import type { FastifyPluginAsync } from 'fastify';
import { Type } from 'typebox';
import type { Database } from '../database/client.ts';
import { readPrefer } from '../faces/prefer.ts';
import { languageOf } from '../faces/shown-failures.ts';
import { Failure } from '../failure.ts';
import { Bundle, fhirFailures } from '../fhir/schemas.ts';
import { readWriteHeaders, WRITE_HEADERS } from './answer-write.ts';
import type { ResourceOptions } from './resource-options.ts';
import { responseBundle } from './response-bundle.ts';
import { processBundle } from './transaction.ts';
import { Turnstile } from './turnstile.ts';

/** A Bundle of so many characters is large: it takes seconds of both processors, and a hundred times the memory of a report. */
const LARGE = 512 * 1024;
/** So many characters of large Bundles are worked on at once. */
const LARGE_AT_ONCE = 12 * 1024 * 1024;
/** And so many wait: six of the largest there may be. */
const LARGE_WAITING = 48 * 1024 * 1024;

/** FHIR transaction and batch interactions: https://hl7.org/fhir/R4/http.html#transaction */
export const transactionRoute: FastifyPluginAsync<ResourceOptions & { showFailure: ShowFailure }> = async (
  app,
  { custody, base, showFailure },
) => {
  const large = new Turnstile(LARGE_AT_ONCE, LARGE_WAITING);
  app.post<{ Body: string }>(
    '/',
    {
      config: { work: 'publication' },
      schema: {
        operationId: 'processBundle',
        summary: 'Publish a report with all that belongs to it (transaction), or do several things at once (batch)',
        description:
          'A transaction is stored all or nothing; what it deletes is gone first, then come creates, updates and patches, then what it reads. ' +
          'Entries may stand in any order and refer to each other by fullUrl (urn:uuid) or by conditional reference ' +
          '(`Patient?identifier=system|value`, or any other search that meets one). The same Bundle sent again is answered as before and stored ' +
          'once; a report whose identifier this institution has published becomes a new version. Of a batch every entry is one by itself, ' +
          'answered with its own status. At most 5,000 entries, 100 of them searches or histories, and 8 MiB.',
        tags: ['FHIR'],
        consumes: ['application/fhir+json'],
        produces: ['application/fhir+json'],
        headers: Type.Object(WRITE_HEADERS),
        body: { ...Bundle, examples: [EXAMPLE] },
        response: { 200: Bundle, ...fhirFailures },
      },
    },
    async (request, reply) => {
      const { caller, body, headers } = request;
      const { provenance } = readWriteHeaders(request);

      const language = languageOf(headers['accept-language']);
      const process = (db: Database) => processBundle(db, custody, caller, body ?? '', { base, language, provenance }, new Date());
      const weight = body?.length ?? 0;
      // What is large has a line of its own, where it may wait long: with a place it would keep out what is small.
      if (weight >= LARGE) request.giveBackPlace();
      if (weight >= LARGE && !large.hasRoomFor(weight)) throw tooManyLarge();
      const { type, answers } = weight < LARGE ? await process(app.db) : await large.pass(weight, () => process(app.reportDb));

      return reply.send(
        responseBundle(type, answers, {
          preference: readPrefer(headers['prefer'] as string | undefined).return,
          language,
          showFailure: (failure) => showFailure(failure, headers['accept-language']),
        }),
      );
    },
  );
};

function tooManyLarge(): Failure {
  return new Failure(
    'overloaded',
    { en: 'too many large Bundles wait already; send this one again later', zh: '等待处理的大型 Bundle 过多，请稍后重新发送' },
    { retryAfterSeconds: 10 },
  );
}

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
