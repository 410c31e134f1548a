/** The algorithms a client may sign with (SMART App Launch 2.2, "Asymmetric authentication"), and the kind of key each needs. */
const KEY_TYPES = { ES384: 'EC', RS384: 'RSA' };
export const CLIENT_ALGORITHMS = ['ES384', 'RS384'];
const KEYS_MAX = 20;
const RSA_BITS_MIN = 2048;
/** A larger modulus or exponent only costs time to verify. */
const RSA_BITS_MAX = 8192;
const RSA_EXPONENT_BYTES_MAX = 4;
/** Members that only a private or a shared key has (RFC 7518 §6). */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
/** What is wrong with a key set to be registered; nothing where each key is public, strong enough, and told apart by its `kid`. */
export function checkKeySet(jwks, path) {
    const keys = keysOf(jwks);
    if (!keys || keys.length === 0) {
        return [{ path, en: 'a JWK set is { "keys": [ … ] } with at least one key', zh: 'JWK 集应为 { "keys": [ … ] }，至少含一把密钥' }];
    }
    if (keys.length > KEYS_MAX) {
        return [{ path: `${path}.keys`, en: `at most ${KEYS_MAX} keys are kept`, zh: `至多保存 ${KEYS_MAX} 把密钥` }];
    }
    const issues = keys.flatMap((key, index) => checkKey(key).map((it) => ({ ...it, path: `${path}.keys[${index}]${it.path}` })));
    const kids = keys.map((it) => it['kid']);
    const repeated = kids.findIndex((kid, index) => kids.indexOf(kid) !== index);
    if (issues.length === 0 && repeated >= 0) {
        issues.push({
            path: `${path}.keys[${repeated}].kid`,
            en: `the kid "${String(kids[repeated])}" is used twice; a signature could not be matched to one key`,
            zh: `kid“${String(kids[repeated])}”重复，签名无法对应到唯一的密钥`,
        });
    }
    return issues;
}
/** The key that an assertion names, or why there is not exactly one that may be used (SMART: none or several is a failure). */
export function chooseKey(jwks, kid, algorithm) {
    const named = (keysOf(jwks) ?? []).filter((it) => it['kid'] === kid && it['kty'] === KEY_TYPES[algorithm]);
    const [key] = named;
    if (!key)
        return 'none';
    if (named.length > 1)
        return 'several';
    const suits = checkKey(key).length === 0 && (key['alg'] === undefined || key['alg'] === algorithm);
    return suits ? { key } : 'unusable';
}
/** The public part alone, as it is stored and used; other members are of no use to us. */
export function publicPart(key) {
    const material = key['kty'] === 'EC' ? ['crv', 'x', 'y'] : ['n', 'e'];
    const kept = ['kty', 'kid', 'alg', 'use', ...material].filter((name) => key[name] !== undefined);
    return Object.fromEntries(kept.map((name) => [name, key[name]]));
}
function keysOf(jwks) {
    const keys = isObject(jwks) ? jwks['keys'] : undefined;
    return Array.isArray(keys) && keys.every(isObject) ? keys : undefined;
}
function checkKey(key) {
    const issues = [];
    const { kid, kty, alg, use, key_ops: operations } = key;
    const secret = PRIVATE_MEMBERS.find((it) => it in key);
    if (secret) {
        issues.push({
            path: `.${secret}`,
            en: 'This is a private key. Keep it to yourself, make a new pair, and register the public key only.',
            zh: '这是私钥。请勿外传，应重新生成密钥对，只登记公钥。',
        });
    }
    if (typeof kid !== 'string' || !/^[^\p{Cc}\p{Cs}]{1,256}$/u.test(kid) || kid.trim() === '') {
        issues.push({ path: '.kid', en: 'a key needs a kid of 1 to 256 printable characters', zh: '密钥须有 kid（1 至 256 个可打印字符）' });
    }
    if (use !== undefined && use !== 'sig') {
        issues.push({ path: '.use', en: 'the key is for "sig" (signatures)', zh: '密钥用途应为“sig”（签名）' });
    }
    if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) {
        issues.push({ path: '.key_ops', en: 'a public key is for "verify"', zh: '公钥的 key_ops 应含“verify”' });
    }
    if (alg !== undefined && !CLIENT_ALGORITHMS.some((it) => it === alg && KEY_TYPES[it] === kty)) {
        issues.push({ path: '.alg', en: 'the algorithm is ES384 for EC keys, RS384 for RSA keys', zh: 'EC 密钥用 ES384，RSA 密钥用 RS384' });
    }
    return [...issues, ...checkMaterial(key)];
}
function checkMaterial({ kty, crv, x, y, n, e }) {
    if (kty === 'EC') {
        const hasPoint = crv === 'P-384' && byteLength(x) === 48 && byteLength(y) === 48;
        return hasPoint ? [] : [{ path: '', en: 'an EC key is a point (x, y) of P-384', zh: 'EC 密钥应为 P-384 曲线上的点（x、y）' }];
    }
    if (kty === 'RSA') {
        const bits = bitLength(n);
        const exponentBytes = byteLength(e);
        const isStrong = bits >= RSA_BITS_MIN && bits <= RSA_BITS_MAX && bitLength(e) > 1 && exponentBytes <= RSA_EXPONENT_BYTES_MAX;
        if (isStrong)
            return [];
        return [
            {
                path: '',
                en: `an RSA key has a modulus n of ${RSA_BITS_MIN} to ${RSA_BITS_MAX} bits and an exponent e such as AQAB; this one has ${bits} bits`,
                zh: `RSA 密钥的模数 n 应为 ${RSA_BITS_MIN} 至 ${RSA_BITS_MAX} 位，指数 e 如 AQAB；此密钥为 ${bits} 位`,
            },
        ];
    }
    return [{ path: '.kty', en: 'the key is EC (P-384) or RSA', zh: '密钥类型应为 EC（P-384）或 RSA' }];
}
/** Bytes of a base64url text; -1 where it is none. */
function byteLength(text) {
    return bytesOf(text)?.length ?? -1;
}
/** Bits of a base64url number without its leading zeros; -1 where it is none. */
function bitLength(text) {
    const bytes = bytesOf(text);
    if (!bytes)
        return -1;
    const first = [...bytes].findIndex((it) => it !== '\0');
    return first < 0 ? 0 : (bytes.length - first) * 8 - Math.clz32(bytes.charCodeAt(first)) + 24;
}
/** One character a byte. */
function bytesOf(text) {
    if (typeof text !== 'string' || !/^[A-Za-z0-9_-]+$/.test(text) || text.length % 4 === 1)
        return undefined;
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'));
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
