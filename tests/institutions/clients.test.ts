import { generateKeyPairSync } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessLog } from '../../src/access-log/access-log.tables.ts';
import { clients } from '../../src/security/security.tables.ts';
import { type CallingSystem, freshUscc, useGateway } from '../support/gateway.ts';
import { clientWithKey, type KeyPair, keyPair } from '../support/signing-client.ts';

const gateway = useGateway();
const strict = useGateway({ privateJwksUrls: false });
let operator: CallingSystem;
let hospital: CallingSystem;
let keys: KeyPair;

beforeAll(async () => {
  operator = await gateway.register({ scopes: ['operator'] });
  hospital = await gateway.register();
  keys = await keyPair();
});

const draft = (but: Record<string, unknown> = {}) => ({
  institution: hospital.uscc,
  name: '检验信息系统',
  jwks: { keys: [keys.publicJwk] },
  scopes: ['system/*.rs'],
  ...but,
});

describe('the operator registers a calling system', () => {
  test('which can get a token at once', async () => {
    const created = await operator.post('/v1/clients', draft());

    expect(created).toMatchObject({
      status: 201,
      body: {
        institution: hospital.uscc,
        name: '检验信息系统',
        scopes: ['system/*.rs'],
        jwks: { keys: [{ kid: keys.kid, crv: 'P-384' }] },
      },
    });
    expect(created.headers['location']).toBe(`/v1/clients/${created.body.id}`);
    expect(created.body).not.toHaveProperty('removedAt');
    expect(await operator.get(`/v1/clients/${created.body.id}`)).toMatchObject({ status: 200, body: created.body });
    expect(await clientWithKey(gateway.app, created.body.id, keys).requestToken()).toMatchObject({ status: 200 });
    const entries = await gateway.db.select().from(accessLog).where(eq(accessLog.client, operator.client));
    expect(entries.find((it) => it.entities.includes(`Client/${created.body.id}`))).toMatchObject({
      interaction: 'registerClient',
      action: 'C',
    });
  });

  test('by a URL, its credit code in any way of writing', async () => {
    const { jwks: _, ...rest } = draft({ jwksUrl: 'https://his.example/jwks.json' });
    expect(await operator.post('/v1/clients', rest)).toMatchObject({ status: 201, body: { jwksUrl: 'https://his.example/jwks.json' } });
  });

  test('keeping of its keys the public part only', async () => {
    const jwk = { ...keys.publicJwk, x5c: ['secret?'], comment: 'x' };
    const { body } = await operator.post('/v1/clients', draft({ jwks: { keys: [jwk] } }));
    expect(body.jwks.keys).toEqual([keys.publicJwk]);
  });
});

describe('a calling system that is not registered, with the reason', () => {
  const privateKey = { ...generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export({ format: 'jwk' }), kid: 'p' };
  const beside = {
    kty: 'EC',
    crv: 'P-384',
    kid: 'b',
    x: Buffer.alloc(48, 1).toString('base64url'),
    y: Buffer.alloc(48, 2).toString('base64url'),
  };

  test.for<[string, Record<string, unknown>, string]>([
    ['neither keys nor URL', { jwks: undefined }, 'jwks'],
    ['both keys and URL', { jwksUrl: 'https://his.example/jwks.json' }, 'jwks'],
    ['a private key', { jwks: { keys: [privateKey] } }, 'jwks.keys[0].d'],
    ['a point beside the curve', { jwks: { keys: [beside] } }, 'jwks.keys[0]'],
    ['no key', { jwks: { keys: [] } }, 'jwks'],
    ['a scope in another order', { scopes: ['operator', 'system/Patient.sr'] }, 'scopes[1]'],
    ['an unknown scope', { scopes: ['openid'] }, 'scopes[0]'],
    ['a blank name', { name: ' ' }, 'name'],
    ['a file as URL', { jwks: undefined, jwksUrl: 'file:///etc/passwd' }, 'jwksUrl'],
    ['an institution that takes no part', { institution: '12330000470051726F' }, 'institution'],
    ['a wrong credit code', { institution: '12330000470051726G' }, 'institution'],
  ])('%s is rule-violated', async ([, but, path]) => {
    expect(await operator.post('/v1/clients', draft(but))).toMatchObject({
      status: 422,
      body: { code: 'rule-violated', errors: [{ path }] },
    });
  });

  test.for<[string, Record<string, unknown>, string]>([
    ['a name with a NUL', { name: 'a\u0000' }, 'name'],
    ['a URL with a NUL', { jwks: undefined, jwksUrl: 'https://his.example/\u0000' }, 'jwksUrl'],
    ['a kid with a NUL', { jwks: { keys: [{ ...privateKey, d: undefined, kid: 'a\u0000' }] } }, 'jwks.keys[0].kid'],
    ['a credit code with a NUL', { institution: '1233000047005172\u0000F' }, 'institution'],
  ])('%s is malformed', async ([, but, path]) => {
    expect(await operator.post('/v1/clients', draft(but))).toMatchObject({ status: 400, body: { code: 'malformed', errors: [{ path }] } });
  });

  test('everything that is wrong is said at once', async () => {
    const answer = await operator.post('/v1/clients', draft({ name: ' ', scopes: ['a', 'b'], jwks: { keys: [privateKey] } }));
    expect(answer.body.errors.map((it: { path: string }) => it.path)).toEqual(['name', 'scopes[0]', 'scopes[1]', 'jwks.keys[0].d']);
  });

  test.for<[string, Record<string, unknown>]>([
    ['an unknown member', { redirectUris: [] }],
    ['no institution', { institution: undefined }],
    ['no scopes', { scopes: [] }],
    ['scopes that are a text', { scopes: 'operator' }],
    ['keys that are a text', { jwks: 'x' }],
  ])('%s is malformed', async ([, but]) => {
    expect(await operator.post('/v1/clients', draft(but))).toMatchObject({ status: 400, body: { code: 'malformed' } });
  });

  test('a private address as JWKS URL, where those are not read', async () => {
    const op = await strict.register({ scopes: ['operator'] });
    for (const jwksUrl of ['https://10.1.2.3/jwks', 'http://his.example/jwks', 'https://[::1]/']) {
      expect(await op.post('/v1/clients', { ...draft({ institution: op.uscc, jwks: undefined }), jwksUrl })).toMatchObject({
        status: 422,
        body: { errors: [{ path: 'jwksUrl' }] },
      });
    }
  });

  test('by anybody but the operator', async () => {
    const { body } = await operator.post('/v1/clients', draft());
    for (const answer of [
      await hospital.post('/v1/clients', draft()),
      await hospital.get('/v1/clients'),
      await hospital.get(`/v1/clients/${body.id}`),
      await hospital.send('DELETE', `/v1/clients/${body.id}`),
    ]) {
      expect(answer).toMatchObject({ status: 403, body: { code: 'scope-insufficient' } });
    }
  });
});

