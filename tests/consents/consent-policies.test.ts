import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { referenceTo } from '../support/bundles.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { permit } from '../support/recognition.ts';
import { bloodCount, type Person, somebody } from '../support/reports.ts';

const gateway = useGateway();
const operator = () => gateway.register({ scopes: ['operator'] });
const BTG = { 'x-purpose-of-use': 'BTG', 'x-break-glass-reason': encodeURIComponent('昏迷，无法沟通') };

async function stage(district: string) {
  const [source, reader] = [await gateway.register(), await gateway.register({ district })];
  const person = somebody();
  const { body } = await source.post('/fhir', bloodCount({ person, number: randomUUID() }));
  const observation = referenceTo(body, 'Observation');
  const look = async (headers: Record<string, string> = {}) => (await reader.get(`/fhir/${observation}`, headers)).status;
  return { person, reader, look };
}

async function takeBack(reader: CallingSystem, consent: string): Promise<void> {
  expect((await reader.post(`/v1/consents/${consent}/withdrawal`, {})).status).toBe(200);
}

async function restate(reader: CallingSystem, consent: string, status: string): Promise<void> {
  const { body } = await reader.get(`/fhir/Consent/${consent}`);
  expect((await reader.put(`/fhir/Consent/${consent}`, { ...body, status })).status).toBe(200);
}

const set = (by: CallingSystem, ...policies: readonly object[]) => by.put('/v1/consent-policies', { policies });

describe('where no consent is on file', () => {
  test('the policy of the longest division holds, until a consent is on file', async () => {
    const { person, reader, look } = await stage('610101');
    expect(await look()).toBe(404);

    const by = await operator();
    expect((await set(by, { division: '61', policy: 'basic-normal' }, { division: '6102', policy: 'all-normal' })).status).toBe(200);
    expect([await look(), await look({ 'x-purpose-of-use': 'PUBHLTH' }), await look({ 'x-purpose-of-use': 'HPAYMT' })]).toEqual([
      200, 404, 200,
    ]);

    await set(by, { division: '6101', policy: 'all-normal' });
    expect(await look({ 'x-purpose-of-use': 'PUBHLTH' })).toBe(200);

    // On file, though it permits nobody here anything.
    const consent = await permit(reader, person, { purposes: ['HQUALIMP'] });
    expect(await look()).toBe(404);
    // Taking a permit back never opens anything.
    await reader.post(`/v1/consents/${consent}/withdrawal`, {});
    expect(await look()).toBe(404);
  });

  test.for<[string, (reader: CallingSystem, person: Person) => Promise<void>, number]>([
    [
      'a denial that was taken back leaves the policy',
      async (reader, person) => takeBack(reader, await permit(reader, person, { decision: 'deny' })),
      200,
    ],
    ['a permit that was refused closes it', async (reader, person) => restate(reader, await permit(reader, person), 'rejected'), 404],
    [
      'a permit recorded in error leaves it',
      async (reader, person) => restate(reader, await permit(reader, person), 'entered-in-error'),
      200,
    ],
    ['a permit that ran out leaves it', async (reader, person) => void (await permit(reader, person, { validUntil: '2025-01-01' })), 200],
  ])('%s', async ([, happen, status]) => {
    const { reader, person, look } = await stage('670101');
    await set(await operator(), { division: '67', policy: 'basic-normal' });

    await happen(reader, person);

    expect(await look()).toBe(status);
  });

  test('a permit taken back closes the policy for every institution, and a new permit opens what it says', async () => {
    const { reader, person, look } = await stage('680101');
    await set(await operator(), { division: '68', policy: 'all-normal' });
    await takeBack(reader, await permit(reader, person));
    expect(await look()).toBe(404);

    await permit(reader, person);

    expect(await look()).toBe(200);
  });

  test('an emergency opens, but where the policy is to deny', async () => {
    const { look } = await stage('620101');
    expect([await look(), await look(BTG)]).toEqual([404, 200]);

    await set(await operator(), { division: '62', policy: 'deny' });

    expect([await look(), await look(BTG)]).toEqual([404, 404]);
  });

  test('one that begins tomorrow does not hold today', async () => {
    const { look } = await stage('630101');
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();

    const { status, body } = await set(await operator(), { division: '63', policy: 'all-normal', validFrom: tomorrow });

    expect(status).toBe(200);
    expect(body.policies).toEqual([
      { division: '63', version: 1, policy: 'all-normal', validFrom: tomorrow, recordedAt: expect.stringMatching(/Z$/) },
    ]);
    expect(await look()).toBe(404);
  });
});

describe('the door', () => {
  test('the same sent again is no new version, and every version can be read', async () => {
    const by = await operator();
    await set(by, { division: '64', policy: 'deny' }, { division: '6401', policy: 'basic-normal' });
    await set(by, { division: '64', policy: 'deny' });
    await set(by, { division: '64', policy: 'all-normal' });

    const reader = await gateway.register();
    const versions: string[] = [];
    let page = await reader.get('/v1/consent-policies?limit=1');
    for (;;) {
      versions.push(...page.body.policies.map((it: Record<string, string>) => `${it['division']} ${it['version']} ${it['policy']}`));
      if (!page.body.next) break;
      page = await reader.get(`/v1/consent-policies?limit=1&cursor=${page.body.next}`);
    }
    expect(versions.filter((it) => it.startsWith('64'))).toEqual(['64 1 deny', '64 2 all-normal', '6401 1 basic-normal']);
  });

  test.for<[string, readonly object[], number, string]>([
    ['a beginning in the past', [{ division: '65', policy: 'deny', validFrom: '2020-01-01' }], 422, 'policies[0].validFrom'],
    ['a beginning that is none', [{ division: '65', policy: 'deny', validFrom: 'tomorrow' }], 422, 'policies[0].validFrom'],
    [
      'a division twice',
      [
        { division: '65', policy: 'deny' },
        { division: '65', policy: 'all-normal' },
      ],
      422,
      'policies[1].division',
    ],
    ['a division that is none', [{ division: '6', policy: 'deny' }], 400, 'policies[0].division'],
    ['a policy that is none', [{ division: '65', policy: 'open' }], 400, 'policies[0].policy'],
  ])('%s is refused, and nothing is set', async ([, policies, status, path]) => {
    const answer = await set(await operator(), { division: '66', policy: 'deny' }, ...policies);

    expect(answer.status).toBe(status);
    expect(answer.body.errors[0].path).toBe(path.replace(/\d/, (it) => String(Number(it) + 1)));
    const { body } = await (await gateway.register()).get('/v1/consent-policies?limit=100');
    expect(body.policies.filter((it: { division: string }) => ['65', '66'].includes(it.division))).toEqual([]);
  });

  test('is the operator’s', async () => {
    expect(await set(await gateway.register(), { division: '', policy: 'all-normal' })).toMatchObject({
      status: 403,
      body: { code: 'scope-insufficient' },
    });
  });
});
