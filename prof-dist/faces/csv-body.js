import { Readable } from 'node:stream';
import { Failure } from '../failure.js';
import { csvHeader } from './csv-cells.rules.js';
import { charsetOf } from './media-type.rules.js';
/** UTF-8, and what the spreadsheets of Chinese hospitals save; by their names in a Content-Type. */
const CHARSETS = ['utf-8', 'utf8', 'gbk', 'gb2312', 'gb18030'];
/**
 * Lets the doors of a scope take `text/csv`, as one text: in UTF-8, or in the Chinese charset that the Content-Type names.
 *
 * Throws `media-type-unsupported` for any other charset, `malformed` for bytes that are not what they are said to be.
 */
export function takeCsv(scope, { bodyLimit } = {}) {
    const options = bodyLimit === undefined ? {} : { bodyLimit };
    scope.addContentTypeParser('text/csv', { parseAs: 'buffer', ...options }, async (request, body) => decoded(body, charsetOf(request.headers['content-type'] ?? '')));
}
function decoded(bytes, charset) {
    if (charset !== undefined && !CHARSETS.includes(charset))
        throw unknownCharset(charset);
    try {
        return new TextDecoder(charset ?? 'utf-8', { fatal: true }).decode(bytes);
    }
    catch {
        throw charset === undefined ? notUtf8() : notOfCharset(charset);
    }
}
/** Says that an answer is CSV, to be kept as a file of this name. */
export function answerCsv(reply, filename) {
    reply.headers({
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': `attachment; filename="${filename}"`,
    });
}
/** A table as CSV whose lines are read as fast as they are taken. */
export function csvStream(columns, lines) {
    return Readable.from(withHeader(columns, lines));
}
async function* withHeader(columns, lines) {
    yield csvHeader(columns);
    yield* lines;
}
function notUtf8() {
    return new Failure('malformed', {
        en: 'the file is not UTF-8 but perhaps GB18030 or GBK; save it as "CSV UTF-8", or send it as "text/csv; charset=gb18030"',
        zh: '文件不是 UTF-8 编码（可能为 GB18030 或 GBK），请另存为“CSV UTF-8”格式，或以“text/csv; charset=gb18030”提交',
    });
}
function notOfCharset(charset) {
    return new Failure('malformed', {
        en: `the file is not ${charset}, which the Content-Type names`,
        zh: `文件不是 Content-Type 所注明的 ${charset} 编码`,
    });
}
function unknownCharset(charset) {
    return new Failure('media-type-unsupported', {
        path: 'Content-Type',
        en: `the charset "${charset.slice(0, 40)}" is none of utf-8, gbk, gb18030`,
        zh: `不支持字符集“${charset.slice(0, 40)}”；可用 utf-8、gbk、gb18030`,
    });
}
