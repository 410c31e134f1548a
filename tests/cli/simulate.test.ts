import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { readSimulateOptions, simulateCommand } from '../../src/cli/simulate.ts';
import { readConfig } from '../../src/config.ts';
import { UnusableDatabase } from '../../src/database/unusable-database.ts';
import type { Statement } from '../../src/simulation/state-figures.ts';
import { type ClonedDatabase, cloneDatabase } from '../support/template-database.ts';

/** So many people of the township, in a database of the test's own, take seconds; a machine under load takes its time. */
const PATIENCE_MS = 400_000;
const SMALL = ['--preset', 'township', '--scale', '0.15', '--json'];

let databases: ClonedDatabase[] = [];

afterEach(async () => {
  await Promise.all(databases.map((it) => it.drop()));
  databases = [];
});

/** Runs the command as from a terminal, on an empty database unless another one is given. */
async function run(argv: readonly string[], more: { url?: string; meddle?: (url: string) => Promise<void> } = {}) {
  let out = '';
  let said = '';
  const url = more.url ?? (await emptyDatabase());
  const code = await simulateCommand(readConfig({ DATABASE_URL: url }), argv, {
    print: (line) => (out += `${line}\n`),
    screen: { write: (text) => (said += text) },
    ...(more.meddle ? { meddle: more.meddle } : {}),
  });
  return { code, out, said, url };
}

async function emptyDatabase(): Promise<string> {
  const database = await cloneDatabase();
  databases.push(database);
  return database.url;
}

/** What was printed, without what is of the machine alone. */
function statementOf({ out }: { out: string }): Statement {
  const { measured, ...statement } = JSON.parse(out) as Statement & { measured: unknown };
  expect(measured).toMatchObject({ steps: expect.any(Number), database: { bytesPerReport: expect.any(Number) } });
  return statement;
}

describe('tongjian simulate', () => {
  test('states the same for a seed whatever the concurrency and the processes, and something else for another one', {
    timeout: PATIENCE_MS,
  }, async () => {
    const first = await run([...SMALL, '--concurrency', '6', '--workers', '2']);
    const again = await run([...SMALL, '--concurrency', '1', '--workers', '1']);
    const other = await run([...SMALL, '--seed', '2', '--workers', '1']);

    expect([first.code, again.code, other.code]).toEqual([0, 0, 0]);
    expect(first.said).toMatch(/100 % \d+ of \d+ people, [\d.]+ steps\/s/);
    const statement = statementOf(first);
    expect(statement.invariants.map((it) => [it.name, it.faults])).toEqual(statement.invariants.map((it) => [it.name, []]));
    expect(statement.invariants.length).toBeGreaterThanOrEqual(8);
    expect(statement.counted.recognised).toBeGreaterThan(0);
    expect(statement.savings.amountFen).toBeGreaterThan(0);
    expect(statementOf(again)).toEqual(statement);
    expect(statementOf(other).counted).not.toEqual(statement.counted);
    await expect(run(SMALL, { url: first.url })).rejects.toThrow(UnusableDatabase);
  });

  test('a saving that its owner alters, and a decision moved to another version, make it fail', { timeout: PATIENCE_MS }, async () => {
    const { code, out } = await run([...SMALL.filter((it) => it !== '--json'), '--workers', '1'], {
      async meddle(url) {
        const owner = new pg.Client({ connectionString: url });
        await owner.connect();
        await owner.query(`update savings_entries set amount_fen = amount_fen + 1
                              where kind = 'saving' and decision = (select min(decision) from savings_entries where kind = 'saving')`);
        await owner.query(`update recognition_decisions set report_version = 99
                              where decision = 'not-recognised' or id = (select max(id) from recognition_decisions)`);
        await owner.query('delete from access_log where (person, id) = (select person, id from access_log order by id limit 1)');
        await owner.end();
      },
    });

    expect(code).toBe(1);
    expect(out).toMatch(/FAILS {2}every saving is the price its check showed/);
    expect(out).toMatch(/FAILS {2}every decision is bound to a report version that exists/);
    expect(out).toMatch(/FAILS {2}every access has exactly one leaf/);
    expect(out).toMatch(/holds {2}no item is saved twice in a visit/);
  });
});

test.for([
  ['an unknown region', ['--preset', 'atlantis']],
  ['no scale', ['--scale', '0']],
  ['a scale beyond the region', ['--scale', '1.5']],
  ['a scale that is none', ['--scale', 'half']],
  ['nobody at a time', ['--concurrency', '0']],
  ['no process', ['--workers', '0']],
  ['more processes than anybody has', ['--workers', '65']],
  ['an empty seed', ['--seed', '']],
  ['a database that is none', ['--database', 'mysql://x']],
  ['a database that is kept anyway', ['--database', 'postgres://x/y', '--keep']],
  ['an unknown option', ['--fast']],
] as const)('wrong arguments are answered with the usage: %s', async ([, argv]) => {
  let said = '';
  const code = await simulateCommand(readConfig({}), argv, { print: () => undefined, screen: { write: (text) => (said += text) } });
  expect(code).toBe(2);
  expect(said).toContain('Usage: tongjian simulate');
});

test('the usage by itself, when it is asked for', async () => {
  let said = '';
  const code = await simulateCommand(readConfig({}), ['--help'], { print: () => undefined, screen: { write: (text) => (said += text) } });
  expect(code).toBe(0);
  expect(said).toMatch(/^Usage: tongjian simulate/);
});

test('without arguments it is Chongqing in 2024 at a hundredth', () => {
  expect(readSimulateOptions([])).toMatchObject({ preset: 'chongqing-2024', scale: 0.01, seed: '1', keep: false, json: false });
});
