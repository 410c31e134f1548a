import { expect, test } from 'vitest';
import { readPrefer } from '../../src/faces/prefer.ts';

test.for<[string | undefined, ReturnType<typeof readPrefer>]>([
  [undefined, {}],
  ['', {}],
  ['return=minimal', { return: 'minimal' }],
  ['return=representation', { return: 'representation' }],
  ['return=OperationOutcome', { return: 'OperationOutcome' }],
  ['return="minimal"', { return: 'minimal' }],
  ['Return = minimal', { return: 'minimal' }],
  ['handling=strict', { handling: 'strict' }],
  ['handling=lenient, return=minimal', { handling: 'lenient', return: 'minimal' }],
  ['respond-async, handling=strict;why="a=b"', { handling: 'strict' }],
  ['return=minimal, return=representation', { return: 'minimal' }],
  ['return=everything, return=minimal', { return: 'minimal' }],
  ['return=Minimal', {}],
  ['return', {}],
  ['wait=10, colour=red', {}],
])('Prefer: %s', ([header, expected]) => {
  expect(readPrefer(header)).toEqual(expected);
});
