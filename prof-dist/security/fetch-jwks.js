import { lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import ipaddr from 'ipaddr.js';
const TIMEOUT_MS = 3_000;
const LENGTH_MAX = 64 * 1024;
/** How long a key set may be kept without being told, and at most. */
const FRESH_MAX_MS = 600_000;
/** A key set could not be fetched; the problem may be told to the client it belongs to. */
export class JwksUnreadable extends Error {
    name = 'JwksUnreadable';
    problem;
    constructor(problem, cause) {
        super(problem.en, { cause });
        this.problem = problem;
    }
}
const PROBLEMS = {
    noUrl: { en: 'it is not a URL', zh: '不是有效的网址' },
    noHttps: { en: 'it does not begin with https://', zh: '未以 https:// 开头' },
    password: { en: 'it holds a user name or password', zh: '含有用户名或密码' },
    fragment: { en: 'it has a fragment', zh: '含有“#”片段' },
    privateAddress: { en: 'it is at a private address, which this server does not read', zh: '指向内网地址，本平台不予访问' },
    noAddress: { en: 'its host name has no address', zh: '主机名无法解析' },
    redirect: { en: 'it redirects, which is not followed', zh: '返回重定向，本平台不予跟随' },
    compressed: { en: 'it sends a compressed answer that was not asked for', zh: '返回了未经请求的压缩内容' },
    tooLarge: { en: `it is larger than ${LENGTH_MAX / 1024} KiB`, zh: `内容超过 ${LENGTH_MAX / 1024} KiB` },
    noJson: { en: 'it does not answer with JSON', zh: '返回的不是 JSON' },
    late: { en: `it does not answer within ${TIMEOUT_MS / 1000} s`, zh: `${TIMEOUT_MS / 1000} 秒内未返回` },
};
/**
 * Fetches a JWK set: within 3 s, at most 64 KiB, without following redirects, over HTTPS and from public addresses only. With
 * `allowPrivate`, as hospital intranets need, plain HTTP and private addresses are taken too.
 *
 * The address is checked where the connection is made, so that a name that points inside, or does so only the second time, is of no use
 * to anybody who wants to reach our own network. Throws `JwksUnreadable`. `freshMs` is after `Cache-Control`, never above ten minutes.
 */
export async function fetchJwks(url, allowPrivate) {
    const target = checkJwksUrl(url, allowPrivate);
    if (!(target instanceof URL))
        throw new JwksUnreadable(target);
    const deadline = AbortSignal.timeout(TIMEOUT_MS);
    const response = await get(target, allowPrivate, deadline);
    const status = response.statusCode ?? 0;
    if (status !== 200) {
        response.destroy();
        if (status >= 300 && status < 400)
            throw new JwksUnreadable(PROBLEMS.redirect);
        throw new JwksUnreadable({ en: `it answers with status ${status}`, zh: `返回状态码 ${status}` });
    }
    if ((response.headers['content-encoding'] ?? 'identity') !== 'identity') {
        response.destroy();
        throw new JwksUnreadable(PROBLEMS.compressed);
    }
    const text = await readText(response, deadline);
    try {
        return { jwks: JSON.parse(text), freshMs: freshness(response.headers['cache-control']) };
    }
    catch {
        throw new JwksUnreadable(PROBLEMS.noJson);
    }
}
/** The URL, or what is wrong with it as the address of a JWK set. */
export function checkJwksUrl(text, allowPrivate) {
    if (!/^[!-~]+$/.test(text) || !URL.canParse(text))
        return PROBLEMS.noUrl;
    const url = new URL(text);
    if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:'))
        return PROBLEMS.noHttps;
    if (url.username || url.password)
        return PROBLEMS.password;
    if (url.hash)
        return PROBLEMS.fragment;
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (!allowPrivate && ipaddr.isValid(host) && !isPublicAddress(host))
        return PROBLEMS.privateAddress;
    return url;
}
/** Whether an IP address is one of the open Internet: not private, loopback, link-local, shared, multicast, reserved or a way around. */
export function isPublicAddress(address) {
    return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}
/** How long an answer may be kept, in milliseconds, by its Cache-Control (RFC 9111 §5.2). */
export function freshness(cacheControl) {
    const directives = (cacheControl ?? '')
        .toLowerCase()
        .split(',')
        .map((it) => it.trim());
    if (directives.some((it) => /^no-(store|cache)\b/.test(it)))
        return 0;
    const age = directives.map((it) => /^max-age="?(\d+)"?$/.exec(it)?.[1]).find((it) => it !== undefined);
    return age === undefined ? FRESH_MAX_MS : Math.min(Number(age) * 1000, FRESH_MAX_MS);
}
function get(url, allowPrivate, deadline) {
    return new Promise((resolve, reject) => {
        const request = (url.protocol === 'https:' ? https : http).get(url, {
            agent: false,
            headers: { accept: 'application/json, application/jwk-set+json', 'accept-encoding': 'identity' },
            lookup: allowPrivate ? undefined : lookupPublic,
            signal: deadline,
            maxHeaderSize: 16 * 1024,
        });
        request.on('socket', (socket) => {
            socket.on('connect', () => {
                if (!allowPrivate && !isPublicAddress(socket.remoteAddress ?? ''))
                    request.destroy(new JwksUnreadable(PROBLEMS.privateAddress));
            });
        });
        request.on('response', resolve);
        request.on('error', (error) => reject(asUnreadable(error, deadline)));
    });
}
/** Resolves a name as Node does, and fails where any of its addresses is not public. */
export const lookupPublic = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
        const [first] = addresses ?? [];
        if (error || !first)
            callback(error ?? new JwksUnreadable(PROBLEMS.noAddress), '', 0);
        else if (!addresses.every((it) => isPublicAddress(it.address)))
            callback(new JwksUnreadable(PROBLEMS.privateAddress), '', 0);
        else if (options.all)
            callback(null, addresses);
        else
            callback(null, first.address, first.family);
    });
};
async function readText(response, deadline) {
    const chunks = [];
    let length = 0;
    try {
        for await (const chunk of response) {
            length += chunk.length;
            if (length > LENGTH_MAX)
                throw new JwksUnreadable(PROBLEMS.tooLarge);
            chunks.push(chunk);
        }
    }
    catch (error) {
        throw asUnreadable(error, deadline);
    }
    return Buffer.concat(chunks).toString('utf8');
}
function asUnreadable(error, deadline) {
    if (error instanceof JwksUnreadable)
        return error;
    if (deadline.aborted)
        return new JwksUnreadable(PROBLEMS.late, error);
    const { code, name } = error;
    return new JwksUnreadable({ en: `it cannot be reached (${code ?? name})`, zh: `无法连接（${code ?? name}）` }, error);
}
