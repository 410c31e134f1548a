import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessLog } from '../../../src/access-log/access-log.tables.ts';
import { findCertificates } from '../../../src/catalogue/certificates/find-certificates.ts';
import { type CallingSystem, freshUscc, useGateway } from '../../support/gateway.ts';
import { statementsOf } from '../../support/statements.ts';

const gateway = useGateway();
let operator: CallingSystem;
let hospital: CallingSystem;

beforeAll(async () => {
  operator = await gateway.register({ scopes: ['operator'], certified: false });
  hospital = await gateway.register({ certified: false });
  await operator.put('/v1/regions/cy', { name: '川渝', divisions: ['50', '51'] });
  await operator.put('/v1/alliances/yubei-1', { name: '渝北医共体', members: [hospital.uscc] });
});

const CERTIFICATES = '/v1/catalogue/certificates';

/** A certificate of a hospital of the test's own for the year 2026. */
const row = (uscc: string, but: object = {}) => ({
  uscc,
  item: 'K',
  scheme: '常规化学 2026',
  scope: 'province:50',
  score: 92.5,
  validFrom: '2026-01-01',
  validUntil: '2026-12-31',
  ...but,
});
const set = (...certificates: readonly object[]) => operator.put(CERTIFICATES, { certificates });
const setCsv = (text: string) => operator.put(CERTIFICATES, text, { 'content-type': 'text/csv' });
const paths = (answer: { body: { errors: { path: string }[] } }) => answer.body.errors.map((it) => it.path);

describe('certificates are added', () => {
  test('and every caller can see them', async () => {
    const { uscc } = await gateway.register({ name: '示范医院', certified: false });

    const answer = await set(row(uscc), row(uscc, { item: 'NA', scope: 'nation', score: null }));

    expect(answer).toMatchObject({
      status: 200,
      body: {
        added: 2,
        certificates: [
          { uscc, institutionName: '示范医院', item: 'K', scope: 'province:50', mark: '渝HR', score: 92.5, validFrom: '2026-01-01' },
          { uscc, item: 'NA', scope: 'nation', mark: '全国HR', score: null, validUntil: '2026-12-31' },
        ],
      },
    });
    const [first] = answer.body.certificates;
    expect(await hospital.get(`${CERTIFICATES}/${first.id}`)).toMatchObject({ status: 200, body: first });
    expect((await hospital.get(`${CERTIFICATES}?uscc=${uscc}`)).body).toEqual({ certificates: answer.body.certificates });
  });

  test('once, however often the list is sent; a new row comes beside the old ones', async () => {
    const { uscc } = await gateway.register({ certified: false });
    const first = await set(row(uscc), row(uscc, { item: 'NA' }));
    const again = await set(row(uscc, { item: 'NA' }), row(uscc), row(uscc, { item: 'CL' }));

    expect(again.body.added).toBe(1);
    expect(again.body.certificates.slice(0, 2)).toEqual(first.body.certificates.toReversed());
    expect((await set(row(uscc))).body).toEqual({ added: 0, certificates: [first.body.certificates[0]] });
  });

  test.for<[scope: string, mark: string | undefined, printed: string]>([
    ['city:5101', '成都HR', '成都HR'],
    ['district:500112', '渝北HR', '渝北HR'],
    ['region:cy', undefined, '川渝HR'],
    ['region:cy', '成渝HR', '成渝HR'],
    ['alliance:yubei-1', undefined, '渝北医共体HR'],
    ['province:42', '湖北HR', '湖北HR'],
  ])('of the scope %s with the mark %s: %s', async ([scope, mark, printed]) => {
    const { uscc } = await gateway.register({ certified: false });
    expect(await set(row(uscc, { scope, ...(mark ? { mark } : {}) }))).toMatchObject({
      status: 200,
      body: { certificates: [{ mark: printed }] },
    });
  });

  test('from a CSV in any order of columns, with a byte order mark, quotes and empty rows, as from JSON', async () => {
    const { uscc } = await gateway.register({ certified: false });
    const csv = `\uFEFFitem,uscc,valid_until,valid_from,scheme,scope,mark\r\nK,${uscc},2026-12-31,2026-01-01,"常规化学, 2026",city:4201,武汉HR\r\n,,,,,,\r\n`;

    const answer = await setCsv(csv);

    expect(answer).toMatchObject({
      status: 200,
      body: { added: 1, certificates: [{ scheme: '常规化学, 2026', mark: '武汉HR', score: null }] },
    });
    expect((await set(row(uscc, { scheme: '常规化学, 2026', scope: 'city:4201', mark: '武汉HR', score: null }))).body.added).toBe(0);
  });

  test('five thousand at once, with as many statements as one', async () => {
    const [one, many] = [await gateway.register({ certified: false }), await gateway.register({ certified: false })];
    const line = (uscc: string, index: number) => `${uscc},K,第 ${index} 次,nation,2026-01-01,2026-12-31`;
    const csv = (uscc: string, rows: number) =>
      ['uscc,item,scheme,scope,valid_from,valid_until', ...Array.from({ length: rows }, (_, index) => line(uscc, index))].join('\n');

    const few = await statementsOf(async () => expect(await setCsv(csv(one.uscc, 1))).toMatchObject({ body: { added: 1 } }));
    const all = await statementsOf(async () => expect(await setCsv(csv(many.uscc, 5_000))).toMatchObject({ body: { added: 5_000 } }));

    expect(all).toHaveLength(few.length);
  });

  test('and written into the access log', async () => {
    const { uscc } = await gateway.register({ certified: false });
    const { headers, body } = await set(row(uscc));
    const entries = await gateway.db
      .select()
      .from(accessLog)
      .where(eq(accessLog.requestId, String(headers['x-request-id'])));
    expect(entries).toMatchObject([{ interaction: 'setCertificates', entities: [`Certificate/${body.certificates[0].id}`] }]);
  });

  test('by the operator alone', async () => {
    expect(await hospital.put(CERTIFICATES, { certificates: [row(hospital.uscc)] })).toMatchObject({ status: 403 });
    expect(await hospital.put(CERTIFICATES, 'uscc', { 'content-type': 'text/csv' })).toMatchObject({ status: 403 });
  });
});

