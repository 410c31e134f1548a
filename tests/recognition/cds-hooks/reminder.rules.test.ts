import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ItemisedOrder, Recognisable } from '../../../src/recognition/cds-hooks/card.rules.ts';
import { leaveUncoveredOut, type Offer, planReminders } from '../../../src/recognition/cds-hooks/reminder.rules.ts';

const PERSON = 1n << 41n;

const open = (item: string): Recognisable => ({
  item,
  verdict: 'recognisable',
  reasons: [],
  others: 0,
  candidate: {
    report: 'DiagnosticReport/1',
    reportVersion: 1,
    result: 'Observation/1',
    reportStatus: 'final',
    source: { uscc: 'x', name: '渝北区人民医院', level: 3 },
  },
});

/** The offer of orders, each written as its items, a letter each: `o1` is the first. */
const offerOf = (orders: readonly string[], opened: string, recognised = ''): Offer => ({
  open: [...opened].map(open),
  recognised: new Set(recognised),
  orders: orders.map((items, index) => ({ reference: `o${index + 1}`, items: [...items] })),
});

const namesOf = (orders: readonly ItemisedOrder[]) => orders.map((it) => it.reference);

function plan(offer: Offer) {
  let number = 0n;
  const planned = planReminders(leaveUncoveredOut(offer), PERSON, () => (number += 1n));
  return planned.map(({ items, covered }) => [items.map((it) => it.item).join(''), ...namesOf(covered)]);
}

describe('the reminders of', () => {
  test.for<[string, Offer, readonly (readonly (string | undefined)[])[]]>([
    ['an order that is open whole', offerOf(['ab'], 'ab'), [['ab', 'o1']]],
    ['an order with an item that is neither open nor recognised', offerOf(['ab'], 'a'), []],
    ['an order whose other items were recognised', offerOf(['ab'], 'a', 'b'), [['a', 'o1']]],
    ['an order of which nothing is open any more', offerOf(['ab'], '', 'ab'), []],
    ['two orders of the same', offerOf(['ab', 'ba'], 'ab'), [['ab', 'o1', 'o2']]],
    ['two that share an item, one of them with more to examine', offerOf(['a', 'ab'], 'a'), [['a', 'o1']]],
    ['an order, and before it a greater one with more to examine', offerOf(['ab', 'a'], 'a'), [['a', 'o2']]],
    ['an order, and behind it a greater one', offerOf(['a', 'ab'], 'ab'), [['ab', 'o1', 'o2']]],
    ['an order, and behind it a greater one, once the first is recognised', offerOf(['a', 'ab'], 'b', 'a'), [['b', 'o2']]],
    ['an order, and behind it a lesser one', offerOf(['ab', 'b'], 'ab'), [['ab', 'o1', 'o2']]],
    ['two that overlap', offerOf(['ab', 'bc'], 'abc'), [['ab', 'o1'], ['c']]],
  ])('%s', ([, offer, planned]) => {
    expect(plan(offer)).toEqual(planned);
  });

  test('any orders: each open item of a covered order once, and no order is cancelled with an item left to examine', () => {
    const letters = fc.uniqueArray(fc.constantFrom(...'abcdef'), { minLength: 1 }).map((it) => it.join(''));
    const known = fc.array(fc.constantFrom('open', 'recognised', 'neither'), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 5 }), known, (orders, states) => {
        const all = (state: string) => [...'abcdef'].filter((_, index) => states[index] === state).join('');
        const [opened, recognised] = [all('open'), all('recognised')];

        const planned = plan(offerOf(orders, opened, recognised));

        const shown = planned.flatMap(([items]) => [...(items ?? '')]);
        const covered = orders.filter((it) => [...it].every((item) => opened.includes(item) || recognised.includes(item)));
        expect(shown.toSorted()).toEqual([...opened].filter((item) => covered.some((it) => it.includes(item))));
        for (const [items = '', ...names] of planned) {
          const isDone = (order: string) => [...order].every((it) => items.includes(it) || recognised.includes(it));
          for (const name of names) expect(isDone(orders[Number(name?.slice(1)) - 1] ?? '?')).toBe(true);
        }
      }),
    );
  });
});
