import type { IncomingMessage, RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ClientKeys } from '../../src/security/client-keys.ts';
import { checkJwksUrl, fetchJwks, freshness, isPublicAddress, JwksUnreadable } from '../../src/security/fetch-jwks.ts';
import { useGateway } from '../support/gateway.ts';
import { useLocalServers } from '../support/local-servers.ts';
import { keyPair, signingClient } from '../support/signing-client.ts';

const servers = useLocalServers();

/** A client's own server on this machine; answers its address, and what it was asked. */
async function serve(listener: RequestListener): Promise<{ url: string; asked: IncomingMessage[] }> {
  const { origin, asked } = await servers.serve(listener);
  return { url: `${origin}/jwks.json`, asked };
}

const SET = '{"keys":[]}';

describe('a key set is fetched', () => {
  test('with its time to be kept', async () => {
    const { url } = await serve((_, response) => response.setHeader('cache-control', 'public, max-age=60').end(SET));
    expect(await fetchJwks(url, true)).toEqual({ jwks: { keys: [] }, freshMs: 60_000 });
  });

  test.for<[string, RequestListener, RegExp]>([
    ['a redirect', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), /redirects/],
    ['an error', (_, response) => response.writeHead(500).end(SET), /status 500/],
    ['no content', (_, response) => response.writeHead(204).end(), /status 204/],
    ['a page', (_, response) => response.end('<html>'), /not answer with JSON/],
    ['nothing', (_, response) => response.end(), /not answer with JSON/],
    ['64 KiB and one byte', (_, response) => response.end(SET.padEnd(64 * 1024 + 1)), /larger than 64 KiB/],
    ['an endless answer', (_, response) => void setInterval(() => response.write(' '.repeat(16_384)), 1).unref(), /larger than 64 KiB/],
    ['a compressed answer', (_, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(SET)), /compressed/],
    ['a broken connection', (request) => request.socket.destroy(), /cannot be reached/],
    [
      'half an answer',
      (request, response) => response.writeHead(200, { 'content-length': '100' }).write(SET, () => request.socket.destroy()),
      /cannot be reached/,
    ],
  ])('not from %s', async ([, listener, problem]) => {
    const { url } = await serve(listener);
    await expect(fetchJwks(url, true)).rejects.toThrow(problem);
  });

  test('in exactly 64 KiB', async () => {
    const { url } = await serve((_, response) => response.end(SET.padEnd(64 * 1024)));
    expect(await fetchJwks(url, true)).toMatchObject({ jwks: { keys: [] } });
  });

  test.for<[string, RequestListener]>([
    ['says nothing', () => undefined],
    ['drips', (_, response) => void setInterval(() => response.write(' '), 200).unref()],
  ])('within three seconds from a server that %s', async ([, listener]) => {
    const { url } = await serve(listener);
    const begun = performance.now();
    await expect(fetchJwks(url, true)).rejects.toThrow(/within 3 s/);
    expect(performance.now() - begun).toBeLessThan(4_500);
  });

  test('from nowhere where nobody listens', async () => {
    await expect(fetchJwks('http://127.0.0.1:1/', true)).rejects.toBeInstanceOf(JwksUnreadable);
  });
});

describe('our own network is out of reach', () => {
  test.for([
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0x7f000001/',
    'https://2130706433/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://0.0.0.0/',
    'https://10.1.2.3/',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://100.64.0.1/',
    'https://[fe80::1]/',
    'https://[fc00::1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
  ])('%s by its address', async (url) => {
    await expect(fetchJwks(url, false)).rejects.toThrow(/private address/);
  });

  test('by a name that points inside, where the connection is made', async () => {
    await expect(fetchJwks('https://localhost:1/', false)).rejects.toThrow(/private address/);
  });

  test('even where it would answer', async () => {
    const { url, asked } = await serve((_, response) => response.end(SET));
    await expect(fetchJwks(url.replace('http:', 'https:'), false)).rejects.toThrow(/private address/);
    await expect(fetchJwks(url.replace('http:', 'https:').replace('127.0.0.1', 'localhost'), false)).rejects.toThrow(/private address/);
    expect(asked).toEqual([]);
  });

  test.for<[string, string, boolean, string]>([
    ['plain HTTP', 'http://his.example/', false, 'it does not begin with https://'],
    ['a file', 'file:///etc/passwd', true, 'it does not begin with https://'],
    ['a password', 'https://a:b@his.example/', true, 'it holds a user name or password'],
    ['a fragment', 'https://his.example/#x', true, 'it has a fragment'],
    ['no URL', 'his.example', true, 'it is not a URL'],
  ])('%s', ([, url, allowPrivate, en]) => {
    expect(checkJwksUrl(url, allowPrivate)).toMatchObject({ en, zh: expect.any(String) });
  });

  test('plain HTTP and private addresses are taken where they are allowed', () => {
    expect(checkJwksUrl('http://10.1.2.3/jwks', true)).toBeInstanceOf(URL);
    expect(checkJwksUrl('https://his.example/jwks', false)).toBeInstanceOf(URL);
  });

  test.for<[string, boolean]>([
    ['8.8.8.8', true],
    ['2606:4700::1111', true],
    ['::ffff:8.8.8.8', true],
    ['::ffff:10.0.0.1', false],
    ['198.18.0.1', false],
    ['192.0.2.1', false],
    ['fe80::1%eth0', false],
    ['localhost', false],
    ['', false],
  ])('the address %s: %s', ([address, expected]) => {
    expect(isPublicAddress(address)).toBe(expected);
  });

  test('no private IPv4 address is public, in whichever family it is written', () => {
    fc.assert(
      fc.property(fc.constantFrom('10.', '127.', '192.168.', '169.254.', '172.20.'), fc.infiniteStream(fc.nat(255)), (prefix, numbers) => {
        const missing = 5 - prefix.split('.').length;
        const address = prefix + [...numbers.take(missing)].join('.');
        expect(isPublicAddress(address)).toBe(false);
        expect(isPublicAddress(`::ffff:${address}`)).toBe(false);
      }),
    );
  });
});

