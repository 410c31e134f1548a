import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { SignJWT } from 'jose';
import { ITEM_SYSTEM } from '../../src/catalogue/items/find-items.ts';
import { clients } from '../../src/security/security.tables.ts';
import { type Answer, type CallingSystem, PUBLIC_URL } from './gateway.ts';
import { type Person, patientOf } from './reports.ts';
import { type KeyPair, keyPair } from './signing-client.ts';

export const PATIENT_VIEW = '/cds-services/tongjian-patient-view';
export const ORDER_ENTRY = '/cds-services/tongjian-order-entry';

/** What is said otherwise than in a right JWT; a claim or header of `undefined` is left out. */
export interface JwtWish {
  readonly claims?: Record<string, unknown>;
  readonly header?: Record<string, unknown>;
  readonly keys?: KeyPair;
}

/** A calling system as a CDS client: every call is signed for its own address. */
export interface CdsClient {
  readonly client: string;
  readonly issuer: string;
  readonly keys: KeyPair;
  jwt(url: string, but?: JwtWish): Promise<string>;
  send(method: 'GET' | 'POST', url: string, body?: unknown, headers?: Record<string, string | undefined>): Promise<Answer>;
  /** Calls the service of the hook. */
  call(request: HookWish, headers?: Record<string, string>): Promise<Answer>;
  feedback(...entries: readonly Record<string, unknown>[]): Promise<Answer>;
}

export interface HookWish {
  readonly hook: 'patient-view' | 'order-select' | 'order-sign';
  readonly context: Record<string, unknown>;
  readonly [member: string]: unknown;
}

/** Registers a client for CDS Hooks straight in the database. */
export async function cdsClient(
  app: FastifyInstance,
  hospital: CallingSystem,
  about: { scopes?: readonly string[]; fhirServer?: string; jwksUrl?: string; keys?: KeyPair } = {},
): Promise<CdsClient> {
  const keys = about.keys ?? (await keyPair());
  const [client, issuer] = [randomUUID(), `https://his-${randomUUID()}.example`];
  await app.db.insert(clients).values({
    id: client,
    institution: hospital.institution,
    name: 'HIS',
    jwks: about.jwksUrl === undefined ? { keys: [keys.publicJwk] } : null,
    jwksUrl: about.jwksUrl ?? null,
    scopes: [...(about.scopes ?? ['recognition.check', 'recognition.decide'])],
    registeredAt: new Date(),
    cdsIssuer: issuer,
    cdsFhirServer: about.fhirServer ?? null,
  });
  const jwt: CdsClient['jwt'] = async (url, but = {}) => {
    const signer = but.keys ?? keys;
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, aud: `${PUBLIC_URL}${url}`, exp: now + 240, iat: now, jti: randomUUID(), ...but.claims };
    const header = { alg: signer.algorithm, typ: 'JWT', kid: signer.kid, ...but.header };
    return new SignJWT(claims).setProtectedHeader(header).sign(signer.privateKey);
  };
  const send: CdsClient['send'] = async (method, url, body, headers = {}) => {
    const all = {
      authorization: `Bearer ${await jwt(url)}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    };
    const answer = await app.inject({
      method,
      url,
      headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<string, string>,
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return {
      status: answer.statusCode,
      text: answer.body,
      body: answer.body === '' ? undefined : JSON.parse(answer.body),
      headers: answer.headers,
    };
  };
  return {
    client,
    issuer,
    keys,
    jwt,
    send,
    call: (request, headers) =>
      send('POST', request.hook === 'patient-view' ? PATIENT_VIEW : ORDER_ENTRY, { hookInstance: randomUUID(), ...request }, headers),
    feedback: (...entries) =>
      send('POST', `${ORDER_ENTRY}/feedback`, {
        feedback: entries.map((it) => ({ outcomeTimestamp: new Date().toISOString(), ...it })),
      }),
  };
}

export const PATIENT_ID = 'pat-7';

/** The clinician at the calling system. */
export const PRACTITIONER = {
  resourceType: 'Practitioner',
  id: 'doc-1',
  identifier: [{ system: 'urn:oid:2.16.156.10011.1.4', value: 'D-2002' }],
  name: [{ family: '林', given: ['敏'] }],
};

/** A prefetch with all that discovery asks for. */
export function prefetchOf(person: Person, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { patient: patientOf(person, { id: PATIENT_ID }), user: PRACTITIONER, ...more };
}

export function contextOf(more: Record<string, unknown> = {}): Record<string, unknown> {
  return { patientId: PATIENT_ID, userId: 'Practitioner/doc-1', encounterId: 'enc-1', ...more };
}

/** A draft order for an item of the list. */
export function draftOrder(id: string, ...codes: readonly (string | { system?: string; code: string })[]): Record<string, unknown> {
  return {
    resourceType: 'ServiceRequest',
    id,
    status: 'draft',
    intent: 'order',
    code: { coding: codes.map((it) => (typeof it === 'string' ? { system: ITEM_SYSTEM, code: it } : it)) },
    subject: { reference: `Patient/${PATIENT_ID}` },
  };
}

export function bundleOf(...orders: readonly Record<string, unknown>[]): Record<string, unknown> {
  return { resourceType: 'Bundle', type: 'collection', entry: orders.map((resource) => ({ resource })) };
}

/** What is to be sent when these orders are signed. */
export function signing(person: Person, orders: readonly Record<string, unknown>[], context: Record<string, unknown> = {}): HookWish {
  return { hook: 'order-sign', context: contextOf({ draftOrders: bundleOf(...orders), ...context }), prefetch: prefetchOf(person) };
}
