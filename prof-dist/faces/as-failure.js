import { databaseFailure } from '../database/outage.js';
import { Failure } from '../failure.js';
/** What Fastify says itself before a handler is reached, by its error code. */
const OF_FASTIFY = {
    FST_ERR_CTP_BODY_TOO_LARGE: () => new Failure('too-large', {
        en: 'the body is larger than this server takes (8 MiB; an edition of the catalogue 4 MiB; the parameters of a search 64 KiB)',
        zh: '请求体超过本系统上限（8 MiB；目录版本为 4 MiB；检索参数为 64 KiB）',
    }),
    FST_ERR_CTP_INVALID_MEDIA_TYPE: () => new Failure('media-type-unsupported', {
        path: 'Content-Type',
        en: 'this Content-Type is not taken here',
        zh: '此处不支持该 Content-Type',
    }),
    FST_ERR_CTP_EMPTY_JSON_BODY: () => new Failure('malformed', { en: 'the body is empty', zh: '请求体为空' }),
    FST_ERR_CTP_INVALID_JSON_BODY: () => new Failure('malformed', { en: 'the body is not JSON', zh: '请求体不是有效的 JSON' }),
    FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => new Failure('malformed', { path: 'Content-Length', en: 'does not fit the body', zh: '与请求体长度不符' }),
};
/**
 * Any error as a Failure. An error that is none of the known kinds is a fault of this server: the caller is told only that, and the log
 * gets the rest.
 */
export function asFailure(error) {
    if (error instanceof Failure)
        return error;
    const { code, validation, validationContext, statusCode } = error;
    if (validation)
        return new Failure(validationContext === 'body' ? 'malformed' : 'parameter-invalid', issuesOf(validation, validationContext));
    const known = code ? OF_FASTIFY[code] : undefined;
    if (known)
        return known();
    if (error instanceof SyntaxError && statusCode === 400)
        return new Failure('malformed', { en: `the body is not JSON: ${error.message}`, zh: `请求体不是有效的 JSON:${error.message}` });
    if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
        return new Failure('malformed', { en: 'the request cannot be read', zh: '无法读取该请求' }, { cause: error });
    const outage = databaseFailure(error);
    if (outage)
        return outage;
    return new Failure('internal', { en: 'the exchange failed; the operator finds the reason under the request id', zh: '系统内部错误；运维人员可凭请求编号查到原因' }, { cause: error });
}
/** Each once; that none of several forms fits is left out, since what each of them misses is there. */
function issuesOf(violations, context) {
    const telling = violations.filter((it) => it.keyword !== 'anyOf');
    const issues = (telling.length > 0 ? telling : violations).map((it) => issueOf(it, context));
    return [...new Map(issues.map((it) => [`${it.path} ${it.en}`, it])).values()];
}
/** What the rules of JSON Schema ask for, in Chinese; the library has only English. */
const IN_CHINESE = {
    type: ({ type }) => `类型应为 ${[type].flat().join('、')}`,
    enum: ({ allowedValues }) => `应为 ${[allowedValues].flat().join('、')} 之一`,
    const: ({ allowedValue }) => `应为 ${String(allowedValue)}`,
    pattern: ({ pattern }) => `格式不符，应匹配 ${String(pattern)}`,
    format: ({ format }) => `格式不符，应为 ${String(format)}`,
    minLength: ({ limit }) => `不得少于 ${String(limit)} 个字符`,
    maxLength: ({ limit }) => `不得超过 ${String(limit)} 个字符`,
    minItems: ({ limit }) => `不得少于 ${String(limit)} 项`,
    maxItems: ({ limit }) => `不得超过 ${String(limit)} 项`,
    uniqueItems: ({ i, j }) => `有重复项（第 ${Number(j) + 1} 项与第 ${Number(i) + 1} 项）`,
    minimum: ({ limit }) => `不得小于 ${String(limit)}`,
    maximum: ({ limit }) => `不得大于 ${String(limit)}`,
};
/** A broken JSON Schema rule: `items[2].code` and what is wrong with it. */
function issueOf({ instancePath, keyword, params, message }, context) {
    const place = instancePath
        .split('/')
        .slice(1)
        .reduce((path, step) => (/^\d+$/.test(step) ? `${path}[${step}]` : path ? `${path}.${step}` : step), '');
    const named = String(params['additionalProperty'] ?? params['missingProperty'] ?? '');
    const path = [place, named].filter(Boolean).join('.') || context || '';
    if (keyword === 'additionalProperties')
        return { path, en: 'is not a member this route knows', zh: '不是本接口已知的成员' };
    if (keyword === 'required')
        return { path, en: 'is missing', zh: '缺失' };
    const allowed = Array.isArray(params['allowedValues']) ? `: ${params['allowedValues'].join(', ')}` : '';
    return {
        path,
        en: `${message ?? 'is not allowed'}${allowed}`,
        zh: IN_CHINESE[keyword]?.(params) ?? `不符合要求（${keyword}${allowed}）`,
    };
}
