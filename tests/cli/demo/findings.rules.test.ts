import { expect, test } from 'vitest';
import { Findings } from '../../../src/cli/demo/findings.ts';
import { DEMO_USAGE, readDemoOptions } from '../../../src/cli/demo.ts';

test('one broken promise breaks the story, and is named with what was seen instead', () => {
  const lines: string[] = [];
  const findings = new Findings((line) => lines.push(line));
  findings.expect('water is wet', true);
  findings.verify('the sky is blue', true);
  expect(lines).toEqual(['   ✓ the sky is blue']);
  findings.expect('pigs fly', false, { seen: 0 });
  findings.expect('cows fly', false, 'grass');
  expect(findings.conclude()).toBe(false);
  expect(lines).toContain('   ✗ pigs fly: {"seen":0}');
  expect(lines).toContain('   ✗ cows fly: grass');
  expect(lines).toContain('   2 of 4 promises do NOT hold:');
});

test('when all hold, that is said', () => {
  const lines: string[] = [];
  const findings = new Findings((line) => lines.push(line));
  findings.expect('water is wet', true);
  expect(findings.conclude()).toBe(true);
  expect(lines.at(-1)).toBe('   All 1 promises checked in this story hold.');
});

test('the arguments of the demo and their defaults', () => {
  expect(readDemoOptions([])).toEqual({ seed: '1', reports: 240, serve: false });
  expect(readDemoOptions(['--seed', 'x', '--reports', '7', '--serve', '--data', 'some/folder'])).toEqual({
    seed: 'x',
    reports: 7,
    serve: true,
    data: 'some/folder',
  });
});

test.for([['--reports', '0'], ['--reports', '-1'], ['--reports', 'many'], ['--reports', '12345678'], ['--colour'], ['word']])(
  'arguments %j are refused with a word about them',
  (argv) => {
    expect(() => readDemoOptions(argv)).toThrow(TypeError);
    expect(DEMO_USAGE).toContain('--reports');
  },
);
