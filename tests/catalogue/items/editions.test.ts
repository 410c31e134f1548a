import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beijingDay } from '../../../src/beijing-time.ts';
import { findItems } from '../../../src/catalogue/items/find-items.ts';
import { GATEWAY_ROLE } from '../../../src/database/gateway-role.ts';
import { csvOf, row } from '../../support/editions.ts';
import { type Answer, type CallingSystem, useGateway } from '../../support/gateway.ts';
import { statementsOf } from '../../support/statements.ts';

const gateway = useGateway();
let operator: CallingSystem;
let hospital: CallingSystem;

beforeAll(async () => {
  operator = await gateway.register({ scopes: ['operator', 'system/*.cruds'] });
  hospital = await gateway.register();
});

let named = 0;
/** A name, and a day to come, that no other test has. */
function fresh(): { readonly edition: string; readonly effectiveFrom: string } {
  named += 1;
  return { edition: `plan-${named}`, effectiveFrom: `${2100 + named}-01-01` };
}

const CSV = csvOf([row({ window: 'PT6H', panels: 'CBC' }), row({ code: 'CBC', name_zh: '血常规' })]);

function load(edition: string, effectiveFrom: string, csv = CSV, title = '目录', who = operator): Promise<Answer> {
  const query = new URLSearchParams({ title, effectiveFrom });
  return who.put(`/v1/catalogue/editions/${edition}?${query.toString()}`, csv, { 'content-type': 'text/csv' });
}

const loadCodes = (edition: string, resource: object) =>
  operator.put(`/v1/catalogue/editions/${edition}`, resource, { 'content-type': 'application/fhir+json' });
const show = (edition: string, accept = 'application/json') => hospital.get(`/v1/catalogue/editions/${edition}`, { accept });
const codeSystem = async (edition: string) => (await show(edition, 'application/fhir+json')).body;

const pathsOf = ({ body }: Answer) => body.errors.map((it: { path?: string }) => it.path);