describe('Cache-Control', () => {
  test.for<[string | undefined, number]>([
    [undefined, 600_000],
    ['', 600_000],
    ['public', 600_000],
    ['max-age=60', 60_000],
    ['public, MAX-AGE=60', 60_000],
    ['max-age="60"', 60_000],
    ['max-age=0', 0],
    ['max-age=86400', 600_000],
    ['max-age=600', 600_000],
    ['max-age=601', 600_000],
    ['s-maxage=60', 600_000],
    ['max-age=x', 600_000],
    ['no-store', 0],
    ['no-cache', 0],
    ['max-age=60, no-store', 0],
  ])('%s: %i ms', ([header, expected]) => {
    expect(freshness(header)).toBe(expected);
  });
});

describe('the keys of a client behind a URL', () => {
  const at = (ms: number) => new Date(Date.UTC(2030, 0, 1) + ms);

  async function published(cacheControl: string) {
    const keys = await keyPair();
    const shown = { keys: [keys.publicJwk] };
    const { url, asked } = await serve((_, response) => response.setHeader('cache-control', cacheControl).end(JSON.stringify(shown)));
    const clientKeys = new ClientKeys({ privateJwksUrls: true });
    const find = (kid: string, ms: number) => clientKeys.find({ jwks: null, jwksUrl: url }, kid, 'ES384', at(ms));
    return { kid: keys.kid, shown, asked, find };
  }

  test('are fetched once as long as they may be kept', async () => {
    const { kid, asked, find } = await published('max-age=60');
    await Promise.all(Array.from({ length: 10 }, () => find(kid, 0)));
    expect(await find(kid, 59_999)).toHaveProperty('key');
    expect(asked).toHaveLength(1);
    await find(kid, 60_000);
    expect(asked).toHaveLength(2);
  });

  test('are fetched each time where they may not be kept', async () => {
    const { kid, asked, find } = await published('no-store');
    await find(kid, 0);
    await find(kid, 1);
    expect(asked).toHaveLength(2);
  });

  test('are fetched again for a kid that is new, but not in a row', async () => {
    const { kid, shown, asked, find } = await published('max-age=600');
    await find(kid, 0);
    expect(await find('new', 4_999)).toHaveProperty('problem');
    expect(asked).toHaveLength(1);
    const rolled = await keyPair('ES384', 'new');
    shown.keys = [rolled.publicJwk];
    expect(await find('new', 5_000)).toHaveProperty('key');
    expect(asked).toHaveLength(2);
    expect(await find(kid, 6_000)).toHaveProperty('problem');
  });

  test('that cannot be fetched are asked for again after five seconds', async () => {
    let up = false;
    const keys = await keyPair();
    const { url, asked } = await serve((_, response) => response.writeHead(up ? 200 : 503).end(JSON.stringify({ keys: [keys.publicJwk] })));
    const clientKeys = new ClientKeys({ privateJwksUrls: true });
    const find = (ms: number) => clientKeys.find({ jwks: null, jwksUrl: url }, keys.kid, 'ES384', at(ms));
    expect(await find(0)).toMatchObject({ problem: { en: 'it answers with status 503' } });
    up = true;
    expect(await find(4_999)).toHaveProperty('problem');
    expect(asked).toHaveLength(1);
    expect(await find(5_000)).toHaveProperty('key');
  });
});

describe('through the token endpoint', () => {
  const gateway = useGateway();
  const strict = useGateway({ privateJwksUrls: false });

  test('a client with a JWKS URL gets its token, and may say where its keys are', async () => {
    const keys = await keyPair('RS384');
    const { url } = await serve((_, response) => response.end(JSON.stringify({ keys: [keys.publicJwk] })));
    const { institution } = await gateway.register();
    const client = await signingClient(gateway.app, institution, { keys, jwksUrl: url });
    expect(await client.requestToken()).toMatchObject({ status: 200 });
    expect(await client.requestToken({ client_assertion: await client.assertion({ header: { jku: url } }) })).toMatchObject({
      status: 200,
    });
  });

  test('a jku that is not the registered one is never fetched', async () => {
    const keys = await keyPair();
    const registered = await serve((_, response) => response.end(JSON.stringify({ keys: [keys.publicJwk] })));
    const foreign = await serve((_, response) => response.end(JSON.stringify({ keys: [keys.publicJwk] })));
    const { institution } = await gateway.register();
    const client = await signingClient(gateway.app, institution, { keys, jwksUrl: registered.url });
    const assertion = await client.assertion({ header: { jku: foreign.url } });
    expect(await client.requestToken({ client_assertion: assertion })).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(foreign.asked).toEqual([]);
  });

  test('a URL at a private address is not read unless that is allowed', async () => {
    const keys = await keyPair();
    const { url, asked } = await serve((_, response) => response.end(JSON.stringify({ keys: [keys.publicJwk] })));
    const { institution } = await strict.register();
    const client = await signingClient(strict.app, institution, { keys, jwksUrl: url.replace('http:', 'https:') });
    expect(await client.requestToken()).toMatchObject({
      status: 401,
      body: { error: 'invalid_client', error_description: expect.stringMatching(/private address/) },
    });
    expect(asked).toEqual([]);
  });
});
