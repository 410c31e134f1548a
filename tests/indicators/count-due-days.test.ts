import fc from 'fast-check';
import pg from 'pg';
import { expect, test } from 'vitest';
import { followLog } from '../../src/access-log/transparency/follow-log.ts';
import { LogSigner } from '../../src/access-log/transparency/log-signer.ts';
import { sequenceEntries } from '../../src/access-log/transparency/sequence-entries.ts';
import { type Database, openDatabase } from '../../src/database/client.ts';
import { GATEWAY_ROLE } from '../../src/database/gateway-role.ts';
import { DAYS_MAX } from '../../src/indicators/batch-days.ts';
import type { CountedDay } from '../../src/indicators/compare-days.rules.ts';
import { countDueDays } from '../../src/indicators/count-due-days.ts';
import { gatherDays } from '../../src/indicators/gather-days.ts';
import { indicatorsFollower } from '../../src/indicators/indicators-follower.ts';
import { findCountedDays } from '../../src/indicators/kept-days.queries.ts';
import { freshPerson } from '../../src/resources/resource-id.ts';
import { PUBLIC_URL, useGateway } from '../support/gateway.ts';
import { recognitionEvents } from '../support/recognition-events.ts';
import { statementsOf } from '../support/statements.ts';

const gateway = useGateway();
const signer = new LogSigner({ publicUrl: PUBLIC_URL });
const events = recognitionEvents(() => gateway.app);

const NO_REST = 0;
const DAYS = ['2024-02-28', '2024-02-29', '2024-03-01'];
const ITEMS = ['CT', 'MRI', 'WBC'];

const momentOf = (day: number, minute: number): Date => new Date(Date.parse(`${DAYS[day]}T00:00:00+08:00`) + minute * 60_000);

async function follow(): Promise<void> {
  while ((await sequenceEntries(gateway.db, signer, new Date())) > 0);
  while ((await followLog(gateway.db, indicatorsFollower, new Date())) > 0);
}

async function countAll(now = new Date()): Promise<void> {
  await follow();
  while ((await countDueDays(gateway.db, now, NO_REST)) > 0);
}

/** The item-times of a day as they are kept. */
async function keptOf(institution: number, day: string): Promise<CountedDay['itemTimes']> {
  const [kept] = await findCountedDays(gateway.db, [{ institution, day }]);
  return kept?.itemTimes ?? [];
}

/** What a test does, in the order in which it is told; `at` is the minute of the day at which it says it happened. */
type Step =
  | {
      readonly kind: 'check';
      readonly day: number;
      readonly at: number;
      readonly person: number;
      readonly encounter: number | null;
      readonly isOrder: boolean;
      readonly item: number;
      readonly verdict: number;
      readonly source: number;
    }
  | { readonly kind: 'answer'; readonly check: number; readonly at: number; readonly reason: number | null }
  | { readonly kind: 'revoke'; readonly decision: number; readonly at: number }
  | {
      readonly kind: 'look-up';
      readonly day: number;
      readonly at: number;
      readonly person: number;
      readonly item: number | null;
      readonly sources: readonly number[];
    }
  | { readonly kind: 'follow' }
  | { readonly kind: 'count' };

const index = (max: number) => fc.integer({ min: 0, max });
const minute = index(1_439);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('check' as const),
      day: index(2),
      at: minute,
      person: index(2),
      encounter: fc.option(index(1)),
      isOrder: fc.boolean(),
      item: index(2),
      verdict: index(2),
      source: index(1),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('answer' as const), check: index(30), at: minute, reason: fc.option(index(2)) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('revoke' as const), decision: index(30), at: minute }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('look-up' as const),
      day: index(2),
      at: minute,
      person: index(2),
      item: fc.option(index(2)),
      sources: fc.uniqueArray(index(2), { maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('follow' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('count' as const) }) },
);

const VERDICTS = ['recognisable', 'reference-only', 'none'] as const;
const REASONS = [
  { reason: '1', countsAsDenial: true },
  { reason: '6', countsAsDenial: true },
  { reason: '98', countsAsDenial: false },
];

