import { eq, sql } from 'drizzle-orm';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessLog } from '../../src/access-log/access-log.tables.ts';
import { AccessTokens } from '../../src/security/access-tokens.ts';
import { Revocations } from '../../src/security/revocations.ts';
import { clients, revokedTokens, signingKeys } from '../../src/security/security.tables.ts';
import { SigningKeys } from '../../src/security/signing-keys.ts';
import { type CallingSystem, PUBLIC_URL, useGateway } from '../support/gateway.ts';
import { type SigningClient, signingClient } from '../support/signing-client.ts';

const gateway = useGateway();
/** Where signing keys come and go, which the tokens of other tests would not survive. */
const rolling = useGateway();
let hospital: CallingSystem;
let client: SigningClient;
/** A door behind a token that does nothing else. */
const DOOR = '/v1/alliances';

beforeAll(async () => {
  hospital = await gateway.register();
  client = await signingClient(gateway.app, hospital.institution);
});

function knock(authorization: string | undefined, headers: Record<string, string> = {}) {
  return gateway.app.inject({ url: DOOR, headers: { ...(authorization === undefined ? {} : { authorization }), ...headers } });
}

/** Signed with the exchange's own key, but saying something else. */
async function ownToken(but: { claims?: Record<string, unknown>; header?: Record<string, unknown> } = {}): Promise<string> {
  const key = await new SigningKeys(gateway.db).current(new Date());
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: PUBLIC_URL,
    sub: client.id,
    client_id: client.id,
    institution: hospital.institution,
    aud: [`${PUBLIC_URL}/fhir`, PUBLIC_URL],
    scope: 'system/*.rs',
    jti: 'j',
    iat: now,
    exp: now + 300,
  };
  return new SignJWT({ ...claims, ...but.claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.kid, ...but.header })
    .sign(key.privateKey);
}

describe('nobody comes in without a token of this server', () => {
  test('the same token, signed by us, is right', async () => {
    expect((await knock(`Bearer ${await ownToken()}`)).statusCode).toBe(200);
    expect((await knock(`bearer  ${await ownToken()}`)).statusCode).toBe(200);
  });

  test.for<[string, string | undefined]>([
    ['no header', undefined],
    ['an empty header', ''],
    ['another scheme', 'Basic Y2xpZW50OnNlY3JldA=='],
  ])('%s is token-missing', async ([, authorization]) => {
    const answer = await knock(authorization);
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    expect(answer.json()).toMatchObject({ code: 'token-missing' });
  });

  test.for<[string, string]>([
    ['a bare scheme', 'Bearer'],
    ['a text', 'Bearer x'],
    ['two texts', 'Bearer x y'],
    ['a long text', `Bearer ${'x'.repeat(9_000)}`],
  ])('%s is token-invalid', async ([, authorization]) => {
    const answer = await knock(authorization);
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer error="invalid_token"/);
    expect(answer.json()).toMatchObject({ code: 'token-invalid' });
  });

  test.for<[string, Parameters<typeof ownToken>[0]]>([
    ['expired', { claims: { exp: Math.floor(Date.now() / 1000) - 1 } }],
    ['without exp', { claims: { exp: undefined } }],
    ['without jti', { claims: { jti: undefined } }],
    ['without scope', { claims: { scope: undefined } }],
    ['without institution', { claims: { institution: undefined } }],
    ['of another issuer', { claims: { iss: 'https://other.example' } }],
    ['for another server', { claims: { aud: 'https://other.example' } }],
    ['of another type', { header: { typ: 'JWT' } }],
    ['with an unknown kid', { header: { kid: 'unknown' } }],
    ['without kid', { header: { kid: undefined } }],
  ])('a token %s is token-invalid', async ([, but]) => {
    const answer = await knock(`Bearer ${await ownToken(but)}`);
    expect({ status: answer.statusCode, ...answer.json() }).toMatchObject({ status: 401, code: 'token-invalid' });
  });

  test('a token with another signature, or signed by somebody else, is token-invalid', async () => {
    const token = await ownToken();
    const { kid } = await new SigningKeys(gateway.db).current(new Date());
    const { privateKey } = await generateKeyPair('ES256');
    const [, payload] = token.split('.');
    const forged = await new SignJWT(JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()))
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid })
      .sign(privateKey);
    for (const it of [forged, `${token.slice(0, -6)}AAAAAA`]) {
      const answer = await knock(`Bearer ${it}`);
      expect({ status: answer.statusCode, ...answer.json() }).toMatchObject({ status: 401, code: 'token-invalid' });
    }
  });

  test('a client assertion is no access token', async () => {
    expect((await knock(`Bearer ${await client.assertion()}`)).statusCode).toBe(401);
  });

  test('a token does not outlive its time in the memory of the verified ones', async () => {
    const tokens = new AccessTokens(gateway.db, PUBLIC_URL);
    const now = new Date();
    const { token } = await tokens.issue(
      { client: client.id, institution: hospital.institution, scopes: ['operator'], actingFor: { practitioner: null, purpose: null } },
      now,
    );
    const later = (ms: number) => new Date(Math.floor(now.getTime() / 1000) * 1000 + ms);
    expect(await tokens.read(token, now)).toMatchObject({ client: client.id });
    expect(await tokens.read(token, later(299_999))).toMatchObject({ client: client.id });
    expect(await tokens.read(token, later(300_000))).toBe('expired');
  });

  test('the refusal is written into the access log', async () => {
    const answer = await knock('Bearer x');
    const requestId = String(answer.headers['x-request-id']);
    const entries = await gateway.db.select().from(accessLog).where(eq(accessLog.requestId, requestId));
    expect(entries).toMatchObject([{ failure: 'token-invalid', outcome: 4, client: null }]);
  });
});

