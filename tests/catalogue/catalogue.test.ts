import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { catalogueItems } from '../../src/catalogue/items/item.tables.ts';
import { recallPrices } from '../../src/catalogue/prices/find-prices.ts';
import { UNREMEMBERED } from '../../src/database/reference-memory.ts';
import { useGateway } from '../support/gateway.ts';

const gateway = useGateway();

test('every window is counted from what suits the kind, and no two items share a LOINC code', async () => {
  const items = await gateway.db.select().from(catalogueItems).where(eq(catalogueItems.edition, 'tongjian-222'));

  for (const item of items) {
    expect(item.windowBasis).toBe({ laboratory: 'sampled', imaging: 'examined', ecg: 'examined', pathology: 'reported' }[item.kind]);
  }
  const loinc = items.flatMap((it) => it.loinc ?? []);
  expect(new Set(loinc).size).toBe(loinc.length);
});

test('items are listed page by page, each once, and found by Chinese and English names and by code', async () => {
  const caller = await gateway.register();
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await caller.get(`/v1/catalogue/items?limit=100${cursor ? `&cursor=${cursor}` : ''}`);
    seen.push(...body.items.map((it: { code: string }) => it.code));
    cursor = body.next;
  } while (cursor);
  expect(seen).toHaveLength(222);
  expect(seen).toEqual([...new Set(seen)].sort());

  const codes = async (query: string) =>
    (await caller.get(`/v1/catalogue/items?${query}`)).body.items.map((it: { code: string }) => it.code);
  expect(await codes(`q=${encodeURIComponent('白细胞计数')}`)).toEqual(['WBC']);
  expect(await codes('q=leukocytes')).toEqual(['WBC']);
  expect(await codes('q=wbc')).toEqual(['WBC']);
  expect(await codes('q=%25%25')).toEqual([]);
  expect(await codes('kind=ecg')).toEqual(['ABPM-24H', 'ECG-12-LEAD', 'ECG-HOLTER-24H', 'ECG-STRESS']);
  expect(await codes('edition=none')).toEqual([]);
  expect((await caller.get('/v1/catalogue/items?kind=astrology')).status).toBe(400);
});

test('the national list of reasons has six, the last of which needs a text', async () => {
  const caller = await gateway.register();
  const { body } = await caller.get('/v1/catalogue/reasons');
  expect(body.list).toBe('national-2022');
  expect(body.reasons.map((it: { noteRequired: boolean }) => it.noteRequired)).toEqual([false, false, false, false, false, true]);
  expect(body.lists).toEqual(['chongqing-2018', 'hangzhou-vendor', 'national-2022', 'provincial-A']);

  const provincial = await caller.get('/v1/catalogue/reasons?list=provincial-A');
  const denials = provincial.body.reasons.filter((it: { countsAsDenial: boolean }) => !it.countsAsDenial);
  expect(denials.map((it: { code: string }) => it.code)).toEqual(['98', '99']);
  expect((await caller.get('/v1/catalogue/reasons?list=nowhere')).status).toBe(404);
});

test('the own price goes before that of the county, the city and the province', async () => {
  const operator = await gateway.register({ scopes: ['operator'] });
  const hospital = await gateway.register({ district: '420106' });
  const at = { institution: hospital.institution, district: '420106' };
  const versions: (string | undefined)[] = [];
  const look = async () =>
    versions.push((await recallPrices(UNREMEMBERED, gateway.db, at, ['ESR'], new Date(Date.now() + 1_000))).get('ESR')?.version);

  await look();
  for (const holder of [{ district: '42' }, { district: '4201' }, { district: '420106' }, { uscc: hospital.uscc }]) {
    expect((await operator.put('/v1/catalogue/prices', { holder, prices: [{ item: 'ESR', amountFen: 1_000 }] })).status).toBe(200);
    await look();
  }

  expect(versions).toEqual([
    undefined,
    'district:42 v1',
    'district:4201 v1',
    'district:420106 v1',
    `institution:${hospital.institution} v1`,
  ]);
});