/** An event as the oracle remembers it: without order, without rounds, without rows. */
interface Remembered {
  readonly day: string;
  readonly visit: string;
  readonly person: number;
  readonly item: string;
  readonly at: number;
  readonly sequence: bigint;
  readonly isRecognisable: boolean;
  readonly isOrder: boolean;
  readonly isShown: boolean;
  answer: { at: number; id: bigint; outcome: 'recognised' | 'refused' | 'excepted'; isRevoked: boolean } | undefined;
}

interface RememberedLookUp {
  readonly day: string;
  readonly person: number;
  readonly item: string;
  readonly hasOthers: boolean;
}

/** The counts of a day, each found by going through everything for each item of each visit: slow, and without any of the code it is held against. */
function oracle(day: string, checks: readonly Remembered[], lookUps: readonly RememberedLookUp[]) {
  const ofDay = checks.filter((it) => it.day === day);
  const first = (person: number): string => {
    const own = ofDay.filter((it) => it.person === person);
    const [earliest] = own.toSorted((a, b) => a.at - b.at || (a.sequence < b.sequence ? -1 : 1));
    return earliest?.visit ?? `${person}/null`;
  };
  const looked = lookUps.filter((it) => it.day === day && it.hasOthers).map((it) => ({ visit: first(it.person), item: it.item }));
  const names = new Set([...ofDay.filter((it) => it.isShown), ...looked].map((it) => `${it.visit} ${it.item}`));
  const times = [...names].map((name) => {
    const own = ofDay.filter((it) => `${it.visit} ${it.item}` === name);
    const reminders = own.filter((it) => it.isRecognisable);
    const answers = reminders.flatMap((it) => (it.answer && !it.answer.isRevoked ? [it.answer] : []));
    const last = answers.reduce<(typeof answers)[number] | undefined>(
      (best, it) => (!best || it.at > best.at || (it.at === best.at && it.id > best.id) ? it : best),
      undefined,
    );
    return {
      visit: name.split(' ')[0],
      isReminded: reminders.length > 0,
      isEligible: reminders.some((it) => it.isOrder),
      outcome: last?.outcome ?? null,
    };
  });
  const count = (fits: (it: (typeof times)[number]) => boolean) => [
    times.filter(fits).length,
    new Set(times.filter(fits).map((it) => it.visit)).size,
  ];
  return {
    lookUps: count(() => true),
    reminders: count((it) => it.isReminded),
    eligible: count((it) => it.isEligible),
    recognised: count((it) => it.outcome === 'recognised'),
    eligibleRecognised: count((it) => it.isEligible && it.outcome === 'recognised'),
    refused: count((it) => it.outcome === 'refused'),
    excepted: count((it) => it.outcome === 'excepted'),
    unanswered: count((it) => it.isReminded && it.outcome === null),
  };
}

