import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CardManner,
  hintCard,
  orderCard,
  type Recognisable,
  type Reminder,
  rankReminders,
} from '../../../src/recognition/cds-hooks/card.rules.ts';
import { cardNumberFrom, decodeCardId, encodeCardId, suggestionIdOf } from '../../../src/recognition/cds-hooks/card-id.rules.ts';
import { cellOf, shorten, tableOf } from '../../../src/recognition/cds-hooks/markdown.rules.ts';

const person = fc.bigInt({ min: 1n << 40n, max: (1n << 62n) - 1n });
const random = fc.bigInt({ min: 0n, max: (1n << 62n) - 1n });

describe('the uuid of a card', () => {
  test('is one of version 8 and leads back to the card, in large letters as well', () => {
    fc.assert(
      fc.property(person, random, (who, bits) => {
        const key = { person: who, number: cardNumberFrom(bits) };
        const uuid = encodeCardId(key);
        expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(decodeCardId(uuid)).toEqual(key);
        expect(decodeCardId(uuid.toUpperCase())).toEqual(key);
        expect(suggestionIdOf(key)).not.toBe(uuid);
      }),
    );
  });

  test.for(['', 'x', '4e0a3a1e-3283-4575-ab82-028d55fe2719', 'urn:uuid:4e0a3a1e-3283-8575-ab82-028d55fe2719'])('is not "%s"', (text) => {
    expect(decodeCardId(text)).toBeUndefined();
  });
});

describe('a cell of a table', () => {
  test.for<[string | undefined, string]>([
    [undefined, '—'],
    ['  ', '—'],
    ['6.10', '6.10'],
    ['a|b', 'a\\|b'],
    ['a\nb\r\u2028c', 'a b c'],
    ['10*9/L', '10\\*9/L'],
    ['<img src=x>', '&lt;img src=x&gt;'],
    ['[x](https://a.example)', '\\[x\\](https\\://a.example)'],
    ['www.a.example', 'www\\.a.example'],
    ['\\|', '\\\\\\|'],
  ])('"%s" is written %s', ([text, written]) => {
    expect(cellOf(text)).toBe(written);
  });

  test('whatever is in it, it is one cell of one line', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 }), (cells) => {
        const lines = tableOf(
          cells.map(() => 'h'),
          [cells],
        ).split('\n');
        expect(lines).toHaveLength(3);
        expect(lines[2]?.replace(/\\./gu, '').split('|')).toHaveLength(cells.length + 2);
      }),
    );
  });
});

test.for<[string, number, string]>([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
  ['a😀b', 3, 'a…'],
])('"%s" in %i is "%s"', ([text, max, short]) => {
  expect(shorten(text, max)).toBe(short);
});

const manner: CardManner = {
  language: 'zh',
  publicUrl: 'https://gateway.example',
  reasonList: 'national-2022',
  reasons: [{ code: '6', textZh: '其他', textEn: 'Other', countsAsDenial: true, noteRequired: true }],
};

const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 });

const recognisable: fc.Arbitrary<Recognisable> = fc.record({
  item: words,
  nameZh: words,
  nameEn: words,
  verdict: fc.constant('recognisable' as const),
  reasons: fc.constant([]),
  others: fc.constant(0),
  candidate: fc.record(
    {
      report: fc.constant('DiagnosticReport/1'),
      reportVersion: fc.integer({ min: 1, max: 9 }),
      result: fc.constant('Observation/1'),
      reportStatus: fc.constant('final'),
      source: fc.record({ uscc: fc.constant('x'), name: words, level: fc.constant(3) }),
      sampledAt: fc.constant('2026-03-01T00:30:00.000Z'),
      validUntil: fc.constant('2026-03-01T06:30:00.000Z'),
      value: words,
      unit: words,
      studies: fc.array(words, { maxLength: 2 }),
    },
    { requiredKeys: ['report', 'reportVersion', 'result', 'reportStatus', 'source'] },
  ),
});

