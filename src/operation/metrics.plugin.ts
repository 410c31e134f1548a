import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { logGauges } from './log-gauges.ts';
import { recallGauges } from './recall-gauges.ts';

/** Counts every answer by door and status, and shows it with the state of process and pool at `/metrics` (Prometheus text). */
export const metricsPlugin = fp(
  async (app: FastifyInstance) => {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    const answers = new Histogram({
      name: 'tongjian_request_duration_seconds',
      help: 'Time from the first byte of a request to the last of its answer, by door and status.',
      labelNames: ['operation', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers: [registry],
    });
    new Gauge({
      name: 'tongjian_database_connections',
      help: 'Connections of the pool: all, idle, and requests waiting for one.',
      labelNames: ['state'],
      registers: [registry],
      collect() {
        this.set({ state: 'all' }, app.db.$client.totalCount);
        this.set({ state: 'idle' }, app.db.$client.idleCount);
        this.set({ state: 'waiting' }, app.db.$client.waitingCount);
      },
    });
    const measures = [logGauges(app, registry), recallGauges(app, registry)];

    app.addHook('onResponse', async (request, reply) => {
      answers.observe(
        { operation: request.routeOptions.schema?.operationId ?? 'unknown', status: reply.statusCode },
        reply.elapsedTime / 1000,
      );
    });
    app.get(
      '/metrics',
      {
        schema: {
          operationId: 'showMetrics',
          summary: 'Measurements for Prometheus',
          description:
            'How long answers took, by door and status; the connections of the pool; how far the transparency log and its followers have come; the recalls that nobody has acknowledged; the state of the process.',
          tags: ['Operation'],
          security: [],
          produces: ['text/plain'],
          response: { 200: { type: 'string', description: 'Prometheus text.' } },
        },
      },
      async (_request, reply) => {
        await Promise.all(measures.map((measure) => measure()));
        return reply.type(registry.contentType).send(await registry.metrics());
      },
    );
  },
  { name: 'metrics', fastify: '5.x', dependencies: ['database'] },
);