describe('the list', () => {
  test('shows each client once, page by page, in the order of registration', async () => {
    const own = await gateway.register();
    const at = new Date('2030-01-01T00:00:00.000Z');
    const rows = Array.from({ length: 7 }, (_, index) => ({
      id: `listed-${own.institution}-${index}`,
      institution: own.institution,
      name: 'HIS',
      jwksUrl: 'https://his.example/jwks.json',
      scopes: ['operator'],
      registeredAt: index < 4 ? at : new Date(at.getTime() + index),
    }));
    await gateway.db.insert(clients).values(rows);

    const seen: string[] = [];
    let cursor = '';
    do {
      const { status, body } = await operator.get(`/v1/clients?institution=${own.uscc}&limit=3${cursor}`);
      expect(status).toBe(200);
      expect(body.clients.length).toBeLessThanOrEqual(3);
      seen.push(...body.clients.map((it: { id: string }) => it.id));
      cursor = body.next ? `&cursor=${body.next}` : '';
    } while (cursor !== '');
    expect(seen).toEqual([own.client, ...rows.map((it) => it.id)]);
  });

  test.for(['limit=0', 'limit=101', 'limit=x', 'cursor=x', 'cursor=WyJhIl0', 'page=2'])('%s is parameter-invalid', async (query) => {
    expect(await operator.get(`/v1/clients?${query}`)).toMatchObject({ status: 400, body: { code: 'parameter-invalid' } });
  });

  test('of an institution that takes no part is refused', async () => {
    expect(await operator.get(`/v1/clients?institution=${freshUscc()}`)).toMatchObject({ status: 422, body: { code: 'rule-violated' } });
  });
});

describe('a removed client', () => {
  test('gets no tokens, and its live ones stop working within a second; it is still shown', async () => {
    const { body } = await operator.post('/v1/clients', draft());
    const client = clientWithKey(gateway.app, body.id, keys);
    const token = (await client.requestToken()).body.access_token;
    const knock = async () =>
      (await gateway.app.inject({ url: '/v1/alliances', headers: { authorization: `Bearer ${token}` } })).statusCode;
    expect(await knock()).toBe(200);

    expect(await operator.send('DELETE', `/v1/clients/${body.id}`)).toMatchObject({ status: 204, text: '' });

    expect(await client.requestToken()).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    await expect.poll(knock, { timeout: 1_500 }).toBe(401);
    expect(await operator.get(`/v1/clients/${body.id}`)).toMatchObject({ body: { removedAt: expect.stringMatching(/Z$/) } });
  });

  test('may be removed again, and keeps its first time', async () => {
    const { body } = await operator.post('/v1/clients', draft());
    await operator.send('DELETE', `/v1/clients/${body.id}`);
    const { removedAt } = (await operator.get(`/v1/clients/${body.id}`)).body;
    expect(await operator.send('DELETE', `/v1/clients/${body.id}`)).toMatchObject({ status: 204 });
    expect((await operator.get(`/v1/clients/${body.id}`)).body.removedAt).toBe(removedAt);
  });

  test('that never was is not found', async () => {
    expect(await operator.send('DELETE', '/v1/clients/nobody')).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await operator.get('/v1/clients/nobody')).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await operator.get('/v1/clients/%00')).toMatchObject({ status: 400, body: { code: 'parameter-invalid' } });
  });
});
