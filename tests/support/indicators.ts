import type { FastifyInstance } from 'fastify';
import { freshPerson } from '../../src/resources/resource-id.ts';
import type { CallingSystem } from './gateway.ts';
import { recognitionEvents } from './recognition-events.ts';

let counted = 0;
/** Everything that has happened is counted, however recently the day was counted before: each time is an hour after the last one. */
export async function countIndicators(app: FastifyInstance): Promise<void> {
  counted += 1;
  const now = new Date(Date.now() + counted * 3_600_000);
  await app.rounds.runAll(() => now);
}

/**
 * So many visits at a receiver on a day, in each of which an item of the source is recognisable; the first ones recognise it. The last `opened`
 * are asked about when the patient is opened, the others at the order.
 */
export async function remind(
  app: FastifyInstance,
  about: {
    receiver: CallingSystem;
    source: CallingSystem;
    item?: string;
    day?: string;
    visits: number;
    recognised: number;
    opened?: number;
  },
): Promise<void> {
  const events = recognitionEvents(() => app);
  const { receiver, source, item = 'CT', day = '2024-03-05', visits, recognised, opened = 0 } = about;
  for (let visit = 0; visit < visits; visit += 1) {
    const at = new Date(`${day}T10:00:00+08:00`);
    const items = [{ item, verdict: 'recognisable' as const, source: source.institution }];
    const trigger = visit < visits - opened ? ('order-entry' as const) : ('patient-opened' as const);
    const check = await events.check({ institution: receiver.institution, person: freshPerson(), at, trigger, items });
    if (visit < recognised) await events.answer(check, { item, at: new Date(at.getTime() + 60_000) });
  }
}
