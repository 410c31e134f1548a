import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase } from '../support/template-database.ts';

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let gateway: pg.Client;

beforeAll(async () => {
  database = await cloneDatabase();
  gateway = new pg.Client({ connectionString: database.gatewayUrl });
  await gateway.connect();
});

afterAll(async () => {
  await gateway.end();
  await database.drop();
});

test('works', async () => {
  expect((await gateway.query('select current_user as x')).rows).toEqual([{ x: 'tongjian_gateway' }]);
});