describe('a list with faults is refused whole', () => {
  test.for<[string, object, string]>([
    ['an unknown institution', { uscc: freshUscc() }, 'uscc'],
    ['an item that is in no edition', { item: 'NO-SUCH' }, 'item'],
    ['an empty scheme', { scheme: ' ' }, 'scheme'],
    ['a scheme that a spreadsheet would run', { scheme: '=1+1' }, 'scheme'],
    ['a scope of no kind', { scope: 'county:500112' }, 'scope'],
    ['a province that is none', { scope: 'province:99' }, 'scope'],
    ['a region nobody set', { scope: 'region:nowhere' }, 'scope'],
    ['an alliance nobody set', { scope: 'alliance:nowhere' }, 'scope'],
    ['a score below 0', { score: -0.5 }, 'score'],
    ['a score above 100', { score: 100.01 }, 'score'],
    ['a score of three decimals', { score: 92.125 }, 'score'],
    ['a first day that is none', { validFrom: '2026-02-30' }, 'validFrom'],
    ['a last day with a time', { validUntil: '2026-12-3T' }, 'validUntil'],
    ['a last day before the first', { validUntil: '2025-12-31' }, 'validUntil'],
    ['a city without its mark', { scope: 'city:4201' }, 'mark'],
    ['a mark that is none', { mark: '渝' }, 'mark'],
  ])('%s', async ([, but, path]) => {
    const { uscc } = await gateway.register({ certified: false });

    const answer = await set(row(uscc, { item: 'NA' }), row(uscc, but));

    expect(answer).toMatchObject({ status: 422, body: { code: 'rule-violated', errors: [{ path: `certificates[1].${path}` }] } });
    expect((await operator.get(`${CERTIFICATES}?uscc=${uscc}`)).body).toEqual({ certificates: [] });
  });

  test.for<[string, object]>([
    ['a score of 0', { score: 0 }],
    ['a score of 100', { score: 100 }],
    ['two decimals', { score: 99.99 }],
    ['a single day', { validUntil: '2026-01-01' }],
  ])('but %s is none', async ([, but]) => {
    const { uscc } = await gateway.register({ certified: false });
    expect(await set(row(uscc, but))).toMatchObject({ status: 200, body: { added: 1 } });
  });

  test('each fault of a CSV with its row and column, as a spreadsheet counts them', async () => {
    const { uscc } = await gateway.register({ certified: false });
    const csv = [
      'uscc,item,scheme,scope,score,valid_from,valid_until',
      `${uscc},K,s,nation,90,2026-01-01,2026-12-31`,
      '',
      `${uscc},WRONG,s,nation,x,2026-01-01,2026-12-31`,
      `${uscc},NA,s,nation,90,2026-12-31,2026-01-01`,
    ].join('\n');

    const answer = await setCsv(csv);

    expect(answer.status).toBe(422);
    expect(paths(answer)).toEqual(['row 4, column item', 'row 4, column score', 'row 5, column valid_until']);
    expect((await operator.get(`${CERTIFICATES}?uscc=${uscc}`)).body).toEqual({ certificates: [] });
  });

  test.for<[string, string, number, string[]]>([
    ['without a needed column', 'uscc,item,scheme,scope,valid_from\n', 422, ['row 1, column valid_until']],
    [
      'with an unknown column and one twice',
      'uscc,item,scheme,scope,valid_from,valid_until,item,level\n',
      422,
      ['row 1, column item', 'row 1, column level'],
    ],
    ['with a row of another length', 'uscc,item,scheme,scope,valid_from,valid_until\na,b\n', 422, ['row 2']],
  ])('a CSV %s', async ([, csv, status, expected]) => {
    const answer = await setCsv(csv);
    expect([answer.status, paths(answer)]).toEqual([status, expected]);
  });

  test('a CSV whose quotes do not close, or that is no UTF-8', async () => {
    expect(await setCsv('uscc,"item\n')).toMatchObject({ status: 400, body: { code: 'malformed' } });
    const inGbk = await gateway.app.inject({
      method: 'PUT',
      url: CERTIFICATES,
      headers: { authorization: `Bearer ${operator.token}`, 'content-type': 'text/csv' },
      payload: Buffer.from([0xd6, 0xd8, 0xc7, 0xec]),
    });
    expect(inGbk.json()).toMatchObject({ status: 400, code: 'malformed' });
    expect(inGbk.body).toContain('UTF-8');
  });

  test('a list of more rows than may be', async () => {
    const many = `uscc,item,scheme,scope,valid_from,valid_until\n${'a,b,c,d,e,f\n'.repeat(5_001)}`;
    expect(await setCsv(many)).toMatchObject({ status: 413 });
  });

  test.for<[string, unknown]>([
    ['nothing', { certificates: [] }],
    ['an unknown member', { certificates: [{ ...row('x'), level: 3 }] }],
    ['a score that is a text', { certificates: [row('x', { score: '92' })] }],
  ])('JSON with %s', async ([, body]) => {
    expect(await operator.put(CERTIFICATES, body)).toMatchObject({ status: 400, body: { code: 'malformed' } });
  });
});

