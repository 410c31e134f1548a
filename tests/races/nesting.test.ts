import { beforeAll, expect, test } from 'vitest';
import { type CallingSystem, useGateway } from '../support/gateway.ts';

const gateway = useGateway();
let operators: CallingSystem[];
let uscc: string;

beforeAll(async () => {
  operators = await Promise.all([1, 2].map(() => gateway.register({ scopes: ['operator'] })));
  uscc = operators[0]?.uscc ?? '';
});

test.for<[kind: string, own: () => object]>([
  ['alliances', () => ({ members: [uscc] })],
  ['regions', () => ({ divisions: ['50'] })],
])('of two changes of %s at once that would close a circle together, one is refused', async ([kind, own]) => {
  const set = (who: number, code: string, parts: readonly string[]) =>
    operators[who]?.put(`/v1/${kind}/${code}`, { name: code, ...own(), [kind]: parts });

  for (let round = 0; round < 10; round += 1) {
    const [a, b] = [`a${round}`, `b${round}`];
    for (const code of [a, b]) expect(await set(0, code, [])).toMatchObject({ status: 200 });

    const answers = await Promise.all([set(0, a, [b]), set(1, b, [a])]);

    expect(answers.map((it) => it?.status).sort()).toEqual([200, 422]);
  }
});

test('a part is not removed while it is being put into a whole', async () => {
  for (let round = 0; round < 10; round += 1) {
    const [whole, part] = [`whole${round}`, `part${round}`];
    await operators[0]?.put(`/v1/regions/${part}`, { name: part, divisions: ['50'] });

    const [put, removed] = await Promise.all([
      operators[0]?.put(`/v1/regions/${whole}`, { name: whole, regions: [part] }),
      operators[1]?.send('DELETE', `/v1/regions/${part}`),
    ]);

    expect([
      [200, 409],
      [422, 204],
    ]).toContainEqual([put?.status, removed?.status]);
  }
});
