import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Condition, IndexEntry } from '../../src/fhir/search-condition.ts';
import { pathNumber, tokenAt } from '../../src/fhir/search-hash.ts';
import { holds } from '../../src/fhir/search-holds.ts';
import { conditionSql } from '../../src/resources/condition-sql.ts';
import { parsedSql } from '../../src/resources/content-sql.ts';
import { ordersOf } from '../../src/resources/sort-sql.ts';
import { type ClonedDatabase, cloneDatabase } from '../support/template-database.ts';

let database: ClonedDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await cloneDatabase();
  client = new pg.Client({ connectionString: database.gatewayUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** Few of everything, so that conditions are met; `0xffff` and `0x8000` are negative numbers in the high bits of a token. */
const PATHS = [pathNumber('code'), pathNumber('status'), 0xffff, 0x8000, 0, 0x7fff];
const path = fc.constantFrom(...PATHS);
const token = fc.tuple(path, fc.constantFrom('a', 's|a', '|a', 'b')).map(([at, text]) => tokenAt(at, text));
const number = fc.constantFrom('-Infinity', '-1.5', '0', '1.50', '1.5000000000000000001', '2', '1e3', 'Infinity');
const unit = fc.constantFrom('0', '7', '281474976710655');
const WORDS = ['li', 'li ming', 'ming', '50%', 'a_b', 'a\\b', '李', ''];
const text = fc.constantFrom(...WORDS);
const MOMENTS = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', '2026-01-02T00:00:00.001Z', '2027-01-01T00:00:00Z'];
const moment = fc.constantFrom(...MOMENTS.map((it) => new Date(it)));

const entry: fc.Arbitrary<IndexEntry> = fc.record({
  tokens: fc.array(token, { maxLength: 4 }),
  ranges: fc.array(
    fc.tuple(path.map(String), number, number, unit, unit, unit).filter(([, low, high]) => Number(low) <= Number(high)),
    { maxLength: 3 },
  ),
  texts: fc.array(
    fc.tuple(path, text).map(([at, it]) => `${at}:${it}`),
    { maxLength: 3 },
  ),
  time: fc.record({ from: moment, until: moment }, { requiredKeys: [] }),
  status: fc.constant(null),
});

const is = fc.constantFrom('<', '<=', '>', '>=');
const end = fc.constantFrom('low', 'high');
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: fc.constant('token'), tokens: fc.array(token, { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('present'), paths: fc.array(path, { minLength: 1, maxLength: 2 }) }),
    fc.record(
      {
        kind: fc.constant('range'),
        key: path.map(String),
        bounds: fc.array(fc.record({ end, is, value: number }), { maxLength: 2 }),
        units: fc.array(unit, { minLength: 1, maxLength: 2 }),
      },
      { requiredKeys: ['kind', 'key', 'bounds'] },
    ),
    fc.record({
      kind: fc.constant('time'),
      of: fc.constant('clinical'),
      bounds: fc.array(fc.record({ end, is, value: moment }), { maxLength: 2 }),
    }),
    fc.record({ kind: fc.constant('text'), path, match: fc.constantFrom('starts', 'contains'), text }),
    fc.record({ kind: fc.constantFrom('all', 'any'), of: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('not'), of: tie('condition') }),
  ) as fc.Arbitrary<Condition>,
}));

const TYPE = 'Observation';

/** The entries, as rows numbered from 0, that fulfil the condition. */
async function askDatabase(entries: readonly IndexEntry[], asked: Condition): Promise<readonly number[]> {
  const values: unknown[] = [];
  const bind = (it: unknown): string => `$${values.push(it)}`;
  const scope = { bind, reach: { institution: 1, shared: false, persons: [] }, type: TYPE, named: [], persons: undefined };
  const rows = entries.map((it, index) => ({
    id: index,
    tokens: it.tokens,
    ranges: it.ranges.length > 0 ? it.ranges : null,
    texts: it.texts.length > 0 ? it.texts : null,
    effective_from: it.time.from,
    effective_until: it.time.until,
  }));
  const place = bind(JSON.stringify(rows));
  const found = await client.query(
    `select id from json_to_recordset(${place}::json) as r(
       id integer, tokens bigint[], ranges numeric[], texts text[], effective_from timestamptz, effective_until timestamptz)
      where ${conditionSql(asked, 'r', scope)} order by id`,
    values,
  );
  return found.rows.map((it) => it.id);
}

test('what SQL finds is what holds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 12 }), condition, async (entries, asked) => {
      const expected = entries.flatMap((it, index) => (holds(it, asked) ? [index] : []));

      expect(await askDatabase(entries, asked)).toEqual(expected);
    }),
    { numRuns: 400 },
  );
});

test.for<[string, string, unknown]>([
  ['an exponent beyond all measure', '{"a": 1e400000, "b": "1e400000"}', { a: 1, b: '1e400000' }],
  ['a negative one', '{"a": -1.5E-400000, "b": "x"}', { a: -1.5, b: 'x' }],
  [
    'more digits than jsonb takes',
    `{"a": 1${'0'.repeat(140_000)}, "b": "${'7'.repeat(400)}"}`,
    { a: Number(`1${'0'.repeat(249)}`), b: '7'.repeat(400) },
  ],
  [
    'quotes and backslashes in strings',
    String.raw`{"a": "say \"1e99999\" \\", "b": 1e99999}`,
    { a: String.raw`say "1e99999" ` + '\\', b: 1 },
  ],
  ['nothing unusual', '{"a": 6.10e2, "b": [true, null]}', { a: 610, b: [true, null] }],
])('a text becomes jsonb whatever numbers it holds: %s', async ([, text, expected]) => {
  const { rows } = await client.query(`select ${parsedSql('t')} as value from (values ($1::text)) as x(t)`, [text]);

  expect(rows[0].value).toEqual(expected);
});

test.for(['display', 'content'])('so that one of them spoils no search: %s', async (way) => {
  const text = '{"code": {"text": "Alpha"}, "extension": [{"valueDecimal": 1e400000}]}';
  const values: unknown[] = [];
  const bind = (it: unknown): string => `$${values.push(it)}`;
  const scope = { bind, reach: { institution: 1, shared: false, persons: [] }, type: TYPE, named: [], persons: undefined };
  const asked =
    way === 'display'
      ? conditionSql({ kind: 'display', path: ['code'], text: 'alpha' }, 'r', scope)
      : `${ordersOf([{ descending: false, by: { kind: 'content', path: ['code', 'text'] } }], 'r', new Date(), bind)[0]?.sql} = 'Alpha'`;
  await client.query('begin');
  await client.query(
    "insert into resource_versions (person, id, version, type, institution, recorded_at, content) values (1, 1, 1, 'Observation', 1, now(), $1)",
    [text],
  );
  const { rows } = await client.query(`select 1 from (values (1::bigint, 1::bigint, 1)) as r(person, id, version) where ${asked}`, values);
  await client.query('rollback');

  expect(rows).toHaveLength(1);
});