describe('two that share a day are refused', () => {
  test('within the list, with the other row', async () => {
    const { uscc } = await gateway.register({ certified: false });
    const answer = await set(row(uscc), row(uscc, { validFrom: '2026-12-31', validUntil: '2027-12-31' }));
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'certificates[1].validFrom' }] } });
    expect(answer.body.errors[0].detail).toContain('certificates[0]');
  });

  test('with what is stored', async () => {
    const { uscc } = await gateway.register({ certified: false });
    const { body } = await set(row(uscc));
    for (const but of [
      { score: 93 },
      { validFrom: '2025-06-01', validUntil: '2026-01-01' },
      { validFrom: '2026-12-31', validUntil: '2027-01-01' },
    ]) {
      const answer = await set(row(uscc, but));
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'certificates[0].validFrom' }] } });
      expect(answer.body.errors[0].detail).toContain(body.certificates[0].id);
    }
  });

  test.for<[string, object]>([
    ['the day after', { validFrom: '2027-01-01', validUntil: '2027-12-31' }],
    ['the day before', { validFrom: '2025-01-01', validUntil: '2025-12-31' }],
    ['another item', { item: 'NA' }],
    ['another scheme', { scheme: '常规化学 2026 第二次' }],
    ['another scope', { scope: 'nation' }],
  ])('but %s is free', async ([, but]) => {
    const { uscc } = await gateway.register({ certified: false });
    await set(row(uscc));
    expect(await set(row(uscc, but))).toMatchObject({ status: 200, body: { added: 1 } });
  });

  test('and the days of a withdrawn one are free again from its withdrawal on', async () => {
    const { uscc } = await gateway.register({ certified: false });
    const { body } = await set(row(uscc));
    await operator.post(`${CERTIFICATES}/${body.certificates[0].id}/withdrawal`, { from: '2026-06-01', reason: '复评不合格' });

    expect(await set(row(uscc, { validFrom: '2026-05-31' }))).toMatchObject({ status: 422 });
    expect(await set(row(uscc, { validFrom: '2026-06-01' }))).toMatchObject({ status: 200, body: { added: 1 } });
    // The list that was sent first changes nothing: what was withdrawn stays so.
    expect(await set(row(uscc))).toMatchObject({ status: 200, body: { added: 0, certificates: [{ withdrawal: { from: '2026-06-01' } }] } });
  });
});

