import type { FastifyInstance } from 'fastify';
import { Gauge, type Registry } from 'prom-client';
import { measureRecalls } from '../recalls/measure-recalls.ts';

/** Recalls that wait for an acknowledgement, as gauges; the function it answers reads them anew. Left out where the database does not answer. */
export function recallGauges(app: FastifyInstance, registry: Registry): () => Promise<void> {
  const gauge = (name: string, help: string): Gauge => new Gauge({ name: `tongjian_recalls_${name}`, help, registers: [registry] });
  const open = gauge('open', 'Recalls that the institution which was told has not acknowledged.');
  const oldest = gauge('oldest_open_seconds', 'Since the oldest of them was told.');
  return async () => {
    const figures = await measureRecalls(app.roundsDb).catch(() => undefined);
    for (const it of [open, oldest]) it.remove();
    if (!figures) return;
    open.set(figures.count);
    oldest.set(figures.oldestSeconds);
  };
}
