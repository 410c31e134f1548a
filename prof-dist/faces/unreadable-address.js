import { Failure } from '../failure.js';
import { FHIR_JSON } from './fhir-face.js';
import { PROBLEM_JSON } from './flat-face.js';
import { operationOutcome } from './operation-outcome.js';
import { problem } from './problem.js';
import { languageOf, SHOWN } from './shown-failures.js';
/**
 * Answers an address that cannot even be read, in the manner of the face it seems to mean: a broken percent escape, or a part longer than
 * any id. No door, hook or caller is known by then, and nothing is written down about it, since anybody may ask.
 */
export function answerUnreadableAddress({ code }, request, reply) {
    const failure = code === 'FST_ERR_MAX_PARAM_LENGTH'
        ? new Failure('not-found', { en: 'a part of the address is longer than any id here', zh: '地址中某一部分长度超过任何 id' })
        : new Failure('malformed', {
            en: 'the address cannot be read; write it percent-encoded UTF-8',
            zh: '无法解析地址，请使用 UTF-8 百分号编码',
        });
    const language = languageOf(request.headers['accept-language']);
    const [mediaType, shape] = /^\/fhir(\/|\?|$)/.test(request.url) ? [FHIR_JSON, operationOutcome] : [PROBLEM_JSON, problem];
    reply
        .code(SHOWN[failure.code].status)
        .header('x-request-id', request.id)
        .header('cache-control', 'no-store')
        .header('content-language', language === 'zh' ? 'zh-CN' : 'en')
        .type(mediaType)
        .send(JSON.stringify(shape(failure, language)));
}