test('whatever happens in whatever order, with rounds at whatever moments: what is kept is a recomputation, and what a slow oracle counts', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const [receiver, ...sources] = [await gateway.register(), await gateway.register(), await gateway.register()];
      const { institution } = receiver;
      // The third source is the own institution, whose reports are none of others.
      const sourceOf = (it: number): number => sources[it]?.institution ?? institution;
      const persons = [freshPerson(), freshPerson(), freshPerson()];
      const personOf = (it: number): bigint => persons[it] as bigint;
      const checks: (Awaited<ReturnType<typeof events.check>> & { readonly remembered: Remembered })[] = [];
      const decisions: (Awaited<ReturnType<typeof events.answer>> & { readonly remembered: Remembered })[] = [];
      const lookUps: RememberedLookUp[] = [];

      for (const it of steps) {
        if (it.kind === 'follow') await follow();
        if (it.kind === 'count') await countAll();
        if (it.kind === 'check') {
          const verdict = VERDICTS[it.verdict] ?? 'none';
          const isShown = verdict !== 'none';
          const item = ITEMS[it.item] as string;
          const encounter = it.encounter === null ? null : `E${it.encounter}`;
          const wish = {
            institution,
            person: personOf(it.person),
            encounter,
            at: momentOf(it.day, it.at),
            trigger: it.isOrder ? ('order-entry' as const) : ('patient-opened' as const),
          };
          const check = await events.check({ ...wish, items: [{ item, verdict, ...(isShown ? { source: sourceOf(it.source) } : {}) }] });
          const about = {
            day: DAYS[it.day] as string,
            visit: `${it.person}/${encounter}`,
            person: it.person,
            item,
            at: it.at,
            sequence: check.id,
          };
          checks.push({
            ...check,
            remembered: { ...about, isRecognisable: verdict === 'recognisable', isOrder: it.isOrder, isShown, answer: undefined },
          });
        }
        if (it.kind === 'answer') {
          const check = checks[it.check];
          if (!check?.remembered.isShown || check.remembered.answer) continue;
          const reason = it.reason === null ? undefined : REASONS[it.reason];
          // Only what may be recognised can be.
          if (!reason && !check.remembered.isRecognisable) continue;
          const item = check.items[0]?.item ?? '';
          const decision = await events.answer(check, { item, at: momentOf(2, it.at), ...reason });
          const outcome = reason ? (reason.countsAsDenial ? 'refused' : 'excepted') : 'recognised';
          check.remembered.answer = { at: it.at, id: decision.id, outcome, isRevoked: false };
          decisions.push({ ...decision, remembered: check.remembered });
        }
        if (it.kind === 'revoke') {
          const decision = decisions[it.decision];
          if (!decision?.remembered.answer || decision.remembered.answer.isRevoked) continue;
          await events.revoke(decision, momentOf(2, it.at));
          decision.remembered.answer.isRevoked = true;
        }
        if (it.kind === 'look-up') {
          const item = it.item === null ? undefined : (ITEMS[it.item] as string);
          const wish = { institution, person: personOf(it.person), at: momentOf(it.day, it.at), sources: it.sources.map(sourceOf) };
          await events.lookUp({ ...wish, ...(item === undefined ? {} : { item }) });
          lookUps.push({
            day: DAYS[it.day] as string,
            person: it.person,
            item: item ?? '',
            hasOthers: it.sources.some((source) => source !== 2),
          });
        }
      }
      await countAll();

      for (const day of DAYS) {
        const kept = await findCountedDays(gateway.db, [{ institution, day }]);
        expect(kept).toEqual(await gatherDays(gateway.db, [{ institution, day }]));
        const { body } = await receiver.get(`/v1/indicators?from=${day}&by=day`);
        const shown = body.groups.find((it: { day: string }) => it.day === day);
        const expected = oracle(
          day,
          checks.map((it) => it.remembered),
          lookUps,
        );
        for (const [name, [items, visits]] of Object.entries(expected)) {
          expect([name, shown?.itemTimes[name] ?? 0, shown?.personTimes[name] ?? 0]).toEqual([name, items, visits]);
        }
      }
    }),
    { numRuns: 25 },
  );
});

test('a day is counted once a minute at most, and at once by a clock that has gone backwards', async () => {
  const { institution } = await gateway.register();
  const [source, person, at] = [(await gateway.register()).institution, freshPerson(), momentOf(0, 0)];
  const now = new Date();
  const asked = () => events.check({ institution, person, at, items: [{ item: 'CT', verdict: 'recognisable', source }] });
  const remindersOn = async () => (await keptOf(institution, DAYS[0] as string)).length;
  await countAll(now);

  await asked();
  await follow();
  expect(await countDueDays(gateway.db, now)).toBe(1);
  await events.check({ institution, person, at, items: [{ item: 'MRI', verdict: 'recognisable', source }] });
  await follow();

  expect(await countDueDays(gateway.db, new Date(now.getTime() + 59_999))).toBe(0);
  expect(await remindersOn()).toBe(1);
  expect(await countDueDays(gateway.db, new Date(now.getTime() + 60_000))).toBe(1);
  expect(await remindersOn()).toBe(2);
  await asked();
  await follow();
  expect(await countDueDays(gateway.db, new Date(now.getTime() - 3_600_000))).toBe(1);
});

