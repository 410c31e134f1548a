import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ConfigError, DEFAULT_LIMITS, readConfig } from '../src/config.ts';

test('nothing set: every default', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 8080,
    publicUrl: 'http://127.0.0.1:8080',
    databaseUrl: undefined,
    databasePoolMax: 16,
    databasePooler: 'none',
    limits: DEFAULT_LIMITS,
    databaseReplicaUrls: [],
    databaseReplicaWaitMs: 20,
    logLevel: 'info',
    privateJwksUrls: false,
    dataFolder: '.data',
    auditLogKeys: [],
    auditLogOrigin: undefined,
    accessLogRetentionMonths: 72,
  });
});

test('what is given holds, without a slash at the end', () => {
  const config = readConfig({
    HOST: '0.0.0.0',
    PORT: '9000',
    PUBLIC_URL: 'https://exchange.example/',
    DATABASE_URL: 'postgresql://db.example/x',
  });
  expect(config).toMatchObject({ port: 9000, publicUrl: 'https://exchange.example', databaseUrl: 'postgresql://db.example/x' });
});

test.for<[string, Record<string, string>, boolean]>([
  ['nothing', { DATABASE_POOLER: 'none' }, true],
  ['one that lends connections', { DATABASE_POOLER: 'transaction', DATABASE_URL: 'postgres://pooler/x' }, true],
  ['one that knows names', { DATABASE_POOLER: 'transaction-prepared', DATABASE_URL: 'postgres://pooler/x' }, true],
  ['one before the embedded database', { DATABASE_POOLER: 'transaction' }, false],
])('before the database: %s', ([, env, good]) => {
  const read = () => readConfig(env);
  if (good) expect(read().databasePooler).toBe(env['DATABASE_POOLER']);
  else expect(read).toThrow(ConfigError);
});

test.for<[string, Record<string, string>, readonly string[] | undefined]>([
  ['none', { DATABASE_REPLICA_URLS: '' }, []],
  ['one', { DATABASE_REPLICA_URLS: 'postgres://a/x', DATABASE_URL: 'postgres://p/x' }, ['postgres://a/x']],
  [
    'several, with blanks and slashes',
    { DATABASE_REPLICA_URLS: 'postgres://a/x, postgresql://b/x/,', DATABASE_URL: 'postgres://p/x' },
    ['postgres://a/x', 'postgresql://b/x'],
  ],
  ['one of the embedded database', { DATABASE_REPLICA_URLS: 'postgres://a/x' }, undefined],
  ['something else', { DATABASE_REPLICA_URLS: 'postgres://a/x,http://b/x', DATABASE_URL: 'postgres://p/x' }, undefined],
  ['a wait without end', { DATABASE_REPLICA_WAIT_MS: '1001' }, undefined],
])('replicas: %s', ([, env, urls]) => {
  const read = () => readConfig(env);
  if (urls) expect(read().databaseReplicaUrls).toEqual(urls);
  else expect(read).toThrow(ConfigError);
});

test('an IPv6 host stands in brackets in the public address', () => {
  expect(readConfig({ HOST: '::1' }).publicUrl).toBe('http://[::1]:8080');
});

test('everything wrong is said at once, and no password', () => {
  const wrong = {
    HOST: '0.0.0.0',
    PORT: '65536',
    DATABASE_POOL_MAX: '1',
    DATABASE_URL: 'mysql://me:secret@db',
    LOG_LEVEL: 'loud',
    JWKS_PRIVATE_ADDRESSES: 'yes',
    DATABASE_POOLER: 'session',
  };

  const read = () => readConfig(wrong);

  expect(read).toThrow(ConfigError);
  try {
    read();
  } catch (error) {
    expect((error as ConfigError).problems).toHaveLength(7);
    expect((error as ConfigError).message).not.toContain('secret');
  }
});

test.for<[string, string, boolean]>([
  ['the lowest port', '0', true],
  ['the highest port', '65535', true],
  ['one beyond', '65536', false],
  ['a fraction', '80.5', false],
  ['a sign', '-1', false],
  ['words', 'eighty', false],
])('PORT %s', ([, text, good]) => {
  const read = () => readConfig({ PORT: text });
  if (good) expect(read().port).toBe(Number(text));
  else expect(read).toThrow(ConfigError);
});

describe('the keys of the access log', () => {
  const pem = (): string => generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  const [one, two] = [pem(), pem()];
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  const problemsOf = (env: Record<string, string>, file = ''): readonly string[] => {
    try {
      readConfig(env, () => file);
      return [];
    } catch (error) {
      return (error as ConfigError).problems;
    }
  };

  test('come from a file or the environment, the current one first', () => {
    const fromFile = readConfig({ AUDIT_LOG_KEY_FILE: '/run/secrets/log.pem' }, (path) =>
      path === '/run/secrets/log.pem' ? `new\n${one}\nold\n${two}` : '',
    );
    const fromText = readConfig({ AUDIT_LOG_KEY: one.replaceAll('\n', '\\n'), AUDIT_LOG_ORIGIN: 'region.example/log' });

    expect(fromFile.auditLogKeys.map((it) => it.export({ format: 'pem', type: 'pkcs8' }))).toEqual([one, two]);
    expect(fromText.auditLogKeys.map((it) => it.export({ format: 'pem', type: 'pkcs8' }))).toEqual([one]);
    expect(fromText.auditLogOrigin).toBe('region.example/log');
  });

  test.for<[string, Record<string, string>, string, number]>([
    ['both ways', { AUDIT_LOG_KEY: one, AUDIT_LOG_KEY_FILE: 'a' }, two, 1],
    ['no key in the file', { AUDIT_LOG_KEY_FILE: 'a' }, 'nothing', 1],
    ['a key of another kind', { AUDIT_LOG_KEY_FILE: 'a' }, `${one}${other}`, 1],
    ['two keys of another kind', { AUDIT_LOG_KEY: `${other}${other}` }, '', 2],
    ['the same key twice', { AUDIT_LOG_KEY: `${one}${two}${one}` }, '', 1],
    ['a key cut off', { AUDIT_LOG_KEY: one.replace(/.{20}\n-----END/, '\n-----END') }, '', 1],
    ['more keys than anybody needs', { AUDIT_LOG_KEY: Array.from({ length: 9 }, pem).join('') }, '', 1],
    ['a name with a blank', { AUDIT_LOG_ORIGIN: 'region log' }, '', 1],
    ['a name with a plus', { AUDIT_LOG_ORIGIN: 'region+log' }, '', 1],
    ['several faults', { AUDIT_LOG_ORIGIN: 'a b', AUDIT_LOG_KEY_FILE: 'a', PORT: 'x' }, '', 3],
  ])('refused: %s', ([, env, file, count]) => {
    const problems = problemsOf(env, file);

    expect(problems).toHaveLength(count);
    expect(problems.join('\n')).not.toContain('BEGIN');
  });

  test('a file that is not there is a problem like any other', () => {
    expect(() => readConfig({ AUDIT_LOG_KEY_FILE: '/nowhere/log.pem' })).toThrow('AUDIT_LOG_KEY_FILE cannot be read: ENOENT');
  });
});
