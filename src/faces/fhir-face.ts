import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { Failure } from '../failure.ts';
import { answerFailures } from './answer-failures.ts';
import { operationOutcome } from './operation-outcome.ts';
import { refuseUnstorableText } from './refuse-unstorable-text.ts';

export const FHIR_JSON = 'application/fhir+json; charset=utf-8';

/** A search by POST: every value of it becomes work for the database. */
const FORM_LIMIT_BYTES = 64 * 1024;

/**
 * The manners of the FHIR scope: bodies arrive as text, exactly as sent; answers and failures leave as fhir+json; nothing is validated
 * away or serialised away (https://hl7.org/fhir/R4/http.html).
 */
export function speakFhir(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    ['application/fhir+json', 'application/json', 'application/json+fhir', 'text/json'],
    { parseAs: 'buffer' },
    (_request, body, done) => {
      const bytes = body as Buffer;
      if (isUtf8(bytes)) done(null, bytes.toString('utf8'));
      else done(new Failure('malformed', { en: 'the body is not UTF-8', zh: '请求体不是 UTF-8 编码' }));
    },
  );
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: FORM_LIMIT_BYTES },
    (_request, body, done) => done(null, body),
  );
  // The schemas of this face describe; what a resource must be is decided by rules, and no serialiser may leave anything out.
  scope.setValidatorCompiler(() => () => true);
  scope.setSerializerCompiler(() => (data) => JSON.stringify(data));

  scope.addHook('onRequest', async (request) => {
    const { accept } = request.headers;
    const format = (request.query as Record<string, string | undefined>)['_format'];
    if (format !== undefined ? !/json/i.test(format) : !acceptsJson(accept)) {
      throw new Failure('not-acceptable', {
        path: format ? '_format' : 'Accept',
        en: 'this server answers application/fhir+json',
        zh: '本系统仅提供 application/fhir+json',
      });
    }
  });
  scope.addHook('onSend', async (_request, reply, payload) => {
    if (!reply.hasHeader('content-type') && payload !== null && payload !== '') reply.type(FHIR_JSON);
    else if (/^(application\/json|text\/plain)/.test(String(reply.getHeader('content-type')))) reply.type(FHIR_JSON);
    return payload;
  });
  refuseUnstorableText(scope);
  answerFailures(scope, FHIR_JSON, operationOutcome);
}

function acceptsJson(accept: string | undefined): boolean {
  if (!accept) return true;
  return accept.split(',').some((range) => {
    const [type = '', ...parameters] = range.trim().toLowerCase().split(';');
    if (parameters.some((it) => /^\s*q=0(\.0*)?$/.test(it))) return false;
    const version = parameters.map((it) => /^\s*fhirversion=(.+)$/.exec(it)?.[1]).find(Boolean);
    if (version !== undefined && !version.startsWith('4.0')) return false;
    return /^(\*\/\*|application\/\*|application\/(fhir\+)?json(\+fhir)?|text\/json)$/.test(type.trim());
  });
}
