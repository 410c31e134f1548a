import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WorkClass } from '../../src/faces/work-class.ts';
import { Failure } from '../../src/failure.ts';
import { Admission } from '../../src/operation/admission.ts';

const LIMITS = { atOnce: 8, waiting: 4, waitMs: 60_000, publicationsAtOnce: 6, reportsAtOnce: 2 };

/** Asks for so many places, and lets those come in who may. */
async function ask(admission: Admission, work: WorkClass, count: number): Promise<{ refused(): number }> {
  let refused = 0;
  for (let asked = 0; asked < count; asked += 1) {
    admission.enter(work).catch((error: unknown) => {
      expect(error).toBeInstanceOf(Failure);
      expect(error).toMatchObject({ code: 'overloaded', retryAfterSeconds: 1 });
      refused += 1;
    });
  }
  await settled();
  return { refused: () => refused };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test.for<[WorkClass, number, number, number]>([
  ['order-entry', 8, 8, 0],
  ['order-entry', 9, 8, 1],
  ['publication', 6, 6, 0],
  ['publication', 7, 6, 1],
  ['report', 2, 2, 0],
  ['report', 3, 2, 1],
])('of %s, asked for %i times, %i are inside and %i wait', async ([work, asked, inside, waiting]) => {
  const admission = new Admission(LIMITS);

  await ask(admission, work, asked);

  expect(admission.count(work)).toEqual({ inside, waiting });
});

test('who does not find room in the line is refused at once, and before it is looked at', async () => {
  const admission = new Admission(LIMITS);
  const asked = await ask(admission, 'order-entry', 13);

  expect(asked.refused()).toBe(1);
  expect(() => admission.refuseWhenFull('order-entry')).toThrow(Failure);
  expect(() => admission.refuseWhenFull('publication')).not.toThrow();
});

test('who waits too long is refused, and takes no place afterwards', async () => {
  const admission = new Admission({ ...LIMITS, waitMs: 10 });
  const asked = await ask(admission, 'report', 4);

  await expect.poll(() => asked.refused()).toBe(2);
  expect(admission.count('report')).toEqual({ inside: 2, waiting: 0 });
  admission.leave('report');
  expect(admission.count('report')).toEqual({ inside: 1, waiting: 0 });
});

test('publications and reports together leave room for order entry, and a place goes to whom it is due', async () => {
  const admission = new Admission({ ...LIMITS, reportsAtOnce: 1 });
  await ask(admission, 'publication', 10);
  await ask(admission, 'report', 2);
  await ask(admission, 'order-entry', 3);
  expect(['order-entry', 'publication', 'report'].map((it) => admission.count(it as WorkClass).inside)).toEqual([1, 6, 1]);

  // Order entry has one of eight places, publication would have five of six.
  admission.leave('publication');

  expect(admission.count('order-entry')).toEqual({ inside: 2, waiting: 1 });
  expect(admission.count('publication')).toEqual({ inside: 5, waiting: 4 });
});

test('whatever comes and goes, no more are inside than may be, and nobody waits where there is room', async () => {
  const step = fc.record({ work: fc.constantFrom<WorkClass>('order-entry', 'publication', 'report'), comes: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
      const admission = new Admission(LIMITS);
      for (const { work, comes } of steps) {
        if (comes) await ask(admission, work, 1);
        else if (admission.count(work).inside > 0) admission.leave(work);
        const [order, publication, report] = (['order-entry', 'publication', 'report'] as const).map((it) => admission.count(it));
        const inside = (order?.inside ?? 0) + (publication?.inside ?? 0) + (report?.inside ?? 0);
        expect(inside).toBeLessThanOrEqual(8);
        expect(publication?.inside).toBeLessThanOrEqual(6);
        expect(report?.inside).toBeLessThanOrEqual(2);
        if (inside < 8) expect(order?.waiting).toBe(0);
        if (inside < 8 && (publication?.inside ?? 0) < 6) expect(publication?.waiting).toBe(0);
        if (inside < 8 && (report?.inside ?? 0) < 2) expect(report?.waiting).toBe(0);
      }
    }),
    { numRuns: 50 },
  );
});
