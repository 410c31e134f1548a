import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkpointBody, parseCheckpoint } from '../../../src/access-log/transparency/checkpoint.rules.ts';

const ROOT = 'BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=';

test('three lines: origin, size and root', () => {
  const checkpoint = { origin: 'region.example/audit-log', size: 20_852_163, root: Buffer.alloc(32, 7) };

  expect(checkpointBody(checkpoint)).toBe(`region.example/audit-log\n20852163\n${ROOT}\n`);
  expect(parseCheckpoint(checkpointBody(checkpoint))).toEqual(checkpoint);
});

test.for<[string, string]>([
  ['nothing', ''],
  ['no origin', `\n3\n${ROOT}\n`],
  ['a size with a leading zero', `a\n03\n${ROOT}\n`],
  ['a negative size', `a\n-3\n${ROOT}\n`],
  ['a size beyond exact numbers', `a\n9007199254740992\n${ROOT}\n`],
  ['a root that is too short', `a\n3\n${ROOT.slice(4)}\n`],
  ['a root with loose bits', `a\n3\n${ROOT.replace('c=', 'd=')}\n`],
  ['a root in the alphabet of URLs', `a\n3\n_${ROOT.slice(1)}\n`],
  ['a line more', `a\n3\n${ROOT}\nmore\n`],
  ['no newline at the end', `a\n3\n${ROOT}`],
])('no checkpoint: %s', ([, body]) => {
  expect(parseCheckpoint(body)).toBeUndefined();
});

test('the largest exact size is one', () => {
  expect(parseCheckpoint(`a\n9007199254740991\n${ROOT}\n`)?.size).toBe(Number.MAX_SAFE_INTEGER);
});

test('what is written is read back (property)', () => {
  const origins = fc.string({ minLength: 1 }).filter((it) => !it.includes('\n'));
  fc.assert(
    fc.property(origins, fc.maxSafeNat(), fc.uint8Array({ minLength: 32, maxLength: 32 }), (origin, size, root) => {
      const checkpoint = { origin, size, root: Buffer.from(root) };
      expect(parseCheckpoint(checkpointBody(checkpoint))).toEqual(checkpoint);
    }),
  );
});
