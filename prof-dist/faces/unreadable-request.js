import { Failure } from '../failure.js';
import { FHIR_JSON } from './fhir-face.js';
import { PROBLEM_JSON } from './flat-face.js';
import { operationOutcome } from './operation-outcome.js';
import { problem } from './problem.js';
/** Node takes so much of a request's first line and headers. */
const HEAD_MAX = 16 * 1024;
/**
 * Answers what is not even a request of HTTP, and ends the connection: a line or headers that are too long, nonsense, or nothing at all for
 * too long. In the manner of the face it seems to mean, in English, since no header could be read; nothing is written down about it.
 */
export function answerUnreadableRequest(error, socket) {
    if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
        socket.destroy();
        return;
    }
    const { rawPacket } = error;
    const head = rawPacket?.subarray(0, HEAD_MAX).toString('latin1') ?? '';
    const [status, failure] = shownAs(error.code, head);
    const isFhir = /^[A-Z]+ \/fhir[/? ]/.test(head);
    const body = JSON.stringify(isFhir ? operationOutcome(failure, 'en') : { ...problem(failure, 'en'), status: Number.parseInt(status, 10) });
    const headers = {
        'content-type': isFhir ? FHIR_JSON : PROBLEM_JSON,
        'content-length': Buffer.byteLength(body),
        'cache-control': 'no-store',
        connection: 'close',
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    socket.end(`HTTP/1.1 ${status}\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}
function shownAs(code, head) {
    if (code === 'HPE_HEADER_OVERFLOW') {
        return head.includes('\r\n')
            ? ['431 Request Header Fields Too Large', tooLarge('the headers are longer than 16 KiB', '请求头超过 16 KiB')]
            : ['414 URI Too Long', tooLarge('the address is longer than 16 KiB; search by POST', '地址超过 16 KiB，请改用 POST 检索')];
    }
    if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
        return ['408 Request Timeout', new Failure('timeout', { en: 'the request did not arrive in time', zh: '请求未能及时到达' })];
    }
    return ['400 Bad Request', new Failure('malformed', { en: 'this is no request of HTTP/1.1', zh: '不是有效的 HTTP/1.1 请求' })];
}
const tooLarge = (en, zh) => new Failure('too-large', { en, zh });