const reminder: fc.Arbitrary<Reminder> = fc.record({
  key: fc.record({ person, number: random.map(cardNumberFrom) }),
  items: fc.array(recognisable, { minLength: 1, maxLength: 4 }),
  orders: fc.array(fc.record({ reference: fc.option(fc.constant('ServiceRequest/1'), { nil: undefined }), items: fc.constant(['x']) })),
  covered: fc.array(fc.record({ reference: fc.option(fc.constant('ServiceRequest/1'), { nil: undefined }), items: fc.constant(['x']) })),
});

/** Every member that says nothing: `null`, `""`, `[]`, `{}` (CDS Hooks 2.0, "HTTP"). */
function emptyIn(value: unknown, path = ''): readonly string[] {
  if (value === null || value === undefined || value === '') return [path];
  if (typeof value !== 'object') return [];
  const members = Object.entries(value);
  return members.length === 0 ? [path] : members.flatMap(([name, member]) => emptyIn(member, `${path}.${name}`));
}

describe('a card, whatever is in it', () => {
  test('has no empty member, a summary of less than 140 characters, and selectionBehavior with its suggestions', () => {
    fc.assert(
      fc.property(reminder, fc.constantFrom('zh' as const, 'en' as const), (it, language) => {
        const card = orderCard(it, 'order-sign', { ...manner, language });
        expect(emptyIn(card)).toEqual([]);
        expect(card.summary.length).toBeLessThan(140);
        expect(card.selectionBehavior).toBe('at-most-one');
        expect(card.suggestions?.filter((suggestion) => suggestion.isRecommended)).toHaveLength(1);
      }),
    );
  });

  test('deletes the orders that it covers, where they can be named, and no other', () => {
    fc.assert(
      fc.property(reminder, (it) => {
        const actions = orderCard(it, 'order-sign', manner).suggestions?.flatMap((suggestion) => suggestion.actions ?? []) ?? [];
        expect(actions.map((action) => action.resourceId)).toEqual(it.covered.flatMap((order) => order.reference ?? []));
      }),
    );
  });

  test('that lists what there is has no empty member and at most twenty rows', () => {
    fc.assert(
      fc.property(fc.array(recognisable, { minLength: 1, maxLength: 30 }), (items) => {
        const card = hintCard(items, manner);
        expect(emptyIn(card)).toEqual([]);
        expect((card?.summary ?? '').length).toBeLessThan(140);
        expect(card?.detail.split('\n').filter((line) => line.startsWith('|')).length).toBeLessThanOrEqual(22);
      }),
    );
  });
});

test('a list without reasons leaves the reasons out', () => {
  const [it] = fc.sample(reminder, 1) as [Reminder];
  expect(orderCard(it, 'order-select', { ...manner, reasons: [] })).not.toHaveProperty('overrideReasons');
});

test('there is no card where there is nothing', () => {
  expect(hintCard([], manner)).toBeUndefined();
});

describe('reminders are ranked', () => {
  const of = (number: bigint, amountFen: number, sampledAt: string): Reminder => {
    const [base] = fc.sample(recognisable, 1) as [Recognisable];
    const item = { ...base, price: { amountFen, priced: true, version: 'x' }, candidate: { ...base.candidate, sampledAt } };
    return { key: { person: 1n << 41n, number }, items: [item], orders: [], covered: [] };
  };

  test('by what they save, then by the newest result, then by number', () => {
    const [a, b, c, d] = [
      of(8n, 100, '2026-03-02T00:00:00.000Z'),
      of(2n, 100, '2026-03-01T00:00:00.000Z'),
      of(4n, 100, '2026-03-01T00:00:00.000Z'),
      of(6n, 900, '2026-01-01T00:00:00.000Z'),
    ];
    expect(rankReminders([c, b, a, d]).map((it) => it.key.number)).toEqual([6n, 8n, 2n, 4n]);
  });
});
