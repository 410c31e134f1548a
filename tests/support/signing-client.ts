import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { clients } from '../../src/security/security.tables.ts';
import { type Answer, PUBLIC_URL } from './gateway.ts';

export const TOKEN_URL = `${PUBLIC_URL}/oauth2/token`;
export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export interface KeyPair {
  readonly kid: string;
  readonly algorithm: 'ES384' | 'RS384';
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

export async function keyPair(algorithm: 'ES384' | 'RS384' = 'ES384', kid: string = randomUUID()): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  return { kid, algorithm, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid } };
}

/** A client as SMART Backend Services has it, with its key in its hand. */
export interface SigningClient {
  readonly id: string;
  readonly keys: KeyPair;
  /** A signed assertion that is right but for what is said otherwise; a claim or header of `undefined` is left out. */
  assertion(but?: { claims?: Record<string, unknown>; header?: Record<string, unknown>; keys?: KeyPair }): Promise<string>;
  /** Asks for a token with a fresh assertion, unless the form says otherwise. */
  requestToken(form?: Record<string, string | undefined>): Promise<Answer>;
}

/** Registers a client of an institution straight in the database. */
export async function signingClient(
  app: FastifyInstance,
  institution: number,
  about: { scopes?: readonly string[]; keys?: KeyPair; jwks?: unknown; jwksUrl?: string } = {},
): Promise<SigningClient> {
  const keys = about.keys ?? (await keyPair());
  const id = randomUUID();
  await app.db.insert(clients).values({
    id,
    institution,
    name: 'HIS',
    jwks: about.jwksUrl === undefined ? (about.jwks ?? { keys: [keys.publicJwk] }) : null,
    jwksUrl: about.jwksUrl ?? null,
    scopes: [...(about.scopes ?? ['system/*.rs', 'recognition.check'])],
    registeredAt: new Date(),
  });
  return clientWithKey(app, id, keys);
}

/** A client that is registered already. */
export function clientWithKey(app: FastifyInstance, id: string, keys: KeyPair): SigningClient {
  const assertion: SigningClient['assertion'] = async (but = {}) => {
    const signer = but.keys ?? keys;
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: id, sub: id, aud: TOKEN_URL, exp: now + 240, iat: now, jti: randomUUID(), ...but.claims };
    const header = { alg: signer.algorithm, typ: 'JWT', kid: signer.kid, ...but.header };
    return new SignJWT(claims).setProtectedHeader(header).sign(signer.privateKey);
  };
  return {
    id,
    keys,
    assertion,
    requestToken: async (form = {}) =>
      postForm(app, '/oauth2/token', {
        grant_type: 'client_credentials',
        scope: 'system/*.rs',
        client_assertion_type: ASSERTION_TYPE,
        ...('client_assertion' in form ? {} : { client_assertion: await assertion() }),
        ...form,
      }),
  };
}

/** Posts a form; parameters of `undefined` are left out. */
export async function postForm(
  app: FastifyInstance,
  url: string,
  form: Record<string, string | undefined>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(Object.entries(form).filter((it): it is [string, string] => it[1] !== undefined)).toString(),
  });
  return {
    status: answer.statusCode,
    text: answer.body,
    body: answer.body === '' ? undefined : JSON.parse(answer.body),
    headers: answer.headers,
  };
}