describe('clinician, purpose and reason', () => {
  /** What the access log says about a request with these headers. */
  async function logged(headers: Record<string, string | undefined>, token = hospital.token) {
    const answer = await gateway.app.inject({
      method: 'PUT',
      url: '/v1/regions/none',
      headers: { authorization: `Bearer ${token}`, ...headers } as Record<string, string>,
      payload: { name: 'x', divisions: ['50'] },
    });
    const requestId = String(answer.headers['x-request-id']);
    const [entry] = await gateway.db.select().from(accessLog).where(eq(accessLog.requestId, requestId));
    return { status: answer.statusCode, body: answer.json(), entry };
  }

  test('come from the headers into the access log', async () => {
    const { entry } = await logged({
      'x-acting-practitioner': 'urn:oid:1.2.3|D-7, %E6%9E%97%E6%95%8F',
      'x-purpose-of-use': 'BTG',
      'x-break-glass-reason': encodeURIComponent('昏迷'),
    });
    expect(entry).toMatchObject({ practitionerValue: 'D-7', practitionerName: '林敏', purpose: 'BTG', reason: '昏迷' });
  });

  test('the purpose is treatment unless said otherwise', async () => {
    expect((await logged({})).entry).toMatchObject({ purpose: 'TREAT', practitionerName: null, reason: null });
  });

  test.for<[string, Record<string, string>, string]>([
    ['a clinician of the wrong form', { 'x-acting-practitioner': 'Lin Min' }, 'X-Acting-Practitioner'],
    ['an unknown purpose', { 'x-purpose-of-use': 'HMARKT' }, 'X-Purpose-Of-Use'],
    ['an emergency without reason', { 'x-purpose-of-use': 'BTG' }, 'X-Break-Glass-Reason'],
    ['an emergency with a blank reason', { 'x-purpose-of-use': 'ETREAT', 'x-break-glass-reason': '%20' }, 'X-Break-Glass-Reason'],
    ['a reason without emergency', { 'x-break-glass-reason': 'unconscious' }, 'X-Break-Glass-Reason'],
  ])('%s is parameter-invalid', async ([, headers, path]) => {
    expect(await logged(headers)).toMatchObject({ status: 400, body: { code: 'parameter-invalid', errors: [{ path }] } });
  });

  test('that the token names bind: a header may repeat them, not change them', async () => {
    const ihe_iua = { subject_name: '林敏', person_id: 'urn:oid:1.2.3|D-7', purpose_of_use: [{ code: 'HPAYMT' }] };
    const { body } = await client.requestToken({ client_assertion: await client.assertion({ claims: { extensions: { ihe_iua } } }) });
    const token = body.access_token;

    expect((await logged({}, token)).entry).toMatchObject({ practitionerValue: 'D-7', practitionerName: '林敏', purpose: 'HPAYMT' });
    const same = { 'x-acting-practitioner': 'urn:oid:1.2.3|D-7, Lin', 'x-purpose-of-use': 'HPAYMT' };
    expect((await logged(same, token)).entry).toMatchObject({ practitionerName: '林敏', purpose: 'HPAYMT' });
    expect(await logged({ 'x-acting-practitioner': 'urn:oid:1.2.3|D-8, Chen' }, token)).toMatchObject({ status: 400 });
    expect(await logged({ 'x-purpose-of-use': 'BTG', 'x-break-glass-reason': 'x1' }, token)).toMatchObject({ status: 400 });
  });
});

