import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { desc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessLog } from '../../../src/access-log/access-log.tables.ts';
import { institutions } from '../../../src/institutions/institution.tables.ts';
import { clients } from '../../../src/security/security.tables.ts';
import { type CdsClient, cdsClient, contextOf, type JwtWish, ORDER_ENTRY, PATIENT_VIEW } from '../../support/cds.ts';
import { type CallingSystem, PUBLIC_URL, useGateway } from '../../support/gateway.ts';
import { keyPair } from '../../support/signing-client.ts';

const gateway = useGateway();
let hospital: CallingSystem;
let client: CdsClient;

beforeAll(async () => {
  hospital = await gateway.register();
  client = await cdsClient(gateway.app, hospital);
});

const seconds = () => Math.floor(Date.now() / 1000);
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Every door of the face, with a body that is right as far as anybody without a JWT gets to know. */
const DOORS = [
  ['GET', '/cds-services', undefined],
  ['POST', PATIENT_VIEW, { hook: 'patient-view', hookInstance: randomUUID(), context: contextOf() }],
  [
    'POST',
    `${ORDER_ENTRY}/feedback`,
    { feedback: [{ card: randomUUID(), outcome: 'overridden', outcomeTimestamp: '2026-03-01T00:00:00Z' }] },
  ],
] as const;

describe.for(DOORS)('%s %s', ([method, url, body]) => {
  test('without a JWT is 401, with what to send', async () => {
    const answer = await client.send(method, url, body, { authorization: undefined });
    expect(answer).toMatchObject({ status: 401, body: { code: 'token-missing' }, headers: { 'www-authenticate': 'Bearer' } });
    expect(String(answer.headers['content-type'])).toMatch(/^application\/problem\+json/);
  });

  test("with an access token of the exchange's own is 401", async () => {
    const answer = await client.send(method, url, body, { authorization: `Bearer ${hospital.token}` });
    expect(answer).toMatchObject({ status: 401, body: { code: 'token-invalid' } });
  });

  test('with the JWT for another door is 401', async () => {
    const other = await client.jwt(`${url}/other`);
    expect(await client.send(method, url, body, { authorization: `Bearer ${other}` })).toMatchObject({ status: 401 });
  });

  test('with the same JWT again is 401', async () => {
    const authorization = `Bearer ${await client.jwt(url)}`;
    expect((await client.send(method, url, body, { authorization })).status).not.toBe(401);
    expect(await client.send(method, url, body, { authorization })).toMatchObject({
      status: 401,
      body: { code: 'token-invalid', title: expect.stringMatching(/used before/) },
    });
  });
});

