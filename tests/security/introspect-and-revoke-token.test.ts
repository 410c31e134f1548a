import { beforeAll, describe, expect, test } from 'vitest';
import { type CallingSystem, PUBLIC_URL, useGateway } from '../support/gateway.ts';
import { ASSERTION_TYPE, postForm, type SigningClient, signingClient } from '../support/signing-client.ts';

const gateway = useGateway();
let hospital: CallingSystem;
let client: SigningClient;

beforeAll(async () => {
  hospital = await gateway.register();
  client = await signingClient(gateway.app, hospital.institution, { scopes: ['system/*.rs'] });
});

const issue = async (of: SigningClient = client): Promise<string> => (await of.requestToken()).body.access_token;
const introspect = (token: string | undefined, bearer = hospital.token) =>
  postForm(gateway.app, '/oauth2/introspect', { token }, { authorization: `Bearer ${bearer}` });
const revoke = (token: string | undefined, bearer: string) =>
  postForm(gateway.app, '/oauth2/revoke', { token }, { authorization: `Bearer ${bearer}` });
const knock = async (token: string) =>
  (await gateway.app.inject({ url: '/v1/alliances', headers: { authorization: `Bearer ${token}` } })).statusCode;

describe('introspection', () => {
  test('says what a live token says', async () => {
    expect(await introspect(await issue())).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: {
        active: true,
        scope: 'system/*.rs',
        client_id: client.id,
        sub: client.id,
        iss: PUBLIC_URL,
        aud: [`${PUBLIC_URL}/fhir`, PUBLIC_URL],
        token_type: 'Bearer',
        institution: hospital.institution,
        exp: expect.any(Number),
        iat: expect.any(Number),
        jti: expect.any(String),
      },
    });
  });

  test('names the clinician the token was issued for', async () => {
    const ihe_iua = { subject_name: '林敏', person_id: 'urn:oid:1.2.3|D-7' };
    const { body } = await client.requestToken({ client_assertion: await client.assertion({ claims: { extensions: { ihe_iua } } }) });
    expect((await introspect(body.access_token)).body.extensions).toEqual({ ihe_iua });
  });

  test('says of any other text that it is not active, and nothing else', async () => {
    for (const text of ['x', 'a.b.c', await client.assertion(), 'x'.repeat(10_000)]) {
      const answer = await introspect(text);
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({ active: false });
    }
  });

  test('may be asked with a client assertion instead of a token', async () => {
    const form = { token: await issue(), client_assertion_type: ASSERTION_TYPE, client_assertion: await client.assertion() };
    expect(await postForm(gateway.app, '/oauth2/introspect', form)).toMatchObject({ status: 200, body: { active: true } });
  });

  test('is for nobody without a proof of who they are', async () => {
    const token = await issue();
    expect(await postForm(gateway.app, '/oauth2/introspect', { token })).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(await introspect(token, 'x')).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
    expect((await introspect(token, 'x')).headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  });

  test('needs a token to talk about', async () => {
    expect(await introspect(undefined)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  test('is by POST only', async () => {
    const answer = await gateway.app.inject({ url: `/oauth2/introspect?token=x`, headers: { authorization: `Bearer ${hospital.token}` } });
    expect(answer.statusCode).toBeGreaterThanOrEqual(404);
  });
});

describe('revocation', () => {
  test('ends a token within a second, on every door', async () => {
    const token = await issue();
    expect(await knock(token)).toBe(200);
    expect(await revoke(token, await issue())).toMatchObject({ status: 200 });
    await expect.poll(() => knock(token), { timeout: 1_500 }).toBe(401);
    expect((await introspect(token)).body).toEqual({ active: false });
    expect(await knock(await issue())).toBe(200);
  });

  test('may be asked for with the very token', async () => {
    const token = await issue();
    expect(await revoke(token, token)).toMatchObject({ status: 200 });
    await expect.poll(() => knock(token), { timeout: 1_500 }).toBe(401);
  });

  test('of what is worth nothing already is fine', async () => {
    const token = await issue();
    expect(await revoke(token, hospital.token)).toMatchObject({ status: 400 });
    expect(await revoke('x', hospital.token)).toMatchObject({ status: 200 });
    const own = await issue();
    expect(await revoke(token, own)).toMatchObject({ status: 200 });
    expect(await revoke(token, own)).toMatchObject({ status: 200 });
  });

  test('of another client’s token is refused, unless the operator asks', async () => {
    const token = await issue();
    expect(await revoke(token, hospital.token)).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
    expect(await knock(token)).toBe(200);
    const operator = await gateway.register({ scopes: ['operator'] });
    expect(await revoke(token, operator.token)).toMatchObject({ status: 200 });
    await expect.poll(() => knock(token), { timeout: 1_500 }).toBe(401);
  });
});
