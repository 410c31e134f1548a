import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessLog } from '../../../src/access-log/access-log.tables.ts';
import { findRuleSet, findRuleSets, NATIONAL_2022 } from '../../../src/catalogue/rules/find-rule-set.ts';
import { PRESETS } from '../../../src/catalogue/rules/presets.seed.ts';
import { seedCatalogue } from '../../../src/catalogue/seed-catalogue.ts';
import { type CallingSystem, useGateway } from '../../support/gateway.ts';
import { statementsOf } from '../../support/statements.ts';

const gateway = useGateway();
let operator: CallingSystem;
let hospital: CallingSystem;

beforeAll(async () => {
  operator = await gateway.register({ scopes: ['operator'] });
  hospital = await gateway.register();
});

const RULES = '/v1/catalogue/rules';
const ASSIGNMENTS = '/v1/catalogue/rule-assignments';
const { sources: _, ...content } = PRESETS['hubei'] ?? {};
const rules = (titleEn: string) => ({ ...content, titleEn });
const assign = (...assignments: readonly object[]) => operator.put(ASSIGNMENTS, { assignments });
const versionAt = async (district: string, at = new Date()) => (await findRuleSet(gateway.db, district, at)).version;

describe('the rules of a region', () => {
  test('are there as presets, for every caller, and say what the project says', async () => {
    const { status, body } = await hospital.get(RULES);
    const codes = body.rules.map((it: { code: string }) => it.code);

    expect(status).toBe(200);
    expect(codes).toEqual(expect.arrayContaining(Object.keys(PRESETS)));
    for (const [code, preset] of Object.entries(PRESETS)) {
      expect((await hospital.get(`${RULES}/${code}?version=1`)).body).toEqual({
        code,
        version: `${code}.1`,
        recordedAt: expect.any(String),
        ...preset,
      });
    }
  });

  test('change by versions, each of which stays as it was', async () => {
    const first = await operator.put(`${RULES}/changing`, rules('First'));
    const again = await operator.put(`${RULES}/changing`, Object.fromEntries(Object.entries(rules('First')).toReversed()));
    const second = await operator.put(`${RULES}/changing`, rules('Second'));
    const back = await operator.put(`${RULES}/changing`, rules('First'));

    expect([first, again, second, back].map((it) => [it.status, it.body.version])).toEqual([
      [201, 'changing.1'],
      [200, 'changing.1'],
      [201, 'changing.2'],
      [201, 'changing.3'],
    ]);
    expect((await hospital.get(`${RULES}/changing`)).body).toEqual(back.body);
    expect((await hospital.get(`${RULES}/changing?version=1`)).body).toEqual(first.body);
    // By the name that a check gives them.
    expect((await hospital.get(`${RULES}/${second.body.version}`)).body).toEqual(second.body);
    expect(await hospital.get(`${RULES}/changing.4`)).toMatchObject({ status: 404 });
    expect(await hospital.get(`${RULES}/changing?version=4`)).toMatchObject({ status: 404 });
    const { body } = await hospital.get(RULES);
    expect(body.rules.find((it: { code: string }) => it.code === 'changing')).toMatchObject({
      titleEn: 'First',
      version: 'changing.3',
      versions: [{ version: 'changing.3' }, { version: 'changing.2' }, { version: 'changing.1' }],
    });
  });

  test('are set by many at once as versions without gaps', async () => {
    const answers = await Promise.all(['A', 'B', 'C', 'A', 'B'].map((it) => operator.put(`${RULES}/raced`, rules(it))));
    const { body } = await operator.get(RULES);
    const { versions } = body.rules.find((it: { code: string }) => it.code === 'raced');

    expect(answers.every((it) => it.status === 200 || it.status === 201)).toBe(true);
    expect(versions).toHaveLength(answers.filter((it) => it.status === 201).length);
    expect(versions.map((it: { version: string }) => it.version)).toEqual(
      versions.map((_it: unknown, index: number) => `raced.${versions.length - index}`),
    );
  });

  test('that the operator has set stay when the gateway starts again', async () => {
    await operator.put(`${RULES}/xpcc`, rules('Ours'));
    await seedCatalogue(gateway.db, new Date());
    expect((await operator.get(`${RULES}/xpcc`)).body).toMatchObject({ version: 'xpcc.2', titleEn: 'Ours' });
  });

  test('are refused with every fault and its place', async () => {
    const window = { items: ['K', 'NO-SUCH'], minutes: -1, basis: 'sampled', withoutTreatment: false };
    const answer = await operator.put(`${RULES}/wrong`, { ...rules('X'), acceptedScopes: ['county'], reasonList: 'x', windows: [window] });

    expect(answer).toMatchObject({ status: 422, body: { code: 'rule-violated' } });
    expect(answer.body.errors.map((it: { path: string }) => it.path)).toEqual([
      'acceptedScopes[0]',
      'windows[0].minutes',
      'windows[0].items[1]',
      'reasonList',
    ]);
    expect(await operator.get(`${RULES}/wrong`)).toMatchObject({ status: 404 });
  });

  test.for<[string, string, object]>([
    ['an unknown member', 'closed', { ...rules('X'), level: 3 }],
    ['an unknown member within', 'closed', { ...rules('X'), ownHospital: { recognised: true, exclusionHours: 0, campus: 1 } }],
    ['a kind of item too few', 'closed', { ...rules('X'), lookBackMinutes: { laboratory: 1, imaging: 1, ecg: 1 } }],
    ['minutes as a text', 'closed', { ...rules('X'), citationHours: '24' }],
  ])('with %s are malformed', async ([, code, body]) => {
    expect(await operator.put(`${RULES}/${code}`, body)).toMatchObject({ status: 400, body: { code: 'malformed' } });
  });

  test('are set by the operator alone, and that is logged', async () => {
    expect(await hospital.put(`${RULES}/own`, rules('Own'))).toMatchObject({ status: 403 });
    expect(await operator.put(`${RULES}/Own`, rules('Own'))).toMatchObject({ status: 400 });
    const { headers } = await operator.put(`${RULES}/logged`, rules('Logged'));
    const entries = await gateway.db
      .select()
      .from(accessLog)
      .where(eq(accessLog.requestId, String(headers['x-request-id'])));
    expect(entries).toMatchObject([{ interaction: 'setRuleSet', entities: ['RuleSet/logged.1'] }]);
  });
});

