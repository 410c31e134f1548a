import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isEmergency,
  PURPOSES,
  parseActingPractitioner,
  parseEmergencyReason,
  parsePurpose,
  readHeaderText,
} from '../../src/security/caller-headers.rules.ts';

const SYSTEM = 'urn:oid:2.16.156.10011.1.4';

/** A text as Node hands it over when it was sent as UTF-8. */
function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

describe('X-Acting-Practitioner', () => {
  const linMin = { system: SYSTEM, value: 'D-1001', name: '林敏' };
  test.for<[string, string, ReturnType<typeof parseActingPractitioner>]>([
    ['name percent-encoded', `${SYSTEM}|D-1001, ${encodeURIComponent('林敏')}`, linMin],
    ['name as raw UTF-8', asBytes(`${SYSTEM}|D-1001, 林敏`), linMin],
    ['name in ASCII', `${SYSTEM}|D-1001, Lin Min`, { ...linMin, name: 'Lin Min' }],
    ['no space after the comma', `${SYSTEM}|D-1001,Lin Min`, { ...linMin, name: 'Lin Min' }],
    ['much space', `  ${SYSTEM}|D-1001 ,   Lin Min  `, { ...linMin, name: 'Lin Min' }],
    ['a comma in the name', `${SYSTEM}|D-1001, Lin, Min`, { ...linMin, name: 'Lin, Min' }],
    ['a middle dot in the name', `${SYSTEM}|D-1001, ${encodeURIComponent('阿依古丽·买买提')}`, { ...linMin, name: '阿依古丽·买买提' }],
    ['a system that is a URL', 'https://hospital.example/staff|7, A', { system: 'https://hospital.example/staff', value: '7', name: 'A' }],
    ['a Chinese value as raw UTF-8', asBytes(`${SYSTEM}|医0417, A`), { system: SYSTEM, value: '医0417', name: 'A' }],
    ['no name', `${SYSTEM}|D-1001`, undefined],
    ['an empty name', `${SYSTEM}|D-1001, `, undefined],
    ['a name of encoded spaces', `${SYSTEM}|D-1001, %20%20`, undefined],
    ['no value', `${SYSTEM}|, Lin Min`, undefined],
    ['no system', '|D-1001, Lin Min', undefined],
    ['a system that is no URI', 'staff|D-1001, Lin Min', undefined],
    ['no bar', `${SYSTEM}, Lin Min`, undefined],
    ['two bars', `${SYSTEM}|D|1001, Lin Min`, undefined],
    ['two headers joined into one', `${SYSTEM}|D-1001, Lin Min, ${SYSTEM}|D-2, Chen`, undefined],
    ['half an escape', `${SYSTEM}|D-1001, Lin%E6%9E`, undefined],
    ['a stray percent sign', `${SYSTEM}|D-1001, Lin 100%`, undefined],
    ['GBK bytes', `${SYSTEM}|D-1001, ${Buffer.from([0xc1, 0xd6, 0xc3, 0xf4]).toString('latin1')}`, undefined],
    ['an encoded line end', `${SYSTEM}|D-1001, Lin%0AMin`, undefined],
    ['an encoded NUL', `${SYSTEM}|D-1001, Lin%00`, undefined],
    ['a mark that turns the writing', `${SYSTEM}|D-1001, ${encodeURIComponent('Lin\u202Enim')}`, undefined],
    ['a value of 128 characters', `${SYSTEM}|${'7'.repeat(128)}, A`, { system: SYSTEM, value: '7'.repeat(128), name: 'A' }],
    ['a value of 129 characters', `${SYSTEM}|${'7'.repeat(129)}, A`, undefined],
    ['a name of 128 characters', `${SYSTEM}|7, ${'A'.repeat(128)}`, { system: SYSTEM, value: '7', name: 'A'.repeat(128) }],
    ['a name of 129 characters', `${SYSTEM}|7, ${'A'.repeat(129)}`, undefined],
    ['nothing', '', undefined],
  ])('%s', ([, header, expected]) => {
    expect(parseActingPractitioner(header)).toEqual(expected);
  });

  test('whatever name is sent, encoded or as raw UTF-8, arrives or is refused, and is never another one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (name) => {
        const encoded = parseActingPractitioner(`${SYSTEM}|7, ${encodeURIComponent(name)}`);
        if (encoded) expect(encoded.name).toBe(name.trim());
        const raw = parseActingPractitioner(asBytes(`${SYSTEM}|7, ${name}`));
        if (raw && !name.includes('%')) expect(raw.name).toBe(name.trim());
      }),
    );
  });

  test('no header brings the reader down', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (header) => {
        const read = parseActingPractitioner(header);
        if (read) expect(`${read.system}${read.value}${read.name}`).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

describe('bytes of a header', () => {
  test('UTF-8 that Node handed over as latin1 is read as it was meant', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(readHeaderText(asBytes(text))).toBe(text.replace(/^\uFEFF/, ''));
      }),
    );
  });
});

describe('purpose', () => {
  test.for<[string, string, string | undefined]>([
    ['treatment', 'TREAT', 'TREAT'],
    ['break the glass', 'BTG', 'BTG'],
    ['lower case', 'treat', undefined],
    ['marketing is served nowhere', 'HMARKT', undefined],
    ['two at once', 'TREAT, BTG', undefined],
    ['nothing', '', undefined],
  ])('%s', ([, code, expected]) => {
    expect(parsePurpose(code)).toBe(expected);
  });

  test('two of them are emergencies', () => {
    expect(PURPOSES.filter(isEmergency)).toEqual(['ETREAT', 'BTG']);
  });
});

describe('X-Break-Glass-Reason', () => {
  test.for<[string, string, string | undefined]>([
    ['percent-encoded', encodeURIComponent('昏迷，无法取得同意'), '昏迷，无法取得同意'],
    ['raw UTF-8', asBytes('昏迷'), '昏迷'],
    ['ASCII with space around', '  unconscious  ', 'unconscious'],
    ['blank', '   ', undefined],
    ['encoded blank', '%20%E3%80%80', undefined],
    ['marks that say nothing', '--- ... !', undefined],
    ['a line end', 'unconscious%0Ano relatives', undefined],
    ['1000 characters', '急'.repeat(1000), '急'.repeat(1000)],
    ['1001 characters', '急'.repeat(1001), undefined],
    ['GBK bytes', Buffer.from([0xc1, 0xd6]).toString('latin1'), undefined],
  ])('%s', ([, header, expected]) => {
    expect(parseEmergencyReason(header)).toBe(expected);
  });
});