test('a day that takes the database too long goes behind the others, and is counted once it can be', async () => {
  const [slow, other, source] = [await gateway.register(), await gateway.register(), await gateway.register()];
  const day = DAYS[2] as string;
  await countAll();
  for (const { institution } of [slow, other]) {
    const items = [{ item: 'CT', verdict: 'recognisable' as const, source: source.institution }];
    await events.check({ institution, person: freshPerson(), at: momentOf(2, 1), items });
    await follow();
  }
  const remindersOf = async ({ institution }: { institution: number }) => (await keptOf(institution, day)).length;
  const hasty = openDatabase({
    url: gateway.databaseUrl,
    poolMax: 1,
    settings: { role: GATEWAY_ROLE },
    statementTimeoutMs: 1_000,
  });
  const holder = new pg.Client({ connectionString: gateway.databaseUrl });
  await holder.connect();
  try {
    // Whoever writes the same row waits for the end of this transaction.
    await holder.query('begin');
    await holder.query(
      `insert into indicator_item_times (institution, day, visit, item, source, is_main, department, doctor, doctor_name, is_reminded, is_eligible)
       values ($1, $2, 1, 'CT', $3, true, '', '', '', true, true)`,
      [slow.institution, day, source.institution],
    );
    const now = new Date(Date.now() + 1_000);

    await expect(countDueDays(hasty.db, now)).rejects.toMatchObject({ code: '57014' });
    expect(await countDueDays(hasty.db, now)).toBe(1);
    expect([await remindersOf(slow), await remindersOf(other)]).toEqual([0, 1]);

    await holder.query('rollback');
    expect(await countDueDays(hasty.db, now)).toBe(0);
    expect(await countDueDays(hasty.db, new Date(now.getTime() + 60_000))).toBe(1);
    expect(await remindersOf(slow)).toBe(1);
  } finally {
    await holder.end();
    await hasty.close();
  }
});

/** So many days of one institution, from a year of the test's own on, each with one visit in which an item is recognisable. */
async function manyDays(year: number, count: number) {
  const [{ institution }, source] = [await gateway.register(), await gateway.register()];
  const days = Array.from({ length: count }, (_, index) => new Date(Date.UTC(year, 0, 1 + index)).toISOString().slice(0, 10));
  const checks = [];
  for (const day of days) {
    const at = new Date(`${day}T09:00:00+08:00`);
    const items = [{ item: 'CT', verdict: 'recognisable' as const, source: source.institution }];
    checks.push(await events.check({ institution, person: freshPerson(), at, items }));
  }
  await follow();
  const kept = async () => await Promise.all(days.map(async (day) => (await keptOf(institution, day)).length));
  return { institution, days, checks, kept };
}

async function asOwner(statement: string, values: unknown[]): Promise<void> {
  const owner = new pg.Client({ connectionString: gateway.databaseUrl });
  await owner.connect();
  await owner.query(statement, values);
  await owner.end();
}

test('days are counted many at once, in the same statements as one, and each as if it were alone', async () => {
  await countAll();
  const { institution, days, checks, kept } = await manyDays(2031, DAYS_MAX * 2 + 3);
  const now = new Date();

  const counted: number[] = [];
  const first = await statementsOf(async () => counted.push(await countDueDays(gateway.db, now)));
  counted.push(await countDueDays(gateway.db, now));
  const last = await statementsOf(async () => counted.push(await countDueDays(gateway.db, now)));

  expect(counted).toEqual([DAYS_MAX, DAYS_MAX, 3]);
  expect(last).toEqual(first);
  expect(first.length).toBeLessThanOrEqual(12);
  expect(await kept()).toEqual(days.map(() => 1));
  const [, second] = checks;
  await events.answer(second as NonNullable<typeof second>, { item: 'CT', at: new Date() });
  await follow();
  expect(await countDueDays(gateway.db, new Date(now.getTime() + 60_000))).toBe(1);
  const [untouched, again] = await findCountedDays(
    gateway.db,
    days.map((day) => ({ institution, day })),
  );
  expect([untouched?.itemTimes, again?.itemTimes]).toMatchObject([[{ outcome: null }], [{ outcome: 'recognised' }]]);
});

