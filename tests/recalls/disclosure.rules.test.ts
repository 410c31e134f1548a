import { expect, test } from 'vitest';
import type { ResultChange } from '../../src/recalls/difference.rules.ts';
import { disclose, withoutValues } from '../../src/recalls/disclosure.rules.ts';

const value = { element: 'value', zh: '结果', en: 'value', old: '6.10', new: '16.10' };
const note = { element: 'note', zh: '备注', en: 'note', new: '复核' };
const change = (reference: string, more: Partial<ResultChange> = {}): ResultChange => ({
  reference,
  from: 1,
  to: 2,
  change: 'changed',
  name: { text: reference },
  elements: [value, note],
  ...more,
});
const sight = (permitted: readonly string[], seen: readonly string[]) => ({ permitted: new Set(permitted), seen: new Set(seen) });

test('what the consent covers is shown as a whole, what was seen with its old value, what was not seen is not named', () => {
  const difference = [change('a'), change('b'), change('c')];

  const { shown, withheld } = disclose(difference, sight(['a'], ['a', 'b']));

  expect(shown).toEqual([change('a'), change('b', { elements: [{ element: 'value', zh: '结果', en: 'value', old: '6.10' }] })]);
  expect(withheld).toBe(2);
});

test('of what was withdrawn nothing new is left to show; what was added after it was seen is not shown', () => {
  const withdrawn = change('a', { change: 'withdrawn', elements: [{ element: 'value', zh: '结果', en: 'value', old: '6.10' }] });
  const added = change('b', { change: 'added', elements: [note] });

  expect(disclose([withdrawn, added], sight([], ['a', 'b']))).toEqual({ shown: [withdrawn], withheld: 1 });
});

test('who treats nobody is shown no value', () => {
  expect(JSON.stringify(withoutValues([change('a')]))).not.toMatch(/6\.10|复核/);
});
