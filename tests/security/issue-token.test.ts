import { createHmac, randomUUID } from 'node:crypto';
import { desc, eq } from 'drizzle-orm';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessLog } from '../../src/access-log/access-log.tables.ts';
import { institutions } from '../../src/institutions/institution.tables.ts';
import { clients, usedAssertions } from '../../src/security/security.tables.ts';
import { type CallingSystem, PUBLIC_URL, useGateway } from '../support/gateway.ts';
import { ASSERTION_TYPE, keyPair, postForm, type SigningClient, signingClient, TOKEN_URL } from '../support/signing-client.ts';

const gateway = useGateway();
let hospital: CallingSystem;
let client: SigningClient;

beforeAll(async () => {
  hospital = await gateway.register();
  client = await signingClient(gateway.app, hospital.institution);
});

const seconds = () => Math.floor(Date.now() / 1000);
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a client that proves who it is', () => {
  test('gets a token of five minutes that opens doors', async () => {
    const { status, body, headers } = await client.requestToken({ scope: 'system/Observation.rs recognition.check' });

    expect({ status, ...body }).toMatchObject({
      status: 200,
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'system/Observation.rs recognition.check',
    });
    expect(headers).toMatchObject({ 'cache-control': 'no-store', pragma: 'no-cache' });
    expect(decodeProtectedHeader(body.access_token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    const claims = decodeJwt(body.access_token);
    expect(claims).toMatchObject({
      iss: PUBLIC_URL,
      sub: client.id,
      client_id: client.id,
      aud: [`${PUBLIC_URL}/fhir`, PUBLIC_URL],
      institution: hospital.institution,
      scope: 'system/Observation.rs recognition.check',
    });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(300);
    const answer = await gateway.app.inject({ url: '/v1/alliances', headers: { authorization: `Bearer ${body.access_token}` } });
    expect(answer.statusCode).toBe(200);
  });

  test('does so by an RSA key as well', async () => {
    const rsa = await signingClient(gateway.app, hospital.institution, { keys: await keyPair('RS384') });
    expect(await rsa.requestToken()).toMatchObject({ status: 200 });
  });

  test.for<[string, Record<string, unknown>]>([
    ['the issuer as audience', { aud: PUBLIC_URL }],
    ['the audience as a list of one', { aud: [TOKEN_URL] }],
    ['exp as far ahead as may be', { exp: seconds() + 300 }],
    ['no iat', { iat: undefined }],
  ])('%s is right', async ([, claims]) => {
    expect(await client.requestToken({ client_assertion: await client.assertion({ claims }) })).toMatchObject({ status: 200 });
  });

  test('keeps v1 scopes as they are written', async () => {
    expect(await client.requestToken({ scope: 'system/Patient.read' })).toMatchObject({ body: { scope: 'system/Patient.read' } });
  });

  test('is written into the access log before it has its token', async () => {
    const own = await signingClient(gateway.app, hospital.institution);
    const { body } = await own.requestToken();
    const entries = await gateway.db.select().from(accessLog).where(eq(accessLog.client, own.id));
    expect(entries).toMatchObject([{ interaction: 'issueToken', outcome: 0, institution: hospital.institution }]);
    expect(JSON.stringify(entries, (_, it) => (typeof it === 'bigint' ? String(it) : it))).not.toContain(body.access_token);
  });

  test('names clinician and purpose for all requests of the token', async () => {
    const extensions = {
      ihe_iua: { subject_name: '林敏', person_id: 'urn:oid:1.2.3|D-1001', purpose_of_use: [{ code: 'HPAYMT' }], subject_role: ['x'] },
    };
    const { body } = await client.requestToken({ client_assertion: await client.assertion({ claims: { extensions } }) });
    expect(decodeJwt(body.access_token)['extensions']).toEqual({
      ihe_iua: {
        subject_name: '林敏',
        person_id: 'urn:oid:1.2.3|D-1001',
        purpose_of_use: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HPAYMT' }],
      },
    });
  });
});