describe('a JWT that proves nothing is 401', () => {
  test.for<[string, JwtWish, RegExp]>([
    ['for the base address alone', { claims: { aud: PUBLIC_URL } }, /aud/],
    ['for our address with a slash behind it', { claims: { aud: `${PUBLIC_URL}/cds-services/` } }, /aud/],
    ['for another server as well', { claims: { aud: [`${PUBLIC_URL}/cds-services`, 'https://other.example'] } }, /aud/],
    ['for nobody', { claims: { aud: undefined } }, /aud/],
    ['that has expired', { claims: { exp: seconds() - 60, iat: seconds() - 200 } }, /expired/],
    ['that lives longer than five minutes', { claims: { exp: seconds() + 360 } }, /five minutes/],
    ['that does not say when it ends', { claims: { exp: undefined } }, /exp/],
    ['that does not say when it was made', { claims: { iat: undefined } }, /iat/],
    ['that was made ten minutes ago', { claims: { iat: seconds() - 600 } }, /expired|iat/],
    ['that will be made in ten minutes', { claims: { iat: seconds() + 600 } }, /iat/],
    ['without a jti', { claims: { jti: undefined } }, /jti/],
    ['of an issuer whom nobody registered', { claims: { iss: 'https://nobody.example' } }, /no registered client/],
    ['without an issuer', { claims: { iss: undefined } }, /iss/],
    ['without a kid', { header: { kid: undefined } }, /kid/],
    ['with a kid of no key', { header: { kid: 'other' } }, /no key/],
    ['without typ', { header: { typ: undefined } }, /typ/],
    ['of another type', { header: { typ: 'client-authentication+jwt' } }, /typ/],
    ['with a jku that nobody registered', { header: { jku: 'https://attacker.example/jwks.json' } }, /jku/],
  ])('%s', async ([, but, problem]) => {
    const authorization = `Bearer ${await client.jwt('/cds-services', but)}`;
    const answer = await client.send('GET', '/cds-services', undefined, { authorization, 'accept-language': 'en' });
    expect(answer).toMatchObject({
      status: 401,
      body: { code: 'token-invalid', title: expect.stringMatching(problem) },
      headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
    });
  });

  test('signed by none, or by HS256 with the public key', async () => {
    const claims = base64url({
      iss: client.issuer,
      aud: `${PUBLIC_URL}/cds-services`,
      exp: seconds() + 60,
      iat: seconds(),
      jti: randomUUID(),
    });
    const none = `${base64url({ alg: 'none', typ: 'JWT', kid: client.keys.kid })}.${claims}.`;
    const head = `${base64url({ alg: 'HS256', typ: 'JWT', kid: client.keys.kid })}.${claims}`;
    const hs256 = `${head}.${createHmac('sha256', JSON.stringify(client.keys.publicJwk)).update(head).digest('base64url')}`;
    for (const forged of [none, hs256, 'x', 'a.b.c', 'a'.repeat(9_000)]) {
      expect(await client.send('GET', '/cds-services', undefined, { authorization: `Bearer ${forged}` })).toMatchObject({ status: 401 });
    }
  });

  test("signed by somebody else's key under our kid", async () => {
    const authorization = `Bearer ${await client.jwt('/cds-services', { keys: await keyPair('ES384', client.keys.kid) })}`;
    expect(await client.send('GET', '/cds-services', undefined, { authorization })).toMatchObject({ status: 401 });
  });

  test('of a client that was removed; its issuer is free for the client that follows it', async () => {
    const removed = await cdsClient(gateway.app, hospital);
    await gateway.db.update(clients).set({ removedAt: new Date() }).where(eq(clients.id, removed.client));
    expect(await removed.send('GET', '/cds-services')).toMatchObject({ status: 401 });

    const successor = await cdsClient(gateway.app, hospital);
    await gateway.db.update(clients).set({ cdsIssuer: removed.issuer }).where(eq(clients.id, successor.client));
    const authorization = `Bearer ${await successor.jwt('/cds-services', { claims: { iss: removed.issuer } })}`;
    expect(await successor.send('GET', '/cds-services', undefined, { authorization })).toMatchObject({ status: 200 });
  });

  test('of a hospital that takes part no more', async () => {
    const leaving = await gateway.register();
    const its = await cdsClient(gateway.app, leaving);
    await gateway.db.update(institutions).set({ active: false }).where(eq(institutions.institution, leaving.institution));
    expect(await its.send('GET', '/cds-services')).toMatchObject({ status: 401 });
  });

  test('is in the access log before the answer, with nothing of the JWT', async () => {
    const jwt = await client.jwt('/cds-services', { claims: { aud: 'https://other.example' } });
    const { headers } = await client.send('GET', '/cds-services', undefined, { authorization: `Bearer ${jwt}` });
    const rows = await gateway.db
      .select()
      .from(accessLog)
      .where(eq(accessLog.requestId, String(headers['x-request-id'])))
      .orderBy(desc(accessLog.recordedAt));
    expect(rows).toMatchObject([{ interaction: 'listCdsServices', outcome: 4, failure: 'token-invalid', client: null }]);
    expect(JSON.stringify(rows, (_, it) => (typeof it === 'bigint' ? String(it) : it))).not.toContain(jwt.split('.')[1]);
  });
});

describe('a JWT is taken', () => {
  test.for<[string, JwtWish]>([
    ['with the audience as a list', { claims: { aud: [`${PUBLIC_URL}/cds-services`] } }],
    ['with exp as far ahead as may be', { claims: { exp: seconds() + 300 } }],
    ['with a tenant, which says nothing here', { claims: { tenant: 'ward-3' } }],
  ])('%s', async ([, but]) => {
    const authorization = `Bearer ${await client.jwt('/cds-services', but)}`;
    expect(await client.send('GET', '/cds-services', undefined, { authorization })).toMatchObject({ status: 200 });
  });

  test('by an RSA key as well', async () => {
    const rsa = await cdsClient(gateway.app, hospital, { keys: await keyPair('RS384') });
    expect(await rsa.send('GET', '/cds-services')).toMatchObject({ status: 200 });
  });

  test('of a query in the address says nothing: aud is the address without it', async () => {
    const authorization = `Bearer ${await client.jwt('/cds-services')}`;
    expect(await client.send('GET', '/cds-services?x=1', undefined, { authorization })).toMatchObject({ status: 200 });
  });
});