test('a day on which much happened is counted with fewer others, and by itself where it is too much alone', async () => {
  await countAll();
  const { institution, days, kept } = await manyDays(2034, 5);
  await asOwner(
    `insert into access_log (person, recorded_at, id, action, interaction, outcome, institution, client, purpose, entities, request_id)
     select 0, $2, n, 'R', 'read', 0, $1, 'client', 'TREAT', '{}', 'test' from generate_series(1, 5001) as n`,
    [institution, new Date(`${days[1]}T23:59:59+08:00`)],
  );

  const now = new Date();
  const counted: number[] = [];
  for (let more = 1; more > 0; counted.push(more)) more = await countDueDays(gateway.db, now);

  expect(counted).toEqual([1, 1, 3, 0]);
  expect(await kept()).toEqual([1, 1, 1, 1, 1]);
});

test('days that cannot be counted hold up none of those they were taken with, and are counted once they can be', async () => {
  await countAll();
  const { checks, kept } = await manyDays(2035, 12);
  const [broken, other] = [checks[3], checks[7]] as [(typeof checks)[number], (typeof checks)[number]];
  const answer = 'update recognition_checks set answer = jsonb_set(answer, $2, $3) where id = any ($1::bigint[])';
  await asOwner(answer, [[broken.id, other.id], '{items}', '1']);

  const now = new Date();
  const counted: (number | string)[] = [];
  for (let round = 0; round < 4; round += 1) {
    counted.push(await countDueDays(gateway.db, now).catch((error: { code: string }) => error.code));
  }

  // What stands before the first that fails is counted one by one, then that one goes behind the others.
  expect(counted).toEqual(['22023', '22023', 4, 0]);
  expect(await kept()).toEqual([1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1]);
  await asOwner(answer, [[broken.id, other.id], '{items}', JSON.stringify([{ item: 'CT', verdict: 'recognisable', candidate: {} }])]);
  expect(await countDueDays(gateway.db, now)).toBe(0);
  expect(await countDueDays(gateway.db, new Date(now.getTime() + 60_000))).toBe(2);
  expect(await kept()).toEqual(Array.from({ length: 12 }, () => 1));
});

test('two processes at once count each day once, while it goes on being marked', async () => {
  await countAll();
  const { institution, days, checks, kept } = await manyDays(2036, DAYS_MAX * 2);
  const [here, there] = [1, 2].map(() => openDatabase({ url: gateway.databaseUrl, poolMax: 2, settings: { role: GATEWAY_ROLE } })) as [
    ReturnType<typeof openDatabase>,
    ReturnType<typeof openDatabase>,
  ];
  const now = new Date();
  try {
    const work = async (db: Database) => {
      let counted = 0;
      for (let more = 1; more > 0; counted += more) more = await countDueDays(db, now);
      return counted;
    };
    const answer = async () => {
      for (const check of checks) await events.answer(check, { item: 'CT', at: new Date() });
      await follow();
    };
    const [one, two] = await Promise.all([work(here.db), work(there.db), answer()]);
    expect(one + two).toBe(DAYS_MAX * 2);
    await countAll(new Date(now.getTime() + 60_000));
  } finally {
    await here.close();
    await there.close();
  }

  expect(await kept()).toEqual(days.map(() => 1));
  const counted = await findCountedDays(
    gateway.db,
    days.map((day) => ({ institution, day })),
  );
  expect(counted.map((it) => it.itemTimes[0]?.outcome)).toEqual(days.map(() => 'recognised'));
});

test('workers at once count each day that is due, and none twice', async () => {
  const source = (await gateway.register()).institution;
  const receivers = await Promise.all(Array.from({ length: 6 }, () => gateway.register()));
  await countAll();
  for (const { institution } of receivers) {
    await events.check({
      institution,
      person: freshPerson(),
      at: momentOf(1, 1),
      items: [{ item: 'CT', verdict: 'recognisable', source }],
    });
  }
  await follow();

  const now = new Date();
  const counted = await Promise.all(
    Array.from({ length: 3 }, async () => {
      let days = 0;
      for (let more = 1; more > 0; days += more) more = await countDueDays(gateway.db, now, NO_REST);
      return days;
    }),
  );

  expect(counted.reduce((sum, it) => sum + it, 0)).toBe(6);
  for (const { institution } of receivers) {
    expect(await keptOf(institution, DAYS[1] as string)).toHaveLength(1);
  }
});
