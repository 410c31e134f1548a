import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildServer } from '../../src/server.ts';
import { PUBLIC_URL, useGateway } from '../support/gateway.ts';
import { clientWithKey, keyPair } from '../support/signing-client.ts';

const gateway = useGateway();
let away: FastifyInstance;

beforeAll(async () => {
  away = await buildServer({
    publicUrl: PUBLIC_URL,
    databaseUrl: 'postgres://nobody@127.0.0.1:1/nowhere',
    databasePoolMax: 2,
    logLevel: 'silent',
    privateJwksUrls: false,
  });
  await away.ready();
});
afterAll(() => away.close());

describe('while the database is away', () => {
  test('the OAuth endpoints say so, and when to try again', async () => {
    const client = clientWithKey(away, 'client', await keyPair());
    expect(await client.requestToken()).toMatchObject({
      status: 503,
      headers: { 'retry-after': expect.stringMatching(/^\d+$/), 'cache-control': 'no-store' },
      body: { error: 'temporarily_unavailable' },
    });
  });

  test('a refusal that cannot be logged is not given', async () => {
    expect(await clientWithKey(away, 'client', await keyPair()).requestToken({ grant_type: 'password' })).toMatchObject({ status: 503 });
  });

  test('no token opens a door, not even one of ours', async () => {
    const { token } = await gateway.register();
    const answer = await away.inject({ url: '/v1/alliances', headers: { authorization: `Bearer ${token}` } });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toMatch(/^\d+$/);
  });

  test('discovery still answers', async () => {
    expect((await away.inject('/fhir/.well-known/smart-configuration')).statusCode).toBe(200);
  });
});
