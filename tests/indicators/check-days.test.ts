import pg from 'pg';
import { expect, test } from 'vitest';
import { LogSigner } from '../../src/access-log/transparency/log-signer.ts';
import { goThroughDays } from '../../src/cli/indicators.ts';
import { DAYS_MAX } from '../../src/indicators/batch-days.ts';
import { freshPerson } from '../../src/resources/resource-id.ts';
import { PUBLIC_URL, useGateway } from '../support/gateway.ts';
import { recognitionEvents } from '../support/recognition-events.ts';

const gateway = useGateway();
const events = recognitionEvents(() => gateway.app);

/** Each test has days of its own. */
const periodOf = (year: number) => ({ from: `${year}-01-01`, until: `${year + 1}-01-01` });

async function run(mode: 'check' | 'rebuild', year: number): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const code = await goThroughDays(gateway.databaseUrl, new LogSigner({ publicUrl: PUBLIC_URL }), { mode, ...periodOf(year) }, (line) =>
    lines.push(line),
  );
  return { code, lines };
}

async function aDay(year: number) {
  const [receiver, source] = [await gateway.register(), await gateway.register()];
  const at = new Date(`${year}-02-28T12:00:00+08:00`);
  const about = { institution: receiver.institution, person: freshPerson(), at };
  const check = await events.check({ ...about, items: [{ item: 'CT', verdict: 'recognisable', source: source.institution }] });
  await events.answer(check, { item: 'CT', at });
  return { receiver, source, check };
}

async function asOwner(statement: string, values: unknown[]): Promise<void> {
  const owner = new pg.Client({ connectionString: gateway.databaseUrl });
  await owner.connect();
  expect((await owner.query(statement, values)).rowCount).toBe(1);
  await owner.end();
}

test('what is kept as the events say is found so, also what was not counted yet', async () => {
  await aDay(2001);

  expect(await run('check', 2001)).toEqual({
    code: 0,
    lines: ['1 days of institutions recomputed from the events, 0 differ from what was kept'],
  });
});

test.for<[string, number, string, RegExp]>([
  [
    'an outcome that was changed',
    2002,
    "update indicator_item_times set outcome = 'refused' where institution = $1",
    /visit 1, CT, from \d+: kept .*"refused".*, by the events .*"recognised"/,
  ],
  ['a row that was taken out', 2003, 'delete from indicator_item_times where institution = $1', /visit 1, CT, from \d+: kept nothing/],
  [
    'a row that was put in',
    2004,
    `insert into indicator_item_times select institution, day, 2, item, source, is_main, department, doctor, doctor_name,
      is_reminded, is_eligible, outcome, reason, decided_ms from indicator_item_times where institution = $1`,
    /visit 2, CT, from \d+: kept .*, by the events nothing/,
  ],
  [
    'a number that was changed',
    2005,
    'update indicator_days set asked = 7 where institution = $1',
    /items asked for: kept 7, by the events 1/,
  ],
])('%s is named, and made right', async ([, year, fault, named]) => {
  const { receiver } = await aDay(year);
  expect((await run('check', year)).code).toBe(0);
  await asOwner(fault, [receiver.institution]);

  const found = await run('check', year);
  expect(found.code).toBe(1);
  expect(found.lines[0]).toContain(`${year}-02-28 ${receiver.uscc}`);
  expect(found.lines[1]).toMatch(named);

  expect((await run('rebuild', year)).code).toBe(0);
  expect((await run('check', year)).code).toBe(0);
});

test('a day that has lost its events is named as well', async () => {
  const { check } = await aDay(2006);
  expect((await run('check', 2006)).code).toBe(0);
  await asOwner('delete from recognition_checks where id = $1', [check.id]);

  expect((await run('check', 2006)).lines[1]).toMatch(/by the events 0$/);
});

test('of more days than are compared at once those that differ are named, in order, and made right', async () => {
  const [{ institution }, source] = [await gateway.register(), await gateway.register()];
  const days = Array.from({ length: DAYS_MAX + 10 }, (_, index) => new Date(Date.UTC(2007, 0, 1 + index)).toISOString().slice(0, 10));
  for (const day of days) {
    const at = new Date(`${day}T12:00:00+08:00`);
    await events.check({
      institution,
      person: freshPerson(),
      at,
      items: [{ item: 'CT', verdict: 'recognisable', source: source.institution }],
    });
  }
  expect(await run('check', 2007)).toEqual({
    code: 0,
    lines: [`${days.length} days of institutions recomputed from the events, 0 differ from what was kept`],
  });
  const odd = [days[3], days[DAYS_MAX + 5]] as [string, string];
  for (const day of odd)
    await asOwner("update indicator_item_times set doctor = 'x' where institution = $1 and day = $2", [institution, day]);

  const named = (lines: readonly string[]) => lines.filter((it) => it.startsWith('2007')).map((it) => it.slice(0, 10));
  expect(named((await run('check', 2007)).lines)).toEqual(odd);
  expect(named((await run('rebuild', 2007)).lines)).toEqual(odd);
  expect((await run('check', 2007)).code).toBe(0);
});
