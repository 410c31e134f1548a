import fc from 'fast-check';
import { expect, test } from 'vitest';
import { transact } from '../../src/database/client.ts';
import { INSURANCES } from '../../src/recognition/insurance.ts';
import { CAUSES, type SavingClaim } from '../../src/recognition/savings-book.ts';
import { freshNumber, freshPerson } from '../../src/resources/resource-id.ts';
import { savingsBook } from '../../src/savings/post-saving.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { claim } from '../support/savings.ts';
import { DIMENSIONS, expectAgreement, expectSameFigures } from './agreement.ts';

const gateway = useGateway();

const MOMENTS = [
  // Both sides of the borders of months in Beijing, and a leap day of which it is the last moment.
  '2026-01-31T15:59:59.999Z',
  '2026-01-31T16:00:00.000Z',
  '2026-02-28T15:59:59.999Z',
  '2026-02-28T16:00:00.000Z',
  '2024-02-29T15:59:59.999Z',
  '2024-02-29T16:00:00.000Z',
];

/** What has been posted over years, as no door could be asked to: the moments are the point here, what leads to an entry is that of the sequences. */
function aHistory(receivers: readonly CallingSystem[], sources: readonly CallingSystem[]) {
  const persons = [freshPerson(), freshPerson(), freshPerson()];
  const aSaving = fc.record({
    receiver: fc.constantFrom(...receivers),
    source: fc.constantFrom(...sources),
    person: fc.constantFrom(...persons),
    encounter: fc.constantFrom('OP-1', 'OP-2', null),
    examination: fc.constantFrom<[string, string[]][]>(['WBC', []], ['HGB', []], ['CT-CHEST-PLAIN', []], ['BLOOD-COUNT', ['WBC', 'HGB']]),
    district: fc.constantFrom('500112', '500103', '510100'),
    insurance: fc.constantFrom(...INSURANCES, null),
    level: fc.constantFrom(1, 2, 3, null),
    department: fc.constantFrom('呼吸内科', '心内科', null),
    amountFen: fc.option(fc.oneof(fc.nat({ max: 1_000_000_000 }), fc.constantFrom(0, 1, 3, 1_000_000_000)), { nil: null }),
    at: fc.constantFrom(...MOMENTS),
  });
  const aReversal = fc.record({ of: fc.nat({ max: 30 }), cause: fc.constantFrom(...CAUSES), at: fc.constantFrom(...MOMENTS) });
  return fc.array(fc.oneof({ weight: 3, arbitrary: aSaving }, { weight: 2, arbitrary: aReversal }), { minLength: 4, maxLength: 16 });
}

test('whatever is posted and taken back, and whenever: by every filter each figure is the sum of its entries', async () => {
  const [first, second, third] = [await gateway.register(), await gateway.register(), await gateway.register()];
  const reader = await gateway.register({ scopes: ['savings.read'] });
  const posted: SavingClaim[] = [];

  await fc.assert(
    fc.asyncProperty(aHistory([first, second], [second, third]), async (history) => {
      for (const step of history) {
        const now = new Date(step.at);
        if ('of' in step) {
          const of = posted.at(-1 - (step.of % Math.max(1, posted.length)));
          const report = step.cause === 'revocation' ? null : 'DiagnosticReport/1/_history/2';
          if (of) {
            const decision = { person: of.person, id: of.decision };
            await transact(gateway.db, (tx) => savingsBook.reverse(tx, decision, { kind: step.cause, report }, now));
          }
          continue;
        }
        const { receiver, source, amountFen, at: _at, examination, ...more } = step;
        const [item, members] = examination as unknown as [string, string[]];
        const price = { amountFen: amountFen ?? 0, priced: amountFen !== null, version: amountFen === null ? null : 'district:50 v1' };
        const made = claim(receiver, source, { ...more, item, members, price, decision: freshNumber() });
        await transact(gateway.db, (tx) => savingsBook.post(tx, [made], now));
        posted.push(made);
      }
    }),
    { numRuns: 15 },
  );

  for (const filter of FILTERS(first)) {
    const entries = await expectAgreement(reader, filter, [...DIMENSIONS, 'month,district,source,level', DIMENSIONS.join(','), '']);
    if (filter === '') {
      expect(entries.length).toBeGreaterThan(30);
      await expectSameFigures(reader, entries);
    }
  }
}, 180_000);

const FILTERS = (receiver: CallingSystem): readonly string[] => [
  '',
  'from=2026-02-01&to=2026-03-01',
  'to=2026-02-01',
  'month=2024-02',
  'month=2024-03',
  `institution=${receiver.uscc}&district=50`,
  'payer=employee',
  'payer=unknown&level=unknown',
  'level=2',
  'department=',
  `department=${encodeURIComponent('心内科')}&item=BLOOD-COUNT`,
  'cause=repeat',
];