describe('what was taken back', () => {
  const claims = (tokenId: string, of: string = client.id) => ({ tokenId, client: of });
  const at = (ms: number) => new Date(Date.UTC(2030, 0, 1) + ms);

  test('is seen by another gateway within a second', async () => {
    const elsewhere = new Revocations(gateway.db);
    const token = claims('taken-back-1');
    expect(await elsewhere.isRevoked(token, at(0))).toBe(false);
    await gateway.db.insert(revokedTokens).values({ jti: token.tokenId, expiresAt: at(300_000), revokedAt: sql`now()` });
    expect(await elsewhere.isRevoked(token, at(1_000))).toBe(true);
  });

  test('is renewed ahead of time, so that nobody waits', async () => {
    const elsewhere = new Revocations(gateway.db);
    const token = claims('taken-back-2');
    await elsewhere.isRevoked(token, at(0));
    await gateway.db.insert(revokedTokens).values({ jti: token.tokenId, expiresAt: at(300_000), revokedAt: sql`now()` });
    expect(await elsewhere.isRevoked(token, at(600))).toBe(false);
    await expect.poll(() => elsewhere.isRevoked(token, at(700))).toBe(true);
  });

  test('is asked for once, however many ask at the same moment', async () => {
    let statements = 0;
    const counting = {
      $client: {
        query: (...given: unknown[]) => {
          statements += 1;
          return (gateway.db.$client.query as (...it: unknown[]) => unknown)(...given);
        },
      },
    } as unknown as ConstructorParameters<typeof Revocations>[0];
    const elsewhere = new Revocations(counting);
    await Promise.all(Array.from({ length: 100 }, (_, index) => elsewhere.isRevoked(claims(`t${index}`), at(0))));
    expect(statements).toBe(1);
  });

  test('cannot be asked for: then no token is honoured', async () => {
    const away = { $client: { query: () => Promise.reject(new Error('away')) } } as unknown as ConstructorParameters<typeof Revocations>[0];
    await expect(new Revocations(away).isRevoked(claims('x'), at(0))).rejects.toThrow('away');
  });

  test('includes a row whose time lies before the last look, since it was committed later', async () => {
    const elsewhere = new Revocations(gateway.db);
    const token = claims('taken-back-3');
    await elsewhere.isRevoked(token, at(0));
    await gateway.db
      .insert(revokedTokens)
      .values({ jti: token.tokenId, expiresAt: at(300_000), revokedAt: sql`now() - interval '8 seconds'` });
    expect(await elsewhere.isRevoked(token, at(1_000))).toBe(true);
  });

  test('a removed client’s live tokens stop working', async () => {
    const tokens = new AccessTokens(gateway.db, PUBLIC_URL);
    const leaving = await signingClient(gateway.app, hospital.institution);
    const { body } = await leaving.requestToken();
    const now = Date.now();
    expect(await tokens.read(body.access_token, new Date(now))).toMatchObject({ client: leaving.id });
    await gateway.db.update(clients).set({ removedAt: sql`now()` }).where(eq(clients.id, leaving.id));
    expect(await tokens.read(body.access_token, new Date(now + 1_000))).toBe('revoked');
  });
});

describe('the signing key', () => {
  test('is one, also when many gateways start at the same moment', async () => {
    await rolling.db.delete(signingKeys);
    const started = await Promise.all(Array.from({ length: 8 }, () => new SigningKeys(rolling.db).current(new Date())));
    expect(new Set(started.map((it) => it.kid)).size).toBe(1);
    expect(await rolling.db.select().from(signingKeys)).toHaveLength(1);
  });

  test('rolled: the newest signs within a minute, and the others know it as soon as they meet it', async () => {
    const signer = new SigningKeys(rolling.db);
    const verifier = new SigningKeys(rolling.db);
    const now = Date.now();
    const old = await signer.current(new Date(now));
    await verifier.current(new Date(now));
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    await rolling.db
      .insert(signingKeys)
      .values({ kid: 'rolled', privateJwk: await exportJWK(privateKey), createdAt: new Date(now + 3_600_000) });

    expect(await verifier.find('rolled', new Date(now + 1_000))).toBeDefined();
    expect(await verifier.find(old.kid, new Date(now + 1_000))).toBeDefined();
    expect((await signer.current(new Date(now + 59_000))).kid).toBe(old.kid);
    expect((await signer.current(new Date(now + 60_000))).kid).toBe('rolled');
    await rolling.db.delete(signingKeys).where(eq(signingKeys.kid, 'rolled'));
  });

  test('is published without its private half', async () => {
    const answer = await gateway.app.inject('/oauth2/jwks');
    expect(answer.headers['cache-control']).toBe('public, max-age=300');
    for (const key of answer.json().keys) {
      expect(key).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig', kid: expect.any(String) });
      expect(key).not.toHaveProperty('d');
    }
  });
});

test('discovery needs no token and is what SMART asks for', async () => {
  for (const url of ['/fhir/.well-known/smart-configuration', '/.well-known/smart-configuration']) {
    const answer = await gateway.app.inject({ url, headers: { accept: 'text/html' } });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.json()).toMatchObject({
      token_endpoint: `${PUBLIC_URL}/oauth2/token`,
      introspection_endpoint: `${PUBLIC_URL}/oauth2/introspect`,
      revocation_endpoint: `${PUBLIC_URL}/oauth2/revoke`,
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['ES384', 'RS384'],
      code_challenge_methods_supported: ['S256'],
      capabilities: expect.arrayContaining(['client-confidential-asymmetric', 'permission-v2']),
    });
    expect(answer.json()).not.toHaveProperty('issuer');
  }
});