describe('keys behind the registered JWKS URL', () => {
  let server: Server;
  let jwksUrl: string;
  const own = keyPair();

  beforeAll(async () => {
    const { publicJwk } = await own;
    server = createServer((_, response) => response.end(JSON.stringify({ keys: [publicJwk] })));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test('are used, and jku may name that URL', async () => {
    const its = await cdsClient(gateway.app, hospital, { jwksUrl, keys: await own });
    const authorization = `Bearer ${await its.jwt('/cds-services', { header: { jku: jwksUrl } })}`;
    expect(await its.send('GET', '/cds-services', undefined, { authorization })).toMatchObject({ status: 200 });
  });
});

describe('what a client may do is what it is registered for', () => {
  test.for<[string, readonly string[], string]>([
    ['ask', ['recognition.decide'], PATIENT_VIEW],
    ['report', ['recognition.check'], `${ORDER_ENTRY}/feedback`],
  ])('%s', async ([, scopes, url]) => {
    const its = await cdsClient(gateway.app, hospital, { scopes });
    const body = DOORS.find((it) => it[1] === url)?.[2];
    expect(await its.send('POST', url, body)).toMatchObject({ status: 403, body: { code: 'scope-insufficient' } });
  });
});

describe('registration by the operator', () => {
  const fresh = async (cdsHooks: unknown) => {
    const { publicJwk } = await keyPair();
    return {
      institution: hospital.uscc,
      name: 'HIS',
      jwks: { keys: [publicJwk] },
      scopes: ['recognition.check'],
      ...(cdsHooks === undefined ? {} : { cdsHooks }),
    };
  };

  test('names the issuer and the FHIR server, and both are shown', async () => {
    const operator = await gateway.register({ scopes: ['operator'] });
    const cdsHooks = { issuer: `https://his-${randomUUID()}.example`, fhirServer: 'https://his.example/fhir' };

    const made = await operator.post('/v1/clients', await fresh({ ...cdsHooks, fhirServer: `${cdsHooks.fhirServer}/` }));

    expect(made).toMatchObject({ status: 201, body: { cdsHooks } });
    expect((await operator.get(`/v1/clients/${made.body.id}`)).body).toMatchObject({ cdsHooks });
    expect((await operator.post('/v1/clients', await fresh(undefined))).body).not.toHaveProperty('cdsHooks');
  });

  test('of an issuer that another client has is refused', async () => {
    const operator = await gateway.register({ scopes: ['operator'] });
    expect(await operator.post('/v1/clients', await fresh({ issuer: client.issuer }))).toMatchObject({
      status: 409,
      body: { code: 'conflict', errors: [{ path: 'cdsHooks.issuer' }] },
    });
  });

  test.for<[string, Record<string, unknown>, string]>([
    ['an issuer that is no URI', { issuer: 'his' }, 'cdsHooks.issuer'],
    ['an issuer with a bar', { issuer: 'https://his|1' }, 'cdsHooks.issuer'],
    ['a FHIR server that is no URL', { issuer: 'https://a.example', fhirServer: 'fhir' }, 'cdsHooks.fhirServer'],
    ['a FHIR server with a password', { issuer: 'https://a.example', fhirServer: 'https://u:p@his.example' }, 'cdsHooks.fhirServer'],
    ['a FHIR server with a query', { issuer: 'https://a.example', fhirServer: 'https://his.example/fhir?a=b' }, 'cdsHooks.fhirServer'],
  ])('of %s is refused', async ([, cdsHooks, path]) => {
    const operator = await gateway.register({ scopes: ['operator'] });
    expect(await operator.post('/v1/clients', await fresh(cdsHooks))).toMatchObject({
      status: 422,
      body: { code: 'rule-violated', errors: [{ path }] },
    });
  });
});