describe('the list', () => {
  test('is shown page by page, in the order of items and days, each once', async () => {
    const { uscc } = await gateway.register({ certified: false });
    const years = [2023, 2024, 2025, 2026].map((year) => ({ validFrom: `${year}-01-01`, validUntil: `${year}-12-31` }));
    await set(...['K', 'NA', 'CL'].flatMap((item) => years.map((period) => row(uscc, { item, ...period }))));

    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await hospital.get(`${CERTIFICATES}?uscc=${uscc}&limit=5${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.certificates.map((it: { item: string; validFrom: string }) => `${it.item} ${it.validFrom}`));
      cursor = body.next ?? '';
    } while (cursor);

    expect(seen).toEqual(['CL', 'K', 'NA'].flatMap((item) => years.map((it) => `${item} ${it.validFrom}`)));
  });

  test('is narrowed by item and by a moment, of which the day in Beijing counts', async () => {
    const { uscc } = await gateway.register({ certified: false });
    const { body } = await set(row(uscc), row(uscc, { item: 'NA' }));
    await operator.post(`${CERTIFICATES}/${body.certificates[0].id}/withdrawal`, { from: '2026-06-01', reason: '复评不合格' });
    const items = async (query: string) =>
      (await hospital.get(`${CERTIFICATES}?uscc=${uscc}&${query}`)).body.certificates.map((it: { item: string }) => it.item);

    expect(await items('item=NA')).toEqual(['NA']);
    expect(await items('at=2025-12-31')).toEqual([]);
    expect(await items('at=2025-12-31T16:00:00Z')).toEqual(['K', 'NA']);
    expect(await items('at=2025-12-31T15:59:59Z')).toEqual([]);
    expect(await items('at=2026-05-31')).toEqual(['K', 'NA']);
    expect(await items('at=2026-06-01')).toEqual(['NA']);
    expect(await items('at=2026-12-31')).toEqual(['NA']);
    expect(await items('at=2027-01-01')).toEqual([]);
  });

  test.for<[covers: string, marks: string[]]>([
    ['nation', ['全国HR']],
    ['province:50', ['全国HR', '川渝HR', '渝HR']],
    ['district:500112', ['全国HR', '川渝HR', '渝HR', '渝北HR']],
    ['city:5001', ['全国HR', '川渝HR', '渝HR']],
    ['province:51', ['全国HR', '川渝HR']],
    ['region:cy', ['全国HR', '川渝HR']],
    ['region:cy-and-more', ['全国HR']],
    ['region:nowhere', ['全国HR']],
    ['alliance:yubei-1', ['全国HR', '川渝HR', '渝HR', '渝北HR', '渝北医共体HR']],
    ['alliance:yubei-and-more', ['全国HR', '川渝HR', '渝HR']],
    ['province:42', ['全国HR']],
  ])('is narrowed to the marks that hold in all of %s', async ([covers, marks]) => {
    const [{ uscc }, banan] = [await gateway.register({ certified: false }), await gateway.register({ district: '500113' })];
    await operator.put('/v1/regions/cy-and-more', { name: '西南', divisions: ['52'], regions: ['cy'] });
    await operator.put('/v1/alliances/yubei-and-more', { name: '重庆医联体', members: [banan.uscc], alliances: ['yubei-1'] });
    const scopes = ['nation', 'province:50', 'region:cy', 'alliance:yubei-1'];
    await set(...scopes.map((scope) => row(uscc, { scope })), row(uscc, { scope: 'district:500112', mark: '渝北HR' }));

    const { body } = await hospital.get(`${CERTIFICATES}?uscc=${uscc}&covers=${covers}`);

    expect(body.certificates.map((it: { mark: string }) => it.mark).sort()).toEqual([...marks].sort());
  });

  test('as CSV can be sent back and changes nothing', async () => {
    const { uscc } = await gateway.register({ certified: false });
    const { body } = await set(row(uscc, { scheme: '质评, "甲"' }), row(uscc, { item: 'NA', score: null, scope: 'region:cy' }));
    await operator.post(`${CERTIFICATES}/${body.certificates[0].id}/withdrawal`, { from: '2026-06-01', reason: '=复评' });

    const { text, headers } = await hospital.get(`${CERTIFICATES}?uscc=${uscc}&limit=1`, { accept: 'text/csv' });

    expect(headers['content-type']).toContain('text/csv');
    expect(text.split('\r\n')).toHaveLength(4);
    expect(text).toContain("'=复评");
    expect(await setCsv(text)).toMatchObject({ status: 200, body: { added: 0, certificates: [{ item: 'K' }, { item: 'NA' }] } });
  });

  test.for([
    'at=yesterday',
    'covers=Chongqing',
    'cursor=abc',
    'limit=101',
    'level=3',
    'uscc=x&cursor=WyJLIiwiMSIsIjIwMjYtMTMtMDEiLCJoci0wMTIzNDU2Nzg5YWJjZGVmIl0',
  ])('asked with %s is refused', async (query) => {
    expect(await hospital.get(`${CERTIFICATES}?${query}`)).toMatchObject({ status: 400, body: { code: 'parameter-invalid' } });
  });

  test('of an institution nobody knows is empty; a certificate nobody knows is not there', async () => {
    expect((await hospital.get(`${CERTIFICATES}?uscc=${freshUscc()}`)).body).toEqual({ certificates: [] });
    expect(await hospital.get(`${CERTIFICATES}/hr-0123456789abcdef`)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await hospital.get(`${CERTIFICATES}/7`)).toMatchObject({ status: 400 });
  });
});

describe('a certificate is found for a check', () => {
  test('with its days as instants in Beijing, in one statement', async () => {
    const [one, two] = [await gateway.register({ certified: false }), await gateway.register({ certified: false })];
    const { body } = await set(
      row(one.uscc),
      row(one.uscc, { item: 'NA' }),
      row(two.uscc, { scope: 'nation', score: 80.25 }),
      row(two.uscc, { item: 'CL' }),
    );
    await operator.post(`${CERTIFICATES}/${body.certificates[0].id}/withdrawal`, { from: '2026-06-01', reason: '复评不合格' });

    let found: Awaited<ReturnType<typeof findCertificates>> = [];
    const statements = await statementsOf(async () => {
      found = await findCertificates(gateway.db, [one.institution, two.institution], ['K', 'NA']);
    });

    expect(statements).toEqual(['find-certificates']);
    expect(found.map((it) => it.id).sort()).toEqual([0, 1, 2].map((it) => body.certificates[it].id).sort());
    expect(found.find((it) => it.id === body.certificates[0].id)).toEqual({
      id: body.certificates[0].id,
      institution: one.institution,
      item: 'K',
      scheme: '常规化学 2026',
      scope: { kind: 'province', code: '50' },
      mark: '渝HR',
      score: 92.5,
      validFrom: new Date('2026-01-01T00:00:00+08:00'),
      validUntil: new Date('2026-12-31T23:59:59.999+08:00'),
      withdrawnFrom: new Date('2026-06-01T00:00:00+08:00'),
    });
    expect(found.find((it) => it.institution === two.institution)).toMatchObject({
      scope: { kind: 'nation', code: '' },
      score: 80.25,
      withdrawnFrom: null,
    });
    expect(await findCertificates(gateway.db, [], ['K'])).toEqual([]);
  });
});