describe('an assertion that proves nothing is invalid_client', () => {
  test.for<[string, Parameters<SigningClient['assertion']>[0], RegExp]>([
    ['an audience that only begins like ours', { claims: { aud: `${TOKEN_URL}/` } }, /aud/],
    ['the FHIR address as audience', { claims: { aud: `${PUBLIC_URL}/fhir` } }, /aud/],
    ['another server beside us in the audience', { claims: { aud: [TOKEN_URL, 'https://other.example'] } }, /aud/],
    ['an empty audience', { claims: { aud: [] } }, /aud/],
    ['no audience', { claims: { aud: undefined } }, /aud/],
    ['an expired one', { claims: { exp: seconds() - 60 } }, /expired/],
    ['exp more than five minutes ahead', { claims: { exp: seconds() + 360 } }, /five minutes/],
    ['exp a year ahead', { claims: { exp: seconds() + 31_536_000 } }, /five minutes/],
    ['no exp', { claims: { exp: undefined } }, /exp/],
    ['exp that is a text', { claims: { exp: String(seconds() + 60) } }, /exp/],
    ['one that begins to hold later', { claims: { nbf: seconds() + 120 } }, /nbf/],
    ['no jti', { claims: { jti: undefined } }, /jti/],
    ['an empty jti', { claims: { jti: '' } }, /jti/],
    ['a jti with a NUL', { claims: { jti: 'a\u0000b' } }, /jti/],
    ['a jti of 257 characters', { claims: { jti: 'j'.repeat(257) } }, /jti/],
    ['an issuer that is nobody', { claims: { iss: 'nobody', sub: 'nobody' } }, /no registered client/],
    ['an issuer with a NUL', { claims: { iss: 'a\u0000', sub: 'a\u0000' } }, /client id/],
    ['an issuer that is not the subject', { claims: { sub: 'somebody-else' } }, /iss and sub/],
    ['no issuer', { claims: { iss: undefined } }, /iss and sub/],
    ['an unknown kid', { header: { kid: 'unknown' } }, /no key with the kid/],
    ['no kid', { header: { kid: undefined } }, /kid/],
    ['a jku that nobody registered', { header: { jku: 'https://attacker.example/jwks.json' } }, /jku/],
    ['the type of another kind of token', { header: { typ: 'at+jwt' } }, /typ/],
  ])('%s', async ([, but, description]) => {
    const answer = await client.requestToken({ client_assertion: await client.assertion(but) });
    expect(answer).toMatchObject({
      status: 401,
      body: { error: 'invalid_client', error_description: expect.stringMatching(description), error_description_zh: expect.any(String) },
      headers: { 'cache-control': 'no-store', pragma: 'no-cache' },
    });
  });

  test("the signature of somebody else's key under our kid", async () => {
    const stranger = await keyPair('ES384', client.keys.kid);
    const answer = await client.requestToken({ client_assertion: await client.assertion({ keys: stranger }) });
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client', error_description: expect.stringMatching(/signature/) } });
  });

  test('alg none, and HS256 with the public key as its secret', async () => {
    const claims = base64url({ iss: client.id, sub: client.id, aud: TOKEN_URL, exp: seconds() + 240, jti: randomUUID() });
    const none = `${base64url({ alg: 'none', typ: 'JWT', kid: client.keys.kid })}.${claims}.`;
    const head = `${base64url({ alg: 'HS256', typ: 'JWT', kid: client.keys.kid })}.${claims}`;
    const hs256 = `${head}.${createHmac('sha256', JSON.stringify(client.keys.publicJwk)).update(head).digest('base64url')}`;
    for (const forged of [none, hs256]) {
      expect(await client.requestToken({ client_assertion: forged })).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    }
  });

  test.for(['', 'x', 'a.b.c', '..', `${'a'.repeat(5_000)}.b.c`, 'eyJhbGciOiJFUzM4NCJ9.bnVsbA.AA'])('the text "%s"', async (text) => {
    expect(await client.requestToken({ client_assertion: text })).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  test('a key set with two keys of one kid', async () => {
    const keys = await keyPair();
    const twin = await keyPair('ES384', keys.kid);
    const twins = await signingClient(gateway.app, hospital.institution, { keys, jwks: { keys: [keys.publicJwk, twin.publicJwk] } });
    expect(await twins.requestToken()).toMatchObject({
      status: 401,
      body: { error: 'invalid_client', error_description: expect.stringMatching(/several keys/) },
    });
  });

  test('a client that was removed', async () => {
    const removed = await signingClient(gateway.app, hospital.institution);
    await gateway.db.update(clients).set({ removedAt: new Date() }).where(eq(clients.id, removed.id));
    expect(await removed.requestToken()).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  test('a client of an institution that takes part no more', async () => {
    const leaving = await gateway.register();
    const its = await signingClient(gateway.app, leaving.institution);
    expect(await its.requestToken()).toMatchObject({ status: 200 });
    await gateway.db.update(institutions).set({ active: false }).where(eq(institutions.institution, leaving.institution));
    expect(await its.requestToken()).toMatchObject({
      status: 401,
      body: { error: 'invalid_client', error_description: expect.stringMatching(/takes part no more/) },
    });
  });

  test('another client_id than the issuer', async () => {
    expect(await client.requestToken({ client_id: randomUUID() })).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(await client.requestToken({ client_id: client.id })).toMatchObject({ status: 200 });
  });

  test('another way of authentication', async () => {
    const secret = { client_assertion: undefined, client_assertion_type: undefined, client_id: client.id, client_secret: 'guess' };
    expect(await client.requestToken(secret)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const otherType = { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer' };
    expect(await client.requestToken(otherType)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  test('is written into the access log, with the client it claims to be and nothing of the assertion', async () => {
    const own = await signingClient(gateway.app, hospital.institution);
    const assertion = await own.assertion({ claims: { aud: 'https://other.example' } });
    await own.requestToken({ client_assertion: assertion });
    const entries = await gateway.db
      .select()
      .from(accessLog)
      .where(eq(accessLog.interaction, 'issueToken'))
      .orderBy(desc(accessLog.recordedAt));
    const entry = entries.find((it) => it.query?.includes(own.id));
    expect(entry).toMatchObject({ outcome: 4, failure: 'token-invalid', client: null, institution: null });
    expect(entry?.query).not.toContain(assertion);
  });
});

describe('an assertion is used once', () => {
  test('the same one again is refused, and says so', async () => {
    const assertion = await client.assertion();
    expect(await client.requestToken({ client_assertion: assertion })).toMatchObject({ status: 200 });
    expect(await client.requestToken({ client_assertion: assertion })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client', error_description: expect.stringMatching(/used before/) },
    });
  });

  test('of twenty at the same moment, one wins', async () => {
    const assertion = await client.assertion();
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.requestToken({ client_assertion: assertion })));
    expect(answers.filter((it) => it.status === 200)).toHaveLength(1);
    expect(answers.filter((it) => it.status === 401)).toHaveLength(19);
  });

  test('the same jti of two clients is not the same assertion', async () => {
    const other = await signingClient(gateway.app, hospital.institution);
    const jti = randomUUID();
    for (const it of [client, other]) {
      expect(await it.requestToken({ client_assertion: await it.assertion({ claims: { jti } }) })).toMatchObject({ status: 200 });
    }
  });

  test('a wrong scope uses it up, a wrong signature does not', async () => {
    const assertion = await client.assertion();
    const forged = `${assertion.slice(0, -8)}AAAAAAAA`;
    expect(await client.requestToken({ client_assertion: forged })).toMatchObject({ status: 401 });
    expect(await client.requestToken({ client_assertion: assertion, scope: 'operator' })).toMatchObject({
      body: { error: 'invalid_scope' },
    });
    expect(await client.requestToken({ client_assertion: assertion })).toMatchObject({ body: { error: 'invalid_client' } });
  });

  test('long expired ones are forgotten', async () => {
    await gateway.db.insert(usedAssertions).values({ client: 'long-ago', jti: 'x', expiresAt: new Date('2020-01-01') });
    const { ClientAuthentication } = await import('../../src/security/client-authentication.ts');
    const { ClientKeys } = await import('../../src/security/client-keys.ts');
    const { ClientJwts } = await import('../../src/security/client-jwt.ts');
    const jwts = new ClientJwts(gateway.db, new ClientKeys({ privateJwksUrls: false }), async () => true);
    const authentication = new ClientAuthentication(gateway.db, PUBLIC_URL, jwts);
    await authentication.authenticate({ client_assertion_type: ASSERTION_TYPE, client_assertion: await client.assertion() }, new Date());
    expect(await gateway.db.select().from(usedAssertions).where(eq(usedAssertions.client, 'long-ago'))).toEqual([]);
  });
});

describe('a request that is wrong in itself', () => {
  test.for<[string, Record<string, string | undefined>, string]>([
    ['no grant_type', { grant_type: undefined }, 'invalid_request'],
    ['another grant_type', { grant_type: 'authorization_code' }, 'unsupported_grant_type'],
    ['no scope', { scope: undefined }, 'invalid_scope'],
    ['a blank scope', { scope: '  ' }, 'invalid_scope'],
    ['a scope beyond the registered ones', { scope: 'system/*.rs operator' }, 'invalid_scope'],
    ['letters beyond the registered ones', { scope: 'system/Observation.cruds' }, 'invalid_scope'],
    ['a scope in another order', { scope: 'system/Observation.sr' }, 'invalid_scope'],
    ['a scope with a search parameter', { scope: 'system/Observation.rs?category=laboratory' }, 'invalid_scope'],
    ['a scope no server has', { scope: 'openid' }, 'invalid_scope'],
    ['a scope with a NUL', { scope: 'openid\u0000' }, 'invalid_scope'],
  ])('%s', async ([, form, error]) => {
    expect(await client.requestToken(form)).toMatchObject({ status: 400, body: { error }, headers: { 'cache-control': 'no-store' } });
  });

  test('a clinician without a name', async () => {
    const assertion = await client.assertion({ claims: { extensions: { ihe_iua: { person_id: 'urn:oid:1.2.3|7' } } } });
    expect(await client.requestToken({ client_assertion: assertion })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request', error_description: expect.stringMatching(/subject_name/) },
    });
  });

  test.for<[string, string, string]>([
    ['JSON instead of a form', 'application/json', '{"grant_type":"client_credentials"}'],
    ['no body', 'application/x-www-form-urlencoded', ''],
    ['a parameter twice', 'application/x-www-form-urlencoded', 'grant_type=client_credentials&scope=a&scope=b'],
    ['a form of 70 KiB', 'application/x-www-form-urlencoded', `grant_type=${'a'.repeat(70_000)}`],
  ])('%s', async ([, type, payload]) => {
    const answer = await gateway.app.inject({ method: 'POST', url: '/oauth2/token', headers: { 'content-type': type }, payload });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ error: 'invalid_request' });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('parameters nobody knows are passed over', async () => {
    expect(await client.requestToken({ resource: 'https://other.example' })).toMatchObject({ status: 200 });
  });

  test('descriptions are of the characters that OAuth allows', async () => {
    const answer = await client.requestToken({ scope: 'схема"\\' });
    expect(answer.body.error_description).toMatch(/^[ !#-[\]-~]+$/);
  });
});

test('what is refused is answered the same way by all three endpoints', async () => {
  for (const url of ['/oauth2/token', '/oauth2/introspect', '/oauth2/revoke']) {
    const answer = await postForm(gateway.app, url, { grant_type: 'client_credentials', token: 'x', client_assertion: 'x' });
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  }
});
