import { beforeAll, expect, test } from 'vitest';
import { type CallingSystem, useGateway } from '../support/gateway.ts';

const gateway = useGateway();
const CERTIFICATES = '/v1/catalogue/certificates';
let operators: CallingSystem[];

beforeAll(async () => {
  operators = await Promise.all(Array.from({ length: 4 }, () => gateway.register({ scopes: ['operator'], certified: false })));
});

const row = (uscc: string, but: object = {}) => ({
  uscc,
  item: 'K',
  scheme: '常规化学 2026',
  scope: 'nation',
  validFrom: '2026-01-01',
  validUntil: '2026-12-31',
  ...but,
});

test('of lists at once that overlap, one is stored', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { uscc } = await gateway.register({ certified: false });

    const answers = await Promise.all(
      operators.map((it, index) => it.put(CERTIFICATES, { certificates: [row(uscc, { validFrom: `2026-01-0${index + 1}` })] })),
    );

    expect(answers.map((it) => it.status).sort()).toEqual([200, 422, 422, 422]);
    expect((await operators[0]?.get(`${CERTIFICATES}?uscc=${uscc}`))?.body.certificates).toHaveLength(1);
  }
});

test('the same list sent by all at once is stored once', async () => {
  const { uscc } = await gateway.register({ certified: false });

  const answers = await Promise.all(operators.map((it) => it.put(CERTIFICATES, { certificates: [row(uscc), row(uscc, { item: 'NA' })] })));

  expect(answers.map((it) => it.body.added).sort()).toEqual([0, 0, 0, 2]);
  expect(new Set(answers.map((it) => JSON.stringify(it.body.certificates))).size).toBe(1);
});