/** Each test has a province of its own. */
describe('the rules in force for an institution', () => {
  test('are the national ones where nothing is assigned, in one statement', async () => {
    let found: unknown;
    expect(
      await statementsOf(async () => {
        found = await findRuleSet(gateway.db, '820000', new Date());
      }),
    ).toEqual(['find-rule-set']);
    expect(found).toEqual(NATIONAL_2022);
    // Before anything was stored they are the same.
    expect(await findRuleSet(gateway.db, '820000', new Date(0))).toEqual(NATIONAL_2022);
  });

  test('are those of the smallest division that has any, until it has none of its own any more', async () => {
    await assign(
      { division: '42', ruleSet: 'hubei' },
      { division: '4201', ruleSet: 'chongqing' },
      { division: '420106', ruleSet: 'sichuan-chongqing' },
    );

    expect(await Promise.all(['420106', '420102', '420502', '430102'].map((it) => versionAt(it)))).toEqual([
      'sichuan-chongqing.1',
      'chongqing.1',
      'hubei.1',
      'national-2022.1',
    ]);
    const together = await findRuleSets(gateway.db, ['420106', '430102', '420106', '420502'], new Date());
    expect([...together].map(([district, it]) => [district, it.version])).toEqual([
      ['420106', 'sichuan-chongqing.1'],
      ['430102', 'national-2022.1'],
      ['420502', 'hubei.1'],
    ]);
    await assign({ division: '420106', ruleSet: null }, { division: '4201', ruleSet: null });
    expect(await versionAt('420106')).toBe('hubei.1');
  });

  test('say which list of reasons is shown to it', async () => {
    const receiver = await gateway.register({ district: '640104' });
    const shown = async () => (await receiver.get('/v1/catalogue/reasons')).body.list;
    expect(await shown()).toBe('national-2022');

    await assign({ division: '64', ruleSet: 'chongqing' });

    expect(await shown()).toBe('chongqing-2018');
    expect((await hospital.get('/v1/catalogue/reasons')).body.list).toBe('national-2022');
  });

  test('begin when they are said to, also beside longer ones that have not begun', async () => {
    await assign(
      { division: '36', ruleSet: 'hubei', validFrom: '2026-01-01' },
      { division: '3601', ruleSet: 'chongqing', validFrom: '2026-06-01' },
    );

    expect(await versionAt('360102', new Date('2025-12-31T23:59:59.999+08:00'))).toBe('national-2022.1');
    const at = async (time: string) => (await findRuleSet(gateway.db, '360102', new Date(time))).code;
    const until = new Date(Date.now() + 1_000).toISOString();
    await assign({ division: '3601', ruleSet: 'sichuan-chongqing', validFrom: '2100-01-01' });
    expect(await at(until)).toBe('chongqing');
    expect(await at('2099-12-31T23:59:59.999+08:00')).toBe('chongqing');
    expect(await at('2100-01-01T00:00:00+08:00')).toBe('sichuan-chongqing');
  });

  test('of two that begin alike are those set last; the same again changes nothing', async () => {
    const first = await assign({ division: '37', ruleSet: 'hubei', validFrom: '2026-01-01' });
    const corrected = await assign({ division: '37', ruleSet: 'chongqing', validFrom: '2026-01-01' });
    const again = await assign({ division: '37', ruleSet: 'chongqing', validFrom: '2026-03-01' });

    expect(first.body.assignments).toMatchObject([{ division: '37', ruleSet: 'hubei', version: 1, validFrom: '2025-12-31T16:00:00.000Z' }]);
    expect(corrected.body.assignments).toMatchObject([{ version: 2 }]);
    expect(again.body).toEqual(corrected.body);
    expect(await versionAt('370102')).toBe('chongqing.1');
    expect((await hospital.get(`${ASSIGNMENTS}?division=37`)).body.assignments).toMatchObject([
      { version: 1, ruleSet: 'hubei', recordedAt: expect.any(String) },
      { version: 2, ruleSet: 'chongqing' },
    ]);
  });

  test('follow a new version of what is assigned at once, and a check before it keeps the old one', async () => {
    await operator.put(`${RULES}/growing`, rules('First'));
    await assign({ division: '46', ruleSet: 'growing' });
    const before = new Date();
    expect(await versionAt('460105', before)).toBe('growing.1');
    await new Promise((resolve) => setTimeout(resolve, 2));
    await operator.put(`${RULES}/growing`, rules('Second'));

    expect(await findRuleSet(gateway.db, '460105', new Date())).toMatchObject({ code: 'growing', version: 'growing.2', titleEn: 'Second' });
    expect(await versionAt('460105', before)).toBe('growing.1');
  });

  test('are assigned by many at once as versions without gaps', async () => {
    const answers = await Promise.all(
      ['hubei', 'chongqing', 'hubei', 'sichuan-chongqing'].map((ruleSet) => assign({ division: '54', ruleSet, validFrom: '2026-01-01' })),
    );
    const { body } = await operator.get(`${ASSIGNMENTS}?division=54`);

    expect(answers.map((it) => it.status)).toEqual([200, 200, 200, 200]);
    expect(body.assignments.map((it: { version: number }) => it.version)).toEqual(
      body.assignments.map((_it: unknown, index: number) => index + 1),
    );
  });

  test('are listed page by page', async () => {
    await assign(...['6501', '6502', '6503'].map((division) => ({ division, ruleSet: 'xpcc' })));
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await hospital.get(`${ASSIGNMENTS}?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.assignments.map((it: { division: string; version: number }) => `${it.division} ${it.version}`));
      cursor = body.next ?? '';
    } while (cursor);

    expect(seen.filter((it) => it.startsWith('65'))).toEqual(['6501 1', '6502 1', '6503 1']);
    expect(new Set(seen).size).toBe(seen.length);
    expect(await hospital.get(`${ASSIGNMENTS}?cursor=abc`)).toMatchObject({ status: 400 });
  });

  test('are assigned whole or not at all, by the operator', async () => {
    const answer = await assign(
      { division: '33', ruleSet: 'hubei' },
      { division: '99', ruleSet: 'hubei' },
      { division: '33', ruleSet: 'nowhere', validFrom: '2026-02-30' },
    );

    expect(answer).toMatchObject({ status: 422, body: { code: 'rule-violated' } });
    expect(answer.body.errors.map((it: { path: string }) => it.path)).toEqual([
      'assignments[1].division',
      'assignments[2].division',
      'assignments[2].ruleSet',
      'assignments[2].validFrom',
    ]);
    expect(await versionAt('330102')).toBe('national-2022.1');
    for (const division of ['5', '500', '5001122', 'x'])
      expect(await assign({ division, ruleSet: 'hubei' })).toMatchObject({ status: 400 });
    expect(await hospital.put(ASSIGNMENTS, { assignments: [{ division: '33', ruleSet: 'hubei' }] })).toMatchObject({ status: 403 });
  });
});

test('rules of the nation hold wherever no division has its own', async () => {
  // The nation is every test's: it is given back at once.
  await assign({ division: '', ruleSet: 'chongqing' });
  const assigned = await versionAt('110105');
  await assign({ division: '', ruleSet: null });

  expect(assigned).toBe('chongqing.1');
  expect(await versionAt('110105')).toBe('national-2022.1');
});