test('a price holds from its beginning, a correction of the same day replaces it, and the same list again changes nothing', async () => {
  const hospital = await gateway.register();
  const set = async (amountFen: number, validFrom: string) =>
    (await hospital.put('/v1/catalogue/prices', { holder: { uscc: hospital.uscc }, prices: [{ item: 'WBC', amountFen, validFrom }] })).body
      .prices[0];

  expect(await set(1_000, '2026-01-01')).toEqual({ item: 'WBC', amountFen: 1_000, version: 1, validFrom: '2025-12-31T16:00:00.000Z' });
  expect((await set(2_000, '2026-07-01')).version).toBe(2);
  expect((await set(1_000, '2026-03-01')).version).toBe(1);
  expect((await set(1_200, '2026-01-01T00:00:00+08:00')).version).toBe(3);
  expect((await set(2_000, '2026-07-01')).version).toBe(2);

  const priceAt = async (at: string) =>
    (await recallPrices(UNREMEMBERED, gateway.db, { institution: hospital.institution, district: '500112' }, ['WBC'], new Date(at))).get(
      'WBC',
    );
  const version = (number: number) => `institution:${hospital.institution} v${number}`;
  expect(await priceAt('2025-12-31T15:59:59.999Z')).toBeUndefined();
  expect(await priceAt('2025-12-31T16:00:00.000Z')).toEqual({ amountFen: 1_200, version: version(3) });
  expect(await priceAt('2026-06-30T15:59:59.999Z')).toEqual({ amountFen: 1_200, version: version(3) });
  expect(await priceAt('2026-06-30T16:00:00.000Z')).toEqual({ amountFen: 2_000, version: version(2) });
});

test('prices of one holder set at once are versions one after the other', async () => {
  const hospital = await gateway.register();
  const amounts = [1, 2, 3, 4, 5, 6];

  const answers = await Promise.all(
    amounts.map((amountFen) =>
      hospital.put('/v1/catalogue/prices', {
        holder: { uscc: hospital.uscc },
        prices: [{ item: 'HGB', amountFen, validFrom: '2026-01-01' }],
      }),
    ),
  );

  expect(answers.map((it) => it.status)).toEqual(amounts.map(() => 200));
  const listed = await hospital.get(`/v1/catalogue/prices?uscc=${hospital.uscc}&item=HGB`);
  expect(listed.body.prices.map((it: { version: number }) => it.version)).toEqual(amounts);
  expect(listed.body.prices[0]).toMatchObject({ holder: { uscc: hospital.uscc }, validFrom: '2025-12-31T16:00:00.000Z' });
});

test('prices are listed page by page', async () => {
  const hospital = await gateway.register();
  const prices = ['ALB', 'ALT', 'AST', 'CRP', 'TP'].map((item) => ({ item, amountFen: 100 }));
  await hospital.put('/v1/catalogue/prices', { holder: { uscc: hospital.uscc }, prices });

  const first = await hospital.get(`/v1/catalogue/prices?uscc=${hospital.uscc}&limit=3`);
  const second = await hospital.get(`/v1/catalogue/prices?uscc=${hospital.uscc}&limit=3&cursor=${first.body.next}`);

  expect([...first.body.prices, ...second.body.prices].map((it) => it.item)).toEqual(['ALB', 'ALT', 'AST', 'CRP', 'TP']);
  expect(second.body).not.toHaveProperty('next');
});

