import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cosignNote, parseNote, signNote, verifyNote, writeNote } from '../../../src/access-log/transparency/signed-note.ts';
import { parseVerifierKey, verifierKeyOf } from '../../../src/access-log/transparency/verifier-key.ts';

/** The key of test 1 of RFC 8032, 7.1. */
const KEY = createPrivateKey({
  key: Buffer.from('302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex'),
  format: 'der',
  type: 'pkcs8',
});
const BODY = 'log.example/审计\n3\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n';

// Made by another implementation of Ed25519 and SHA-256 after the text of the standards.
const LOG_VKEY = 'log.example/审计+32e3e992+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea';
const LOG_LINE = '— log.example/审计 MuPpkqJSk89Mf2WYXzvf6nCFZGWjP3TqScUQjh5Y4ZQhoBnubBqMQnotYy02ykeC4nTy2+RjhY+5RGd2gz7RONvyGAg=';
const WITNESS_VKEY = 'witness.example/w1+eb762cc2+BNdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea';
const WITNESS_LINE =
  '— witness.example/w1 63YswgAAAABlU/EAbJU+7ugf4SQJrQ2UaxzZVXnhmPG9+3IVuOL4Z1wsIpSWIJ31ziBIa912bsF9+qOkhZmbHUJSw0cQ5aoctqAUAQ==';

const freshKey = (): KeyObject => generateKeyPairSync('ed25519').privateKey;
const held = (text: string, vkeys: readonly string[]) => {
  const note = parseNote(text);
  return (
    note &&
    verifyNote(
      note,
      vkeys.map(parseVerifierKey).filter((it) => it !== undefined),
    )
  );
};

test('keys and signatures are written as another implementation writes them', () => {
  expect(verifierKeyOf('log.example/审计', 'ed25519', KEY).vkey).toBe(LOG_VKEY);
  expect(verifierKeyOf('witness.example/w1', 'cosignature/v1', KEY).vkey).toBe(WITNESS_VKEY);
  expect(signNote(BODY, 'log.example/审计', KEY)).toBe(LOG_LINE);
  expect(cosignNote(BODY, 'witness.example/w1', KEY, 1_700_000_000)).toBe(WITNESS_LINE);
});

test('its signatures are verified, and a witness says when', () => {
  const text = writeNote(BODY, [LOG_LINE, WITNESS_LINE]);

  expect(parseNote(text)).toMatchObject({ body: BODY, signatures: [{ line: LOG_LINE }, { line: WITNESS_LINE }] });
  expect(held(text, [LOG_VKEY])).toMatchObject({ isSigned: true, by: [{ line: LOG_LINE }] });
  expect(held(text, [LOG_VKEY, WITNESS_VKEY])).toMatchObject({ by: [{ line: LOG_LINE }, { line: WITNESS_LINE, time: 1_700_000_000 }] });
});

test('a note that no known key signed is worth nothing, nor is one with a wrong signature of a known key', () => {
  const other = verifierKeyOf('log.example/审计', 'ed25519', freshKey()).vkey;
  const altered = writeNote(BODY.replace('\n3\n', '\n4\n'), [LOG_LINE]);
  const mixed = writeNote(BODY, [WITNESS_LINE, signNote('other\n', 'log.example/审计', KEY)]);

  expect(held(writeNote(BODY, [LOG_LINE]), [other])).toEqual({ isSigned: false, reason: 'no-known-key' });
  expect(held(altered, [LOG_VKEY])).toMatchObject({ isSigned: false, reason: 'wrong-signature' });
  expect(held(mixed, [LOG_VKEY, WITNESS_VKEY])).toMatchObject({ isSigned: false, reason: 'wrong-signature', key: { vkey: LOG_VKEY } });
});

test("the log's signature is none of a witness with the same key, nor the other way round", () => {
  const asWitness = verifierKeyOf('log.example/审计', 'cosignature/v1', KEY).vkey;

  expect(held(writeNote(BODY, [LOG_LINE]), [asWitness])).toEqual({ isSigned: false, reason: 'no-known-key' });
});

describe('what is no note', () => {
  test.for<[string, string]>([
    ['nothing', ''],
    ['no signature', BODY],
    ['no signature after the blank line', `${BODY}\n`],
    ['no newline at the end', writeNote(BODY, [LOG_LINE]).slice(0, -1)],
    ['a hyphen for the dash', writeNote(BODY, [LOG_LINE.replace('—', '-')])],
    ['base64 without its padding', writeNote(BODY, [LOG_LINE.slice(0, -1)])],
    ['a signature of nothing', writeNote(BODY, ['— log.example MuPpkg=='])],
    ['a plus in the name', writeNote(BODY, [LOG_LINE.replace('log.example', 'log+example')])],
    ['two blanks', writeNote(BODY, [LOG_LINE.replace(' log', '  log')])],
    ['a tabulator in the text', writeNote(`a\t${BODY}`, [LOG_LINE])],
    ['an end of line of another kind', writeNote(BODY, [LOG_LINE]).replaceAll('\n', '\r\n')],
    [
      'more signatures than anybody needs',
      writeNote(
        BODY,
        Array.from({ length: 65 }, () => LOG_LINE),
      ),
    ],
  ])('%s', ([, text]) => {
    expect(parseNote(text)).toBeUndefined();
  });

  test('an empty line in the text is text', () => {
    expect(parseNote(writeNote(`a\n\n${BODY}`, [LOG_LINE]))).toMatchObject({ body: `a\n\n${BODY}` });
  });
});

test('a key with anything changed is no key (property)', () => {
  fc.assert(
    fc.property(fc.nat(LOG_VKEY.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, sign) => {
      const changed = LOG_VKEY.slice(0, at) + sign + LOG_VKEY.slice(at + 1);
      return changed === LOG_VKEY || parseVerifierKey(changed) === undefined;
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => parseVerifierKey(text) === undefined));
});

test('whatever text is signed, it is read back as it was and holds; with one sign changed it does not (property)', () => {
  const line = fc.string({ unit: 'grapheme', minLength: 1 }).filter((it) => !/\p{Cc}/u.test(it));
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), fc.nat(), (lines, at) => {
      const body = `${lines.join('\n')}\n`;
      const key = freshKey();
      const note = writeNote(body, [signNote(body, 'a', key)]);
      const { vkey } = verifierKeyOf('a', 'ed25519', key);
      const place = at % (body.length - 1);
      const changed = `${note.slice(0, place)}${note[place] === '#' ? '*' : '#'}${note.slice(place + 1)}`;
      expect(parseNote(note)?.body).toBe(body);
      return held(note, [vkey])?.isSigned === true && held(changed, [vkey])?.isSigned !== true;
    }),
    { numRuns: 60 },
  );
});
