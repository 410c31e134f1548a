import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkKeySet, chooseKey, publicPart } from '../../src/security/client-key.rules.ts';

function ec(curve: string, kid: string) {
  return { ...generateKeyPairSync('ec', { namedCurve: curve }).publicKey.export({ format: 'jwk' }), kid };
}
function rsa(bits: number, kid: string) {
  return { ...generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ format: 'jwk' }), kid };
}
const P384 = ec('P-384', 'a');
const RSA_2048 = rsa(2048, 'b');
const WITH_D = { ...generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export({ format: 'jwk' }), kid: 'c' };

describe('a key set to be registered', () => {
  test.for<[string, unknown, string | undefined]>([
    ['one EC key', { keys: [P384] }, undefined],
    ['one RSA key of 2048 bits', { keys: [RSA_2048] }, undefined],
    ['both', { keys: [P384, RSA_2048] }, undefined],
    [
      'a key that names algorithm, use and operation',
      { keys: [{ ...P384, alg: 'ES384', use: 'sig', key_ops: ['verify'], ext: true }] },
      undefined,
    ],
    ['an RSA key of 1024 bits', { keys: [rsa(1024, 'x')] }, 'jwks.keys[0]'],
    [
      'a modulus of 2047 bits',
      { keys: [{ ...RSA_2048, n: Buffer.concat([Buffer.from([0x7f]), Buffer.alloc(255, 0xff)]).toString('base64url') }] },
      'jwks.keys[0]',
    ],
    [
      'a modulus of 2048 bits behind a zero byte',
      { keys: [{ ...RSA_2048, n: Buffer.concat([Buffer.from([0, 0x80]), Buffer.alloc(255, 1)]).toString('base64url') }] },
      undefined,
    ],
    ['an exponent of 1', { keys: [{ ...RSA_2048, e: 'AQ' }] }, 'jwks.keys[0]'],
    ['a huge exponent', { keys: [{ ...RSA_2048, e: 'AQAAAAAB' }] }, 'jwks.keys[0]'],
    ['an EC key of P-256', { keys: [ec('P-256', 'x')] }, 'jwks.keys[0]'],
    ['an EC key without y', { keys: [{ ...P384, y: undefined }] }, 'jwks.keys[0]'],
    ['a shared key', { keys: [{ kty: 'oct', k: 'AAAA', kid: 'x' }] }, 'jwks.keys[0].k'],
    ['a key of no kind', { keys: [{ kid: 'x' }] }, 'jwks.keys[0].kty'],
    ['a private key', { keys: [P384, WITH_D] }, 'jwks.keys[1].d'],
    ['a key without kid', { keys: [{ ...P384, kid: undefined }] }, 'jwks.keys[0].kid'],
    ['a blank kid', { keys: [{ ...P384, kid: ' ' }] }, 'jwks.keys[0].kid'],
    ['one kid for two keys', { keys: [P384, { ...RSA_2048, kid: 'a' }] }, 'jwks.keys[1].kid'],
    ['a key for encryption', { keys: [{ ...P384, use: 'enc' }] }, 'jwks.keys[0].use'],
    ['a key to sign with', { keys: [{ ...P384, key_ops: ['sign'] }] }, 'jwks.keys[0].key_ops'],
    ['the algorithm of the other kind', { keys: [{ ...P384, alg: 'RS384' }] }, 'jwks.keys[0].alg'],
    ['a weaker algorithm', { keys: [{ ...RSA_2048, alg: 'RS256' }] }, 'jwks.keys[0].alg'],
    ['no key', { keys: [] }, 'jwks'],
    ['keys that are no objects', { keys: ['a'] }, 'jwks'],
    ['21 keys', { keys: Array.from({ length: 21 }, (_, index) => ({ ...P384, kid: String(index) })) }, 'jwks.keys'],
    ['a key instead of a set', P384, 'jwks'],
    ['nothing', null, 'jwks'],
  ])('%s', ([, jwks, path]) => {
    expect(checkKeySet(jwks, 'jwks').at(0)?.path).toBe(path);
  });
});

describe('the key an assertion names', () => {
  test.for<[string, unknown, string, 'ES384' | 'RS384', string]>([
    ['the only one', { keys: [P384] }, 'a', 'ES384', 'key'],
    ['the right one of two', { keys: [P384, RSA_2048] }, 'b', 'RS384', 'key'],
    ['another kid', { keys: [P384] }, 'z', 'ES384', 'none'],
    ['the kid of a key of another kind', { keys: [P384] }, 'a', 'RS384', 'none'],
    ['the same kid for keys of two kinds', { keys: [P384, { ...RSA_2048, kid: 'a' }] }, 'a', 'RS384', 'key'],
    ['two keys of one kid and kind', { keys: [P384, ec('P-384', 'a')] }, 'a', 'ES384', 'several'],
    ['a private key that was published', { keys: [WITH_D] }, 'c', 'ES384', 'unusable'],
    ['a weak key', { keys: [rsa(1024, 'w')] }, 'w', 'RS384', 'unusable'],
    ['a key for encryption', { keys: [{ ...P384, use: 'enc' }] }, 'a', 'ES384', 'unusable'],
    ['unusable neighbours do not matter', { keys: [{ kty: 'oct', k: 'AAAA', kid: 'x' }, P384] }, 'a', 'ES384', 'key'],
    ['no key set', 'x', 'a', 'ES384', 'none'],
  ])('%s', ([, jwks, kid, algorithm, expected]) => {
    const chosen = chooseKey(jwks, kid, algorithm);
    expect(typeof chosen === 'string' ? chosen : 'key').toBe(expected);
  });

  test('nothing private is kept', () => {
    expect(publicPart(WITH_D)).not.toHaveProperty('d');
  });
});

/** Sample keys of the SMART implementation guide; not part of this project. */
const SAMPLES = new URL('../../../shared/testdata/smart/', import.meta.url);

test.skipIf(!existsSync(SAMPLES)).for(['ES384', 'RS384'] as const)(
  'the sample %s keys of SMART: the public set is taken, the private one refused',
  (algorithm) => {
    const read = (name: string) => JSON.parse(readFileSync(new URL(name, SAMPLES), 'utf8'));
    const published = read(`${algorithm}.public.json`);
    expect(checkKeySet(published, 'jwks')).toEqual([]);
    expect(chooseKey(published, published.keys[0].kid, algorithm)).toHaveProperty('key');
    const secret = read(`${algorithm}.private.json`);
    expect(checkKeySet(secret, 'jwks')).not.toEqual([]);
    expect(chooseKey(secret, published.keys[0].kid, algorithm)).toBe('several');
  },
);