test('a faulty list is refused with every row, and nothing of it is kept', async () => {
  const hospital = await gateway.register();
  const prices = [
    { item: 'WBC', amountFen: 1_000 },
    { item: 'HGB', amountFen: -1 },
    { item: 'PLT', amountFen: 0.5 },
    { item: 'RBC', amountFen: 1_000_000_001 },
    { item: 'XXX', amountFen: 1 },
    { item: 'ALT', amountFen: 1, validFrom: 'soon' },
  ];

  const { status, body } = await hospital.put('/v1/catalogue/prices', { holder: { uscc: hospital.uscc }, prices });

  expect(status).toBe(422);
  expect(body.errors.map((it: { path: string }) => it.path)).toEqual([
    'prices[1].amountFen',
    'prices[2].amountFen',
    'prices[3].amountFen',
    'prices[4].item',
    'prices[5].validFrom',
  ]);
  expect((await hospital.get(`/v1/catalogue/prices?uscc=${hospital.uscc}`)).body).toEqual({ prices: [] });
});

test('a list as CSV says the same as one in JSON, and each of its faults by row and column', async () => {
  const hospital = await gateway.register();
  const address = `/v1/catalogue/prices?uscc=${hospital.uscc}`;
  const put = (csv: string, url = address) => hospital.put(url, csv, { 'content-type': 'text/csv' });

  const faulty = await put('item,amount_fen,valid_from\nWBC,1000,\n\nHGB,-1,\nPLT,0.5,\nXXX,1,\nALT,many,soon\nWBC,1,\n');
  expect(faulty.status).toBe(422);
  expect(faulty.body.errors.map((it: { path: string }) => it.path)).toEqual([
    'row 4, column amount_fen',
    'row 5, column amount_fen',
    'row 6, column item',
    'row 7, column amount_fen',
    'row 7, column valid_from',
    'row 8, column item',
  ]);
  expect(await put('item,amount_fen\n')).toMatchObject({ status: 422, body: { errors: [{ path: 'row 2' }] } });
  expect((await put('item,amount_fen\nWBC,1\n', '/v1/catalogue/prices')).status).toBe(400);
  expect((await put('item,amount_fen\nWBC,1\n', `${address}&district=500112`)).status).toBe(400);
  expect((await put('item,amount_fen\nWBC,1\n', '/v1/catalogue/prices?district=500112')).status).toBe(403);
  expect((await hospital.get(address)).body).toEqual({ prices: [] });

  const prices = [
    { item: 'WBC', amountFen: 1_000, validFrom: '2026-01-01' },
    { item: 'HGB', amountFen: 0, validFrom: '2026-01-01' },
  ];
  const set = await put('\uFEFFamount_fen,item,valid_from\r\n1000,WBC,2026-01-01\r\n0,HGB,2026-01-01\r\n');
  expect(set).toMatchObject({
    status: 200,
    body: {
      holder: { uscc: hospital.uscc },
      prices: [
        { item: 'HGB', amountFen: 0 },
        { item: 'WBC', amountFen: 1_000 },
      ],
    },
  });
  expect((await hospital.put('/v1/catalogue/prices', { holder: { uscc: hospital.uscc }, prices })).body).toEqual(set.body);
});

test('an institution sets its own prices and no others', async () => {
  const [hospital, other] = [await gateway.register(), await gateway.register()];
  const operator = await gateway.register({ scopes: ['operator'] });
  const prices = [{ item: 'WBC', amountFen: 1_000 }];

  for (const holder of [{ uscc: other.uscc }, { uscc: '110000000000000000' }, { district: '500112' }]) {
    expect(await hospital.put('/v1/catalogue/prices', { holder, prices })).toMatchObject({ status: 403, body: { code: 'not-owner' } });
  }
  expect((await operator.put('/v1/catalogue/prices', { holder: { uscc: other.uscc }, prices })).status).toBe(200);
  expect((await operator.put('/v1/catalogue/prices', { holder: { uscc: '110000000000000000' }, prices })).status).toBe(422);
  for (const holder of [{ district: '5001x' }, { district: '500112', uscc: other.uscc }, {}]) {
    expect((await operator.put('/v1/catalogue/prices', { holder, prices })).status).toBe(400);
  }
});
