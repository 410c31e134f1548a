import { eq } from 'drizzle-orm';
import { type CryptoKey, importJWK, type JWK } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeOperator, operatorCommand } from '../../src/cli/operator.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { institutions } from '../../src/institutions/institution.tables.ts';
import { clients } from '../../src/security/security.tables.ts';
import { freshUscc, useGateway } from '../support/gateway.ts';
import { clientWithKey } from '../support/signing-client.ts';

const gateway = useGateway();
let config: Config;

beforeEach(async () => {
  await gateway.db.update(clients).set({ removedAt: new Date() });
  config = readConfig({ DATABASE_URL: gateway.databaseUrl, PUBLIC_URL: 'https://exchange.example' });
});

/** Runs the command as from a terminal. */
async function run(...argv: string[]) {
  let out = '';
  let said = '';
  const code = await operatorCommand(config, argv, { out: (text) => (out += text), say: (text) => (said += text) });
  return { code, out, said };
}

const operators = async () =>
  (await gateway.db.select().from(clients)).filter((it) => it.removedAt === null && it.scopes.includes('operator'));

describe('tongjian operator', () => {
  test('prints the id and the private key of a client that can get a token, once and nothing else', async () => {
    const uscc = freshUscc();
    const { code, out } = await run('--name', '重庆市卫生健康委员会', '--uscc', uscc);

    expect(code).toBe(0);
    const printed = JSON.parse(out) as { clientId: string; privateJwk: JWK };
    expect(printed).toMatchObject({
      institution: { uscc, name: '重庆市卫生健康委员会' },
      scopes: ['operator', 'system/Organization.cruds'],
      tokenEndpoint: 'https://exchange.example/oauth2/token',
      privateJwk: { kty: 'EC', crv: 'P-384', alg: 'ES384', kid: expect.any(String), d: expect.any(String) },
    });
    const { privateJwk, clientId } = printed;
    const keys = {
      kid: privateJwk.kid ?? '',
      algorithm: 'ES384' as const,
      privateKey: (await importJWK(privateJwk, 'ES384')) as CryptoKey,
      publicJwk: {},
    };
    expect(await clientWithKey(gateway.app, clientId, keys).requestToken({ scope: 'operator' })).toMatchObject({ status: 200 });
    expect(JSON.stringify(await gateway.db.select().from(clients).where(eq(clients.id, clientId)))).not.toContain(privateJwk.d);
  });

  test('takes the division from the credit code unless it is given', async () => {
    const taken = freshUscc();
    await run('--name', '平台', '--uscc', taken);
    const given = freshUscc();
    await run('--name', '平台', '--uscc', given, '--district', '510104', '--another');
    const rows = await gateway.db.select().from(institutions);
    expect(rows.find((it) => it.uscc === taken)).toMatchObject({ district: '500112' });
    expect(rows.find((it) => it.uscc === given)).toMatchObject({ district: '510104' });
  });

  test('makes one operator, and another only when told so', async () => {
    const uscc = freshUscc();
    expect((await run('--name', '平台', '--uscc', uscc)).code).toBe(0);
    expect(await run('--name', '平台', '--uscc', uscc)).toMatchObject({
      code: 1,
      out: '',
      said: expect.stringMatching(/--another[\s\S]*--another/),
    });
    expect((await run('--name', '平台', '--uscc', uscc, '--another')).code).toBe(0);
    expect(await operators()).toHaveLength(2);
  });

  test('run by many at the same moment makes one operator', async () => {
    const uscc = freshUscc();
    const runs = await Promise.all(Array.from({ length: 6 }, () => run('--name', '平台', '--uscc', uscc)));
    expect(runs.map((it) => it.code).sort()).toEqual([0, 1, 1, 1, 1, 1]);
    expect(await operators()).toHaveLength(1);
  });

  test('makes a new one after the only one was removed', async () => {
    const now = new Date();
    const first = await makeOperator(gateway.databaseUrl, { name: '平台', uscc: freshUscc(), another: false }, now);
    await gateway.db.update(clients).set({ removedAt: now }).where(eq(clients.id, first.clientId));
    expect((await run('--name', '平台', '--uscc', freshUscc())).code).toBe(0);
  });

  test.for<[string, string[], number, RegExp]>([
    ['no argument', [], 2, /--name and --uscc[\s\S]*Usage/],
    ['no credit code', ['--name', '平台'], 2, /Usage/],
    ['an unknown flag', ['--force'], 2, /--force[\s\S]*Usage/],
    ['a word', ['please'], 2, /Usage/],
    ['a wrong credit code', ['--name', '平台', '--uscc', '12330000470051726G'], 1, /--uscc/],
    ['a blank name', ['--name', ' ', '--uscc', '12330000470051726F'], 1, /--name/],
    ['a division that is none', ['--name', '平台', '--uscc', '12330000470051726F', '--district', '50'], 1, /--district/],
    ['a question for help', ['--help'], 0, /^Usage/],
  ])('%s makes none', async ([, argv, code, said]) => {
    expect(await run(...argv)).toMatchObject({ code, out: '', said: expect.stringMatching(said) });
    expect(await operators()).toHaveLength(0);
  });
});
