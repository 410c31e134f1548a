import type { FastifyInstance } from 'fastify';
import { Gauge, type Registry } from 'prom-client';
import { measureLog } from '../access-log/transparency/measure-log.ts';

/**
 * How far the transparency log has come, as gauges; the function it answers reads them anew. Where the database does not answer they are left
 * out: a figure of before would look as if all were well.
 */
export function logGauges(app: FastifyInstance, registry: Registry): () => Promise<void> {
  const gauge = (name: string, help: string): Gauge => new Gauge({ name: `tongjian_audit_log_${name}`, help, registers: [registry] });
  const size = gauge('size', 'Entries of the access log that have a place in the tree.');
  const waiting = gauge('waiting', 'Entries that wait for their place.');
  const waitingSeconds = gauge('waiting_seconds', 'Age of the oldest entry that waits for its place.');
  const checkpointSeconds = gauge('checkpoint_age_seconds', 'Age of the newest checkpoint.');
  const ofFollowers = (name: string, help: string) =>
    new Gauge({ name: `tongjian_audit_log_follower_${name}`, help, labelNames: ['follower'], registers: [registry] });
  const lag = ofFollowers('lag', 'Entries that each follower of the log has not dealt with.');
  const failures = ofFollowers(
    'failures',
    'Entries that each follower of the log has left behind: see follower_failures and the log lines.',
  );
  return async () => {
    const figures = await measureLog(app.roundsDb).catch(() => undefined);
    for (const it of [size, waiting, waitingSeconds, checkpointSeconds]) it.remove();
    lag.reset();
    failures.reset();
    if (!figures) return;
    size.set(figures.size);
    waiting.set(figures.waiting);
    waitingSeconds.set(figures.waitingSeconds);
    if (figures.checkpointSeconds !== undefined) checkpointSeconds.set(figures.checkpointSeconds);
    for (const [follower, entries] of figures.lags) lag.set({ follower }, entries);
    for (const [follower, entries] of figures.failures) failures.set({ follower }, entries);
  };
}
