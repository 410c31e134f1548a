import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { Failure } from '../failure.ts';

/** Lets the doors of a scope take `text/csv`, as one text. Throws `malformed` for anything but UTF-8: spreadsheets save Chinese as GBK. */
export function takeCsv(scope: FastifyInstance): void {
  scope.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (_request, body, done) => {
    const bytes = body as Buffer;
    if (isUtf8(bytes)) done(null, bytes.toString('utf8'));
    else done(notUtf8());
  });
}

function notUtf8(): Failure {
  return new Failure('malformed', {
    en: 'the file is not UTF-8 but perhaps GB18030 or GBK; save it as "CSV UTF-8"',
    zh: '文件不是 UTF-8 编码（可能为 GB18030 或 GBK），请另存为“CSV UTF-8”格式',
  });
}
