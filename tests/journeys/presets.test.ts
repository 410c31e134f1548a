import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { amendCatalogue, check, permit, publish } from '../support/recognition.ts';
import { beijing, ID_CARD, type Person, patientOf, somebody, WBC } from '../support/reports.ts';

const gateway = useGateway();

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ago = (ms: number) => new Date(Date.now() - ms);

const POTASSIUM = { loinc: '2823-3', value: '4.1', unit: 'mmol/L' };
const GLUCOSE = { loinc: '14749-6', value: '5.2', unit: 'mmol/L' };
const CHOLESTEROL = { loinc: '14647-2', value: '4.9', unit: 'mmol/L' };
const ITEMS = ['WBC', 'K', 'GLU', 'TC'];

interface Said {
  readonly item: string;
  readonly verdict: string;
  readonly reasons: readonly { readonly code: string; readonly source: string; readonly textZh: string; readonly remedyEn: string }[];
  readonly window: { readonly minutes: number; readonly source: string };
  readonly candidate: { readonly mark?: { readonly label: string } };
}

/** Hospitals that ask, each where other rules hold: by the preset. */
const PRESETS = { 'national-2022': '110105', chongqing: '500112', hubei: '420106', xpcc: '659001' } as const;

let source: CallingSystem;
let person: Person;
const answers = new Map<string, { readonly rulesVersion: string; readonly items: readonly Said[] }>();

/** The same patient, results, certificates and treatment; only who asks differs, and by that the rules. */
beforeAll(async () => {
  await amendCatalogue(gateway.databaseUrl, {
    WBC: { window_minutes: 6 * 60, window_without_treatment: false },
    K: { window_minutes: 3 * 24 * 60, window_without_treatment: false },
    GLU: { window_minutes: 30 * 24 * 60, window_without_treatment: false },
    TC: { window_minutes: 30 * 24 * 60, window_without_treatment: false },
  });
  const operator = await gateway.register({ scopes: ['operator'] });
  source = await gateway.register({ name: '重庆某区人民医院', level: 2, district: '500103', certified: false });
  const certificate = (item: string, scope: string, mark?: string) => ({
    uscc: source.uscc,
    item,
    scheme: '室间质量评价',
    scope,
    ...(mark ? { mark } : {}),
    validFrom: '2020-01-01',
    validUntil: '2099-12-31',
  });
  const certified = await operator.put('/v1/catalogue/certificates', {
    certificates: [
      certificate('WBC', 'nation'),
      certificate('K', 'nation'),
      certificate('GLU', 'province:50'),
      certificate('TC', 'district:500103', '渝中HR'),
    ],
  });
  expect(certified.status).toBe(200);
  const assigned = await operator.put('/v1/catalogue/rule-assignments', {
    assignments: [
      { division: '50', ruleSet: 'chongqing' },
      { division: '42', ruleSet: 'hubei' },
      { division: '659001', ruleSet: 'xpcc' },
    ],
  });
  expect(assigned.status).toBe(200);

  person = somebody();
  await publish(source, { person, at: ago(10 * HOUR), analytes: [WBC] });
  await publish(source, { person, at: ago(5 * DAY), analytes: [POTASSIUM, GLUCOSE, CHOLESTEROL] });
  await treat(source, person, ago(2 * HOUR));
  for (const [preset, district] of Object.entries(PRESETS)) {
    const receiver = await gateway.register({ district });
    await permit(receiver, person);
    answers.set(preset, (await check(receiver, person, ITEMS)).body);
  }
}, 60_000);

async function treat(system: CallingSystem, about: Person, at: Date): Promise<void> {
  const patient = `urn:uuid:${randomUUID()}`;
  const procedure = { resourceType: 'Procedure', status: 'completed', code: { text: '输血' }, subject: { reference: patient } };
  const entry = [
    {
      fullUrl: patient,
      resource: patientOf(about),
      request: { method: 'POST', url: 'Patient', ifNoneExist: `identifier=${ID_CARD}|${about.idCard}` },
    },
    {
      fullUrl: `urn:uuid:${randomUUID()}`,
      resource: { ...procedure, performedDateTime: beijing(at) },
      request: { method: 'POST', url: 'Procedure' },
    },
  ];
  expect((await system.post('/fhir', { resourceType: 'Bundle', type: 'transaction', entry })).status).toBe(200);
}

const said = (preset: string, item: string): Said => {
  const found = answers.get(preset)?.items.find((it) => it.item === item);
  if (!found) throw new Error(`nothing was said of ${item} under ${preset}`);
  return found;
};

