import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvHeader, csvLine } from '../../src/faces/csv-cells.rules.ts';
import { readCsv } from '../../src/faces/read-csv.ts';
import type { Failure } from '../../src/failure.ts';

const FORM = { needed: ['code', 'name'], optional: ['note'], passedOver: ['id'], rowsMax: 3 } as const;

const read = (text: string) => readCsv<'code' | 'name' | 'note'>(text, FORM);

function refusalOf(text: string): { code: string; paths: readonly (string | undefined)[] } {
  try {
    read(text);
  } catch (error) {
    const { code, issues } = error as Failure;
    return { code, paths: issues.map((it) => it.path) };
  }
  throw new Error('nothing was refused');
}

describe('rows', () => {
  const cells = [{ code: 'K', name: '钾', note: '' }];

  test.for<[string, string]>([
    ['as they are', 'code,name\nK,钾\n'],
    ['with a byte order mark', '\uFEFFcode,name\r\nK,钾\r\n'],
    ['with columns in another order and one that is passed over', 'id,name,code\n7,钾,K'],
    ['with space around names and cells', ' code , name \n K , 钾 \n'],
    ['with an optional column', 'code,name,note\nK,钾,\n'],
    ['with empty ones between', '\ncode,name\n\n , \nK,钾\n,\n\n'.slice(1)],
    ['with quotes', '"code","name"\n"K","钾"\n'],
  ])('are read %s', ([, text]) => {
    expect(read(text).map((it) => it.cells)).toEqual(cells);
  });

  test('are counted as a spreadsheet counts them', () => {
    const [first, second] = read('code,name\n"two\nlines",a\n\nK,b\n');
    expect([first?.placeOf('code'), second?.placeOf('note')]).toEqual(['row 2, column code', 'row 4, column note']);
  });

  test('that were written are read back, formulas too', () => {
    const texts = fc
      .oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('=1', "'=1", "''+1", '"', 'a,b', 'a\nb', '＝'))
      .map((it) => it.trim());
    const rows = fc.array(fc.record({ code: texts.filter((it) => it !== ''), name: texts, note: texts }), { maxLength: 3 });
    fc.assert(
      fc.property(rows, (given) => {
        const text = csvHeader(['code', 'name', 'note']) + given.map((it) => csvLine([it.code, it.name, it.note])).join('');
        expect(read(text).map((it) => it.cells)).toEqual(given);
      }),
    );
  });
});

test.for<[string, string, string, readonly string[]]>([
  ['nothing', '', 'rule-violated', ['row 1, column code', 'row 1, column name']],
  ['a missing column', 'code\nK\n', 'rule-violated', ['row 1, column name']],
  ['an unknown column', 'code,name,colour\n', 'rule-violated', ['row 1, column colour']],
  ['a column without a name', 'code,,name\n', 'rule-violated', ['row 1, column 2']],
  ['a column of another case', 'Code,name\n', 'rule-violated', ['row 1, column code', 'row 1, column Code']],
  ['a column twice', 'code,name,name\n', 'rule-violated', ['row 1, column name']],
  ['a passed over column twice', 'code,name,id,id\n', 'rule-violated', ['row 1, column id']],
  ['a short row and a long one', 'code,name\nK\n\nK,钾,x\n', 'rule-violated', ['row 2', 'row 4']],
  ['faults of header and rows together', 'code,colour\nK\n', 'rule-violated', ['row 1, column name', 'row 1, column colour', 'row 2']],
  ['more rows than may be', `code,name\n${'K,钾\n\n'.repeat(4)}`, 'too-large', []],
  ['a quote that does not close', 'code,name\nK,钾\n\n"K,钾\n', 'malformed', ['row 4']],
  ['a quote inside of a cell', 'code,name\nK"x",钾\n', 'malformed', ['row 2']],
])('refused: %s', ([, text, code, paths]) => {
  expect(refusalOf(text)).toEqual({ code, paths: paths.length === 0 ? [undefined] : paths });
});

test('of many faults the first thousand are named, and how many more there are', () => {
  const text = `code,name\n${'K\n'.repeat(1_003)}`;
  const failure = (() => {
    try {
      return readCsv(text, { ...FORM, rowsMax: 2_000 });
    } catch (error) {
      return error as Failure;
    }
  })() as Failure;
  expect([failure.issues.length, failure.issues.at(-1)?.en]).toEqual([1_001, 'and 3 faults more']);
});

test('as many rows as may be are read', () => {
  expect(read(`code,name\n${'K,钾\n\n'.repeat(3)}`)).toHaveLength(3);
});
