import { expect, test } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

test('nothing set: every default', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 8080,
    publicUrl: 'http://127.0.0.1:8080',
    databaseUrl: undefined,
    databasePoolMax: 16,
    logLevel: 'info',
    privateJwksUrls: false,
    dataFolder: '.data',
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
  };

  const read = () => readConfig(wrong);

  expect(read).toThrow(ConfigError);
  try {
    read();
  } catch (error) {
    expect((error as ConfigError).problems).toHaveLength(6);
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