test.for(Object.keys(PRESETS))('the rules that were applied are named: %s', (preset) => {
  expect(answers.get(preset)?.rulesVersion).toBe(`${preset}.1`);
});

/** A blood count of ten hours ago, a transfusion two hours ago; chemistry of five days ago; marks of the nation, of Chongqing, of a district. */
test.for<[string, string, readonly (readonly [code: string, source: RegExp])[]]>([
  // Six hours by the list, and no word of treatments.
  ['national-2022', 'WBC', [['stale', /^edition:\S+ WBC\.windowMinutes$/]]],
  ['chongqing', 'WBC', [['stale', /^edition:\S+ WBC\.windowMinutes$/]]],
  // Hubei's own limits take the place of the list's, and have none for a blood count: thirty days.
  ['hubei', 'WBC', []],
  // Six hours, and only without treatment in between.
  [
    'xpcc',
    'WBC',
    [
      ['stale', /^rules:xpcc\.1 windows \(.*兵团/],
      ['intervention-since', /^rules:xpcc\.1 windows \(.*兵团/],
    ],
  ],

  // Three days by the list, seven in Hubei, none in the Corps' list.
  ['national-2022', 'K', [['stale', /^edition:\S+ K\.windowMinutes$/]]],
  ['chongqing', 'K', [['stale', /^edition:\S+ K\.windowMinutes$/]]],
  ['hubei', 'K', []],
  ['xpcc', 'K', []],

  // 渝HR reaches Chongqing alone.
  ['national-2022', 'GLU', [['scope-mismatch', /^rules:national-2022\.1 acceptedScopes \(国卫医发〔2022〕6号/]]],
  ['chongqing', 'GLU', []],
  ['hubei', 'GLU', [['scope-mismatch', /^rules:hubei\.1 acceptedScopes \(国卫医发〔2022〕6号/]]],
  ['xpcc', 'GLU', [['scope-mismatch', /^rules:xpcc\.1 acceptedScopes \(国卫医发〔2022〕6号/]]],

  // The mark of a district reaches none of the four.
  ['national-2022', 'TC', [['scope-mismatch', /acceptedScopes/]]],
  ['chongqing', 'TC', [['scope-mismatch', /^rules:chongqing\.1 acceptedScopes/]]],
  ['hubei', 'TC', [['scope-mismatch', /acceptedScopes/]]],
  ['xpcc', 'TC', [['scope-mismatch', /acceptedScopes/]]],
])('%s, %s: the verdict, its reasons, and the rule that caused each', ([preset, item, reasons]) => {
  const answer = said(preset, item);

  expect(answer.reasons.map((it) => it.code)).toEqual(reasons.map(([code]) => code));
  expect(answer.verdict).toBe(reasons.length === 0 ? 'recognisable' : 'reference-only');
  for (const [index, [, from]] of reasons.entries()) expect(answer.reasons[index]?.source).toMatch(from);
});

test('where the windows come from is said beside them', () => {
  expect(Object.keys(PRESETS).map((preset) => said(preset, 'K').window.source)).toEqual(['edition', 'edition', 'region', 'look-back']);
  expect(said('hubei', 'K').window.minutes).toBe(7 * 24 * 60);
});

test('the mark is shown where it counts, and only there', () => {
  expect(said('chongqing', 'GLU').candidate.mark?.label).toBe('渝HR');
  expect(said('hubei', 'GLU').candidate.mark).toBeUndefined();
  expect(said('xpcc', 'K').candidate.mark?.label).toBe('全国HR');
});

test('a district that is given its own rules again leaves the others as they were', async () => {
  const operator = await gateway.register({ scopes: ['operator'] });
  const receiver = await gateway.register({ district: '500103' });
  await permit(receiver, person);
  const before = (await check(receiver, person, ['TC'])).body;
  await operator.put('/v1/catalogue/rule-assignments', { assignments: [{ division: '500103', ruleSet: 'national-2022' }] });
  const after = (await check(receiver, person, ['TC'])).body;

  // Chongqing as a whole takes no mark of a single district; the nation's rules do, within that district.
  expect(before).toMatchObject({ rulesVersion: 'chongqing.1', items: [{ reasons: [{ code: 'scope-mismatch' }] }] });
  expect(after).toMatchObject({
    rulesVersion: 'national-2022.1',
    items: [{ verdict: 'recognisable', candidate: { mark: { label: '渝中HR' } } }],
  });
  expect((await receiver.get(`/v1/recognition-checks/${before.id}`)).body).toEqual(before);
});
