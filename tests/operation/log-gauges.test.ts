import { expect, test } from 'vitest';
import { buildServer } from '../../src/server.ts';
import { PUBLIC_URL, useGateway } from '../support/gateway.ts';
import { fillLog } from '../support/log-entries.ts';

const gateway = useGateway();

/** What /metrics says of the log, by the rest of the name. */
async function figures(app = gateway.app): Promise<Record<string, number>> {
  const { body, statusCode } = await app.inject('/metrics');
  expect(statusCode).toBe(200);
  const lines = body.split('\n').flatMap((it) => /^tongjian_audit_log_(\S+) (\S+)$/.exec(it)?.slice(1, 3) ?? []);
  return Object.fromEntries(lines.flatMap((it, at) => (at % 2 === 0 ? [[it, Number(lines[at + 1])]] : [])));
}

test('how far the log has come, and what waits, is told', async () => {
  await fillLog(gateway.db, 5);
  const before = await figures();
  await gateway.db.$client.query("insert into log_followers (follower, next) values ('test', 2)");
  await gateway.db.$client.query(
    "insert into follower_failures (follower, leaf, error, attempts, failed_at) values ('test', 1, 'x', 3, now())",
  );
  await gateway.app.rounds.runAll();
  const after = await figures();

  expect(before).toEqual({ size: 0, waiting: 5, waiting_seconds: expect.any(Number) });
  expect(after).toMatchObject({
    size: 5,
    waiting: 0,
    waiting_seconds: 0,
    checkpoint_age_seconds: expect.any(Number),
    'follower_lag{follower="test"}': 3,
    'follower_failures{follower="test"}': 1,
  });
});

test('while the database is away nothing is told of the log, and the rest still is', async () => {
  const app = await buildServer({
    publicUrl: PUBLIC_URL,
    databaseUrl: 'postgresql://nobody@127.0.0.1:1/none',
    databasePoolMax: 2,
    logLevel: 'silent',
    privateJwksUrls: true,
  });

  expect(await figures(app)).toEqual({});
  await app.close();
});