describe('loading', () => {
  test('an edition that is planned may be loaded again: each load is a revision, and the newest one counts', async () => {
    const { edition, effectiveFrom } = fresh();

    const first = await load(edition, effectiveFrom);
    const again = await load(edition, effectiveFrom);
    const changed = await load(edition, effectiveFrom, CSV.replace('PT6H', 'PT12H'));
    const renamed = await load(edition, effectiveFrom, CSV.replace('PT6H', 'PT12H'), '新目录');

    const summary = { edition, effectiveFrom, title: '目录', items: 2, loadedAt: expect.any(String) };
    expect([first.status, first.body]).toEqual([201, { ...summary, revision: 1 }]);
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect([changed.status, changed.body.revision]).toEqual([201, 2]);
    expect([renamed.status, renamed.body]).toEqual([201, { ...summary, revision: 3, title: '新目录' }]);

    expect((await show(edition)).body).toEqual(renamed.body);
    const { body } = await hospital.get(`/v1/catalogue/items?edition=${edition}`);
    expect(body.items.map((it: { code: string; windowMinutes: number }) => [it.code, it.windowMinutes])).toEqual([
      ['CBC', null],
      ['WBC', 720],
    ]);
    const listed = (await hospital.get('/v1/catalogue/editions')).body.editions;
    expect(listed.filter((it: { edition: string }) => it.edition === edition)).toEqual([renamed.body]);
  });

  test('loads and repeats are in the access log', async () => {
    const { edition, effectiveFrom } = fresh();
    await load(edition, effectiveFrom);
    await load(edition, effectiveFrom);
    await load(edition, effectiveFrom, CSV.replace('PT6H', 'PT7H'));

    const { rows } = await gateway.db.$client.query<{ action: string; entity: string }>(
      "select action, entities[1] as entity from access_log where interaction = 'loadEdition' and entities[1] like $1 order by recorded_at",
      [`CatalogueEdition/${edition}/%`],
    );
    expect(rows.map((it) => [it.action, it.entity.split('/').at(-1)])).toEqual([
      ['C', '1'],
      ['E', '1'],
      ['U', '2'],
    ]);
  });

  test('the operator alone loads', async () => {
    const { edition, effectiveFrom } = fresh();
    expect(await load(edition, effectiveFrom, CSV, '目录', hospital)).toMatchObject({ status: 403, body: { code: 'scope-insufficient' } });
    expect((await show(edition)).status).toBe(404);
  });

  test('a day that another edition has and one that is gone by are refused, and so is the day of the one in force', async () => {
    const [planned, { edition }] = [fresh(), fresh()];
    await load(planned.edition, planned.effectiveFrom);

    for (const day of [planned.effectiveFrom, '2025-09-01', '2024-06-01', '2025-12-01', beijingDay(new Date(Date.now() - 86_400_000))]) {
      const answer = await load(edition, day);
      expect({ day, status: answer.status, paths: pathsOf(answer) }).toEqual({ day, status: 422, paths: ['effectiveFrom'] });
    }
    expect((await show(edition)).status).toBe(404);
  });

  test('an edition may move to another day, and leaves its former day to others', async () => {
    const [moving, other] = [fresh(), fresh()];
    const later = `${moving.effectiveFrom.slice(0, 4)}-07-01`;
    await load(moving.edition, moving.effectiveFrom);

    expect((await load(moving.edition, later)).body).toMatchObject({ revision: 2, effectiveFrom: later });
    expect((await load(other.edition, moving.effectiveFrom)).status).toBe(201);
    expect((await load(moving.edition, moving.effectiveFrom)).status).toBe(422);

    const at = async (day: string) => (await findItems(gateway.db, [], new Date(`${day}T00:00:00+08:00`))).edition;
    expect([await at(moving.effectiveFrom), await at(later)]).toEqual([other.edition, moving.edition]);
  });

  test('every fault is named with its row and column, and nothing is loaded', async () => {
    const { edition, effectiveFrom } = fresh();
    const faulty = csvOf([row(), row({ code: 'A', window: '0', kind: 'x' }), row({ code: 'B', panels: 'XYZ' }), row()]);

    const answer = await load(edition, effectiveFrom, faulty);

    expect(answer.status).toBe(422);
    expect(pathsOf(answer)).toEqual(['row 3, column kind', 'row 3, column window', 'row 5, column code', 'row 4, column panels']);
    expect((await show(edition)).status).toBe(404);
  });

  test('a file that is no UTF-8 is refused in the words of whoever sent it, unless it says in what it is written', async () => {
    const { edition, effectiveFrom } = fresh();
    const query = new URLSearchParams({ title: 'x', effectiveFrom });
    // 白 in GB18030.
    const name = Buffer.from([0xb0, 0xd7]);
    const [before = '', after = ''] = csvOf([row({ name_zh: '|' })]).split('|');
    const send = async (type: string, language: string) =>
      gateway.app.inject({
        method: 'PUT',
        url: `/v1/catalogue/editions/${edition}?${query.toString()}`,
        headers: { authorization: `Bearer ${operator.token}`, 'content-type': type, 'accept-language': language },
        payload: Buffer.concat([Buffer.from(before), name, Buffer.from(after)]),
      });
    for (const language of ['zh', 'en']) {
      const answer = await send('text/csv', language);
      expect([answer.statusCode, answer.json().title]).toEqual([400, expect.stringContaining('GB18030')]);
    }
    expect((await send('text/csv; charset=utf-8', 'en')).statusCode).toBe(400);
    expect((await send('text/csv; charset=latin1', 'en')).statusCode).toBe(415);
    expect((await send('text/csv; charset="GB18030"', 'en')).statusCode).toBe(201);
    const { body } = await operator.get(`/v1/catalogue/items?edition=${edition}`);
    expect(body.items).toMatchObject([{ nameZh: '白' }]);
  });

  test('another form, another address and another size are refused', async () => {
    const { edition, effectiveFrom } = fresh();
    expect((await load('no/name', effectiveFrom)).status).toBe(404);
    expect((await load('-x', effectiveFrom)).status).toBe(400);
    expect((await operator.put(`/v1/catalogue/editions/${edition}`, 'x', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await operator.put(`/v1/catalogue/editions/${edition}`, '', { 'content-type': 'application/json' })).status).toBe(400);
    expect((await load(edition, effectiveFrom, ' '.repeat(4 * 1024 * 1024 + 1))).status).toBe(413);
    expect((await load(edition, effectiveFrom, '')).status).toBe(422);
  });

  test('5,000 items are loaded in as many statements as two', async () => {
    const [few, many] = [fresh(), fresh()];
    const rows = Array.from({ length: 5_000 }, (_, index) => row({ code: `C${index}` }));

    const ofFew = await statementsOf(() => load(few.edition, few.effectiveFrom));
    const ofMany = await statementsOf(async () => {
      expect((await load(many.edition, many.effectiveFrom, csvOf(rows))).body.items).toBe(5_000);
    });

    expect(ofMany).toEqual(ofFew);
  });

  test('of two that load one edition at once, each gets a revision of its own or the other’s', async () => {
    const { edition, effectiveFrom } = fresh();
    const windows = ['PT1H', 'PT2H', 'PT3H', 'PT4H', 'PT5H', 'PT6H'];

    const answers = await Promise.all(windows.map((it) => load(edition, effectiveFrom, CSV.replace('PT6H', it))));
    expect(answers.map((it) => it.status)).toEqual(windows.map(() => 201));
    expect(answers.map((it) => it.body.revision).toSorted()).toEqual([1, 2, 3, 4, 5, 6]);

    const last = windows[answers.findIndex((it) => it.body.revision === 6)];
    const { body } = await hospital.get(`/v1/catalogue/items?edition=${edition}`);
    expect(body.items[1].windowMinutes).toBe(Number(last?.slice(2, 3)) * 60);
    const same = await Promise.all(windows.map(() => load(edition, effectiveFrom, CSV.replace('PT6H', last as string))));
    expect(same.map((it) => [it.status, it.body.revision])).toEqual(windows.map(() => [200, 6]));
  });

  test('of two editions loaded for one day at once, one is', async () => {
    const [one, other] = [fresh(), fresh()];
    const answers = await Promise.all([load(one.edition, one.effectiveFrom), load(other.edition, one.effectiveFrom)]);
    expect(answers.map((it) => it.status).toSorted()).toEqual([201, 422]);
  });
});

describe('showing', () => {
  test('an export as CSV is loaded back as the same edition, and so is one as CodeSystem', async () => {
    const { edition, effectiveFrom } = fresh();
    await load(edition, effectiveFrom);

    const csv = await show(edition, 'text/csv');
    const codes = await codeSystem(edition);

    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    expect(csv.headers['content-disposition']).toBe(`attachment; filename="${edition}.csv"`);
    expect([(await load(edition, effectiveFrom, csv.text)).status, (await loadCodes(edition, codes)).status]).toEqual([200, 200]);
    expect((await operator.put(`/v1/catalogue/editions/${edition}`, codes)).status).toBe(200);
    expect(codes).toMatchObject({ resourceType: 'CodeSystem', version: edition, title: '目录', content: 'complete', count: 2 });
  });

  test('changed in FHIR or in CSV it is the same', async () => {
    const [one, other] = [fresh(), fresh()];
    await load(one.edition, one.effectiveFrom, CSV.replace('PT6H', 'PT90M'), '渝中区目录');
    const codes = await codeSystem(one.edition);
    const extension = [{ url: codes.extension[0].url, valueDate: other.effectiveFrom }];

    expect((await loadCodes(other.edition, { ...codes, version: other.edition, extension })).status).toBe(201);

    const [{ text: csv }, { text: otherCsv }] = [await show(one.edition, 'text/csv'), await show(other.edition, 'text/csv')];
    expect(otherCsv).toBe(csv);
    expect(csv).toContain('PT1H30M');
  });

  test('the CodeSystem and the value sets keep base R4', async () => {
    const resources = [
      await codeSystem('tongjian-222'),
      (await hospital.get('/v1/catalogue/editions/tongjian-222/value-sets/item-negative')).body,
      (await hospital.get('/v1/catalogue/editions/tongjian-222/value-sets/item-laboratory')).body,
    ];
    for (const resource of resources) {
      const { body } = await hospital.post(`/fhir/${resource.resourceType}/$validate`, resource);
      expect(body.issue.filter((it: { severity: string }) => it.severity === 'error')).toEqual([]);
    }
  });

  test('value sets list the items of a kind; the negative list may be empty', async () => {
    const { edition, effectiveFrom } = fresh();
    await load(edition, effectiveFrom, csvOf([row(), row({ code: 'CT', kind: 'imaging', negative_zh: '不互认', negative_en: 'no' })]));
    const codesIn = async (name: string, set: string) => {
      const { body } = await hospital.get(`/v1/catalogue/editions/${name}/value-sets/${set}`);
      return (body.expansion.contains ?? []).map((it: { code: string }) => it.code);
    };

    expect(await codesIn(edition, 'item-all')).toEqual(['CT', 'WBC']);
    expect(await codesIn(edition, 'item-laboratory')).toEqual(['WBC']);
    expect(await codesIn(edition, 'item-negative')).toEqual(['CT']);
    expect(await codesIn('tongjian-222', 'item-negative')).toEqual([]);
    expect((await hospital.get(`/v1/catalogue/editions/${edition}/value-sets/item-other`)).status).toBe(400);
  });

  test('what an edition changes is said item by item, page by page', async () => {
    const [former, later] = [fresh(), fresh()];
    await load(former.edition, former.effectiveFrom, csvOf([row({ window: 'PT6H' }), row({ code: 'RBC' }), row({ code: 'HGB' })]));
    await load(
      later.edition,
      later.effectiveFrom,
      csvOf([row({ window: 'PT8H', panels: 'CBC' }), row({ code: 'HGB' }), row({ code: 'CBC' })]),
    );
    const compare = (query = '') => hospital.get(`/v1/catalogue/editions/${later.edition}/comparison?with=${former.edition}${query}`);

    const { body } = await compare();

    expect(body).toMatchObject({ edition: later.edition, with: former.edition, added: 1, removed: 1, changed: 1 });
    expect(body.differences.map((it: { code: string; change: string }) => [it.code, it.change])).toEqual([
      ['CBC', 'added'],
      ['RBC', 'removed'],
      ['WBC', 'changed'],
    ]);
    expect(body.differences[0].fields).toContainEqual({ field: 'kind', before: null, after: 'laboratory' });
    expect(body.differences[2].fields).toEqual([
      { field: 'window', before: 'PT6H', after: 'PT8H' },
      { field: 'panels', before: '', after: 'CBC' },
    ]);

    const first = await compare('&limit=2');
    const second = await compare(`&limit=2&cursor=${first.body.next}`);
    expect([...first.body.differences, ...second.body.differences]).toEqual(body.differences);
    expect(second.body).not.toHaveProperty('next');
    expect((await compare('&cursor=x')).status).toBe(400);
    expect(pathsOf(await hospital.get(`/v1/catalogue/editions/${later.edition}/comparison?with=nothing`))).toEqual(['with']);
    expect((await hospital.get(`/v1/catalogue/editions/${later.edition}/comparison`)).status).toBe(400);
  });
});

describe('as a FHIR CodeSystem', () => {
  const planned = async () => {
    const { edition, effectiveFrom } = fresh();
    const codes = await codeSystem('tongjian-112');
    const { id: _id, ...rest } = codes;
    return { edition, codes: { ...rest, version: edition, extension: [{ url: codes.extension[0].url, valueDate: effectiveFrom }] } };
  };

  test('what the operator publishes is an edition in the same transaction, and an update a revision', async () => {
    const { edition, codes } = await planned();

    const created = await operator.post('/fhir/CodeSystem', codes);
    expect(created.status).toBe(201);
    expect((await show(edition)).body).toMatchObject({ revision: 1, items: 112 });

    const changed = { ...codes, id: created.body.id, title: '新目录' };
    expect((await operator.put(`/fhir/CodeSystem/${created.body.id}`, changed)).status).toBe(200);
    expect((await show(edition)).body).toMatchObject({ revision: 2, title: '新目录' });
  });

  test('a faulty one is refused with its place and not stored; one for a closed edition is a conflict', async () => {
    const { edition, codes } = await planned();
    const [first, ...others] = codes.concept;
    const faulty = { ...codes, concept: [{ ...first, property: [...first.property, { code: 'window', valueString: 'P0D' }] }, ...others] };

    const refused = await operator.post('/fhir/CodeSystem', faulty);
    expect(refused.status).toBe(422);
    expect(refused.body.issue[0].expression[0]).toContain('concept[0].property');
    expect((await show(edition)).status).toBe(404);

    const closed = { ...(await codeSystem('tongjian-222')), id: undefined, title: '另一目录' };
    expect((await operator.post('/fhir/CodeSystem', closed)).status).toBe(409);
    expect((await operator.get('/fhir/CodeSystem?title=另一目录')).body.total ?? 0).toBe(0);
  });

  test('from a hospital it is refused', async () => {
    const { edition, codes } = await planned();
    const answer = await hospital.post('/fhir/CodeSystem', codes);
    expect(answer.status).toBe(422);
    expect(answer.body.issue[0].code).toBe('forbidden');
    expect((await show(edition)).status).toBe(404);
  });
});

describe('to the terminology face', () => {
  const ask = async (path: string) => (await hospital.get(`/fhir/${path}`)).body;
  const SYSTEM = 'https://tongjian.example/fhir/CodeSystem/item';
  const SETS = 'https://tongjian.example/fhir/ValueSet';
  const valueOf = (parameters: { parameter: { name: string }[] }, name: string) => parameters.parameter.find((it) => it.name === name);

  test('the edition in force is read by its name, and its codes looked up', async () => {
    expect(await ask('CodeSystem/item-edition')).toMatchObject({ url: SYSTEM, version: 'tongjian-222', count: 222 });
    expect(await ask('ValueSet/item-imaging')).toMatchObject({ url: `${SETS}/item-imaging`, version: 'tongjian-222' });
    expect((await hospital.get('/fhir/ValueSet/item-nothing')).status).toBe(404);

    const looked = await ask(`CodeSystem/$lookup?system=${SYSTEM}&code=WBC`);
    expect(valueOf(looked, 'version')).toMatchObject({ valueString: 'tongjian-222' });
    expect(valueOf(looked, 'display')).toMatchObject({ valueString: '白细胞计数(WBC)' });
    expect(JSON.stringify(looked)).toContain('PT6H');
    expect((await hospital.get(`/fhir/CodeSystem/$lookup?system=${SYSTEM}&code=WBC&version=tongjian-999`)).status).toBe(404);
  });

  test('value sets are expanded and asked, in the edition in force or in the one that is named', async () => {
    const total = async (url: string) => (await ask(`ValueSet/$expand?url=${encodeURIComponent(url)}`)).expansion.total;
    expect([await total(`${SETS}/item-all`), await total(`${SETS}/item-laboratory`), await total(`${SETS}/item-negative`)]).toEqual([
      222, 135, 0,
    ]);
    expect([await total(`${SETS}/item-all|tongjian-112`), await total(`${SETS}/item-imaging|tongjian-112`)]).toEqual([112, 67]);

    const isIn = async (code: string, query = '') =>
      valueOf(await ask(`ValueSet/$validate-code?url=${SETS}/item-imaging&system=${SYSTEM}&code=${code}${query}`), 'result');
    expect(await isIn('US-HEART')).toMatchObject({ valueBoolean: true });
    expect(await isIn('WBC')).toMatchObject({ valueBoolean: false });
    expect(await isIn('US-HEART', '&valueSetVersion=tongjian-112')).toMatchObject({ valueBoolean: false });
    expect(valueOf(await ask(`CodeSystem/$validate-code?url=${SYSTEM}&code=XXX`), 'result')).toMatchObject({ valueBoolean: false });
  });
});

describe('in force', () => {
  let gatewayClient: pg.Client;

  beforeAll(async () => {
    gatewayClient = new pg.Client({ connectionString: gateway.databaseUrl, options: `-c role=${GATEWAY_ROLE}` });
    await gatewayClient.connect();
  });
  afterAll(async () => {
    await gatewayClient.end();
  });

  test('an edition is closed: the same content is answered, another one is a conflict', async () => {
    const csv = (await show('tongjian-222', 'text/csv')).text;
    const { title, effectiveFrom } = (await show('tongjian-222')).body;

    expect((await load('tongjian-222', effectiveFrom, csv, title)).status).toBe(200);
    for (const answer of [
      await load('tongjian-222', effectiveFrom, csv.replace('PT6H', 'PT7H'), title),
      await load('tongjian-222', effectiveFrom, csv, `${title}2`),
      await load('tongjian-222', '2150-01-01', csv, title),
      await load('tongjian-112', '2150-01-01', csv, title),
    ]) {
      expect(answer).toMatchObject({ status: 409, body: { code: 'conflict' } });
    }
  });

  test.for(['catalogue_editions', 'catalogue_items'])('the gateway itself cannot change %s', async (table) => {
    for (const statement of [`update ${table} set revision = 2`, `delete from ${table}`]) {
      await expect(gatewayClient.query(statement)).rejects.toMatchObject({ code: '42501' });
    }
  });
});
