import { describe, expect, test } from 'vitest';
import { useGateway } from '../support/gateway.ts';
import { ID_CARD, somebody } from '../support/reports.ts';

const gateway = useGateway();

const PROBLEM_JSON = 'application/problem+json; charset=utf-8';

/** A consent as a hospital system sends it; one body for what all flat doors do with theirs. */
function consent(more: Record<string, unknown> = {}): Record<string, unknown> {
  const person = somebody();
  return {
    patient: { identifier: { system: ID_CARD, value: person.idCard }, name: person.name, birthDate: person.birthDate },
    decision: 'permit',
    method: 'on-site-id-card',
    ...more,
  };
}

describe('a body', () => {
  test.for<[string, Record<string, unknown>, string]>([
    ['with a member nobody knows', { colour: 'red' }, 'colour'],
    ['with a member nobody knows inside', { grantee: { uscc: '11500000MB1670604W', name: 'x' } }, 'grantee.name'],
    ['without a member that is needed', { decision: undefined }, 'decision'],
    ['with a value outside of its list', { method: 'by-telephone' }, 'method'],
    ['with an element outside of its list', { categories: ['laboratory', 'blood'] }, 'categories[1]'],
    ['with a number for a text', { decision: 1 }, 'decision'],
    ['with a text for a list', { categories: 'laboratory' }, 'categories'],
    ['with null', { method: null }, 'method'],
  ])('%s: 400 with its path, and nothing is guessed', async ([, wrong, path]) => {
    const hospital = await gateway.register();

    const answer = await hospital.post('/v1/consents', consent(wrong));

    expect(answer).toMatchObject({
      status: 400,
      body: {
        type: 'urn:tongjian:failure:malformed',
        status: 400,
        code: 'malformed',
        errors: expect.arrayContaining([expect.objectContaining({ path })]),
      },
    });
    expect(answer.headers['content-type']).toBe(PROBLEM_JSON);
  });

  test('that says several things wrong is told all of them', async () => {
    const hospital = await gateway.register();

    const { body } = await hospital.post('/v1/consents', consent({ colour: 'red', decision: 'maybe', method: undefined }));

    expect(body.errors.map((it: { path: string }) => it.path)).toEqual(expect.arrayContaining(['colour', 'decision', 'method']));
  });

  test.for<[string, string, string | undefined, number, string]>([
    ['that is no JSON', '{"patient":', 'application/json', 400, 'malformed'],
    ['that is empty', '', 'application/json', 400, 'malformed'],
    ['that is a list', '[]', 'application/json', 400, 'malformed'],
    ['that would change prototypes', '{"__proto__":{"a":1}}', 'application/json', 400, 'malformed'],
    ['of another kind', '<a/>', 'application/xml', 415, 'media-type-unsupported'],
    ['of FHIR', '{}', 'application/fhir+json', 415, 'media-type-unsupported'],
    ['of no kind', '{}', undefined, 415, 'media-type-unsupported'],
    ['that is too large', JSON.stringify({ a: 'x'.repeat(9 * 1024 * 1024) }), 'application/json', 413, 'too-large'],
  ])('%s: refused', async ([, body, type, status, code]) => {
    const { token } = await gateway.register();

    const answer = await gateway.app.inject({
      method: 'POST',
      url: '/v1/consents',
      headers: { authorization: `Bearer ${token}`, ...(type ? { 'content-type': type } : {}) },
      payload: body,
    });

    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toBe(PROBLEM_JSON);
    expect(answer.json()).toMatchObject({ status, code });
  });
});

test('a body that may have one of several forms is told each of its faults once, in Chinese as well', async () => {
  const hospital = await gateway.register();
  const send = (decisions: object[]) => hospital.post('/v1/recognition-decisions', { check: 'c', decisions }, { 'accept-language': 'zh' });

  const { body } = await send([{ item: 'WBC', decision: 'perhaps' }]);

  expect(body.errors).toEqual([
    { path: 'decisions[0].decision', detail: '应为 recognised、not-recognised 之一' },
    { path: 'decisions[0].source', detail: '缺失' },
    { path: 'decisions[0].item', detail: '不是本接口已知的成员' },
  ]);
  expect((await send([])).body.errors).toEqual([{ path: 'decisions', detail: '不得少于 1 项' }]);
});

test('the reason is told in the language asked for, under one code', async () => {
  const hospital = await gateway.register();

  const [zh, en] = [
    await hospital.get('/v1/consents/none', { 'accept-language': 'zh-CN' }),
    await hospital.get('/v1/consents/none', { 'accept-language': 'en' }),
  ];

  expect([zh.headers['content-language'], en.headers['content-language']]).toEqual(['zh-CN', 'en']);
  expect(zh.body.code).toBe(en.body.code);
  expect(zh.body.title).toMatch(/\p{Script=Han}/u);
  expect(en.body.title).not.toMatch(/\p{Script=Han}/u);
});

test.for<[string, string, number, string]>([
  ['a door that is not there', '/v1/nothing', 404, 'not-found'],
  ['a query that is no number', '/v1/access-log?limit=many', 400, 'parameter-invalid'],
  ['a broken percent escape', '/v1/consents/%E0%A4%A', 400, 'malformed'],
  ['a part that is longer than any id', `/v1/consents/${'a'.repeat(300)}`, 404, 'not-found'],
])('%s is a problem', async ([, url, status, code]) => {
  const hospital = await gateway.register({ scopes: ['system/*.cruds', 'audit.read'] });

  const answer = await hospital.get(url);

  expect(answer).toMatchObject({ status, body: { status, code } });
  expect(answer.headers['content-type']).toBe(PROBLEM_JSON);
});

test.for<[string, string | undefined, string]>([
  ['none', undefined, 'Bearer'],
  ['one of nobody', 'Bearer x.y.z', 'Bearer error="invalid_token"'],
  ['another scheme', 'Basic YTpi', 'Bearer'],
])('a token: %s is 401, before anything is said of the address or the body', async ([, authorization, challenge]) => {
  for (const [method, url] of [
    ['GET', '/v1/consents'],
    ['POST', '/v1/consents'],
    ['GET', '/v1/nothing'],
  ] as const) {
    const answer = await gateway.app.inject({ method, url, headers: authorization ? { authorization } : {} });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe(challenge);
    expect(answer.headers['content-type']).toBe(PROBLEM_JSON);
  }
});

test('outside of every face an unknown address is told so, without a token', async () => {
  const answer = await gateway.app.inject({ url: '/favicon.ico', headers: { 'accept-language': 'zh' } });

  expect(answer.statusCode).toBe(404);
  expect(answer.json().code).toBe('not-found');
});
