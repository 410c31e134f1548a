import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../failure.ts';
import { utf8Text } from '../fhir/exact-json.ts';
import { prettyText } from '../fhir/pretty.ts';
import { RESOURCE_TYPES } from '../fhir/resource-types.ts';
import { answerFailures, unknownDoor } from './answer-failures.ts';
import { methodsAt } from './doors.ts';
import { acceptsJson, isJsonFormat, JSON_TYPES, plainType, refusedParameter } from './media-type.rules.ts';
import { operationOutcome } from './operation-outcome.ts';
import { refuseUnstorableText } from './refuse-unstorable-text.ts';

export const FHIR_JSON = 'application/fhir+json; charset=utf-8';

const FORM = 'application/x-www-form-urlencoded';

/** A search by POST: every value of it becomes work for the database. */
const FORM_LIMIT_BYTES = 64 * 1024;

/**
 * The manners of the FHIR scope: bodies arrive as text, exactly as sent; answers and failures leave as fhir+json; nothing is validated
 * away or serialised away (https://hl7.org/fhir/R4/http.html).
 *
 * `_format` goes before Accept, and other forms than JSON are refused (406). A body is taken in the media types of its door alone (415).
 * `_pretty=true` lays out whatever is answered.
 */
export function speakFhir(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    [...JSON_TYPES, 'application/json-patch+json'],
    { parseAs: 'buffer' },
    async (_request: FastifyRequest, body: Buffer) => utf8Text(body),
  );
  scope.addContentTypeParser(FORM, { parseAs: 'string', bodyLimit: FORM_LIMIT_BYTES }, (_request, body, done) => done(null, body));
  // The schemas of this face describe; what a resource must be is decided by rules, and no serialiser may leave anything out.
  scope.setValidatorCompiler(() => () => true);
  scope.setSerializerCompiler(() => (data) => JSON.stringify(data));

  scope.addHook('onRequest', async (request) => {
    refuseOtherForm(parametersOf(request), request.headers.accept);
  });
  scope.addHook('preParsing', async (request) => {
    if (isMisread(request)) throw unknownDoor(request);
    refuseOtherBody(request);
  });
  scope.addHook('preValidation', async (request) => {
    const form = formOf(request);
    if (form?.has('_format')) refuseOtherForm(form, undefined);
  });
  scope.addHook('onSend', async (request, reply, payload) => {
    if (payload === '') reply.removeHeader('content-type');
    if (Buffer.isBuffer(payload)) return isPretty(request) && answersFhir(reply) ? prettyText(payload.toString()) : payload;
    if (typeof payload !== 'string' || payload === '') return payload;
    const type = String(reply.getHeader('content-type') ?? '');
    if (type === '' || /^(application\/json|text\/plain)/.test(type)) reply.type(FHIR_JSON);
    return isPretty(request) && answersFhir(reply) ? prettyText(payload) : payload;
  });
  refuseUnstorableText(scope);
  answerFailures(scope, FHIR_JSON, operationOutcome);
}

const answersFhir = (reply: FastifyReply): boolean => String(reply.getHeader('content-type')).startsWith('application/fhir+json');

/**
 * Whether a door for any type or id was opened by a name: `_history`, `_search` and `$validate` are no ids, and `metadata` is no type, so that
 * another method than theirs is not answered as if they were.
 */
function isMisread({ params, server, url }: FastifyRequest): boolean {
  const { type, id } = (params ?? {}) as { type?: string; id?: string };
  if (id !== undefined && /^[$_]/.test(id)) return true;
  return type !== undefined && !RESOURCE_TYPES.has(type) && methodsAt(server.doors, url).length > 0;
}

const NO_PARAMETERS = new URLSearchParams();

const parametersOf = ({ url }: FastifyRequest): URLSearchParams =>
  url.includes('?') ? new URLSearchParams(url.split('?')[1]) : NO_PARAMETERS;

const isPretty = (request: FastifyRequest): boolean =>
  parametersOf(request).get('_pretty') === 'true' || formOf(request)?.get('_pretty') === 'true';

/** The parameters of a search by POST. */
function formOf({ headers, body }: FastifyRequest): URLSearchParams | undefined {
  const isForm = plainType(headers['content-type'] ?? '') === FORM && typeof body === 'string';
  return isForm ? new URLSearchParams(body) : undefined;
}

function refuseOtherForm(parameters: URLSearchParams, accept: string | undefined): void {
  const formats = parameters.getAll('_format');
  if (formats.length > 0 ? formats.every(isJsonFormat) : acceptsJson(accept)) return;
  throw new Failure('not-acceptable', {
    path: formats.length > 0 ? '_format' : 'Accept',
    en: 'this server answers application/fhir+json, in release 4.0',
    zh: '本系统仅提供 application/fhir+json（4.0 版）',
  });
}

/** A body in another form than its door takes is refused by what its headers say, before it is read. */
function refuseOtherBody({ headers, routeOptions }: FastifyRequest): void {
  const type = headers['content-type'];
  const { consumes } = (routeOptions.schema ?? {}) as { consumes?: readonly string[] };
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') {
    throw refusedBody('Content-Encoding', 'a body is taken uncompressed', '请求体不得压缩');
  }
  if (type === undefined) return;
  if (consumes && !consumes.includes(plainType(type))) {
    throw refusedBody('Content-Type', `is taken here as ${consumes.join(' or ')}`, `此处应为 ${consumes.join(' 或 ')}`);
  }
  const refused = refusedParameter(type);
  if (refused === 'charset') throw refusedBody('Content-Type', 'a body is taken in UTF-8 alone', '请求体仅接受 UTF-8 编码');
  if (refused) throw refusedBody('Content-Type', 'this server takes FHIR in release 4.0', '本系统仅接受 FHIR 4.0 版');
}

function refusedBody(path: string, en: string, zh: string): Failure {
  return new Failure('media-type-unsupported', { path, en, zh });
}
