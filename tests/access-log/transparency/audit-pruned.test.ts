import { expect, test } from 'vitest';
import { insertAccessRows } from '../../../src/access-log/access-log.queries.ts';
import { auditCommand } from '../../../src/cli/audit.ts';
import { readConfig } from '../../../src/config.ts';
import {
  auditDatabase,
  auditFiles,
  buildLog,
  entryAt,
  giveOut,
  inFolder,
  lookUps,
  removeFrom,
  SIGNED,
  tampering,
} from '../../support/audited-log.ts';
import { useGateway } from '../../support/gateway.ts';

const gateway = useGateway(SIGNED);
const LONG_MS = 120_000;
const OLD = 5;

const quiet = (): void => undefined;
const prune = (before: string): Promise<number> =>
  auditCommand(
    readConfig({ DATABASE_URL: gateway.databaseUrl, ACCESS_LOG_RETENTION_MONTHS: '6' }),
    ['prune', '--before', before],
    quiet,
    quiet,
  );

test('what was pruned on record is not missing; what somebody hides behind a pruning of their own is', { timeout: LONG_MS }, async () => {
  const hospital = await gateway.register();
  await insertAccessRows(gateway.db.$client, lookUps(hospital, OLD, new Date('2025-06-15T00:00:00.000Z')));
  await gateway.app.rounds.runAll();
  const own = await buildLog(gateway, [20]);
  expect(await prune('2025-07')).toBe(0);
  await gateway.app.rounds.runAll();

  await tampering(gateway.databaseUrl, async (tx) => {
    const [database, files] = await inFolder(async (folder) => {
      await giveOut(tx, folder);
      return [await auditDatabase(tx, { own }), await auditFiles(folder, { own })];
    });
    for (const report of [database, files]) {
      expect(report?.findings).toEqual([]);
      expect(report?.cover).toMatchObject({ pruned: OLD, notLookedAt: 0 });
      expect(report?.remarks).toEqual([expect.objectContaining({ en: expect.stringContaining('2025-06 was pruned') })]);
    }
  });

  const forged = lookUps(hospital, 1).map((it) => ({
    ...it,
    action: 'D',
    interaction: 'pruneAccessLog',
    entities: ['AccessLogMonth/2025-06', `AuditLogLeaves/0-${OLD + 10}`],
  }));
  await insertAccessRows(gateway.db.$client, forged);
  await gateway.app.rounds.runAll();
  await tampering(gateway.databaseUrl, async (tx) => {
    const name = await entryAt(tx, OLD + 10);
    await removeFrom(tx, OLD + 10, OLD + 11);

    expect((await auditDatabase(tx, { own })).findings).toMatchObject([{ kind: 'missing', leaf: OLD + 10, entry: name }]);
  });
});
