import fp from 'fastify-plugin';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { Failure } from '../failure.js';
import { admissionGauges } from './admission-gauges.js';
import { logGauges } from './log-gauges.js';
import { recallGauges } from './recall-gauges.js';
import { replicaGauges } from './replica-gauges.js';
/**
 * Counts every answer by door and status, and shows it with the state of process and pool at `/metrics` (Prometheus text): of this process, or
 * added up over all those that serve together.
 */
export const metricsPlugin = fp(async (app, { together }) => {
    const registry = new Registry();
    // What the database says is the same whichever process asks it, and is asked once.
    const ofDatabase = new Registry();
    together?.offer(registry);
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
        help: 'Connections of each pool: all, idle, and requests waiting for one.',
        labelNames: ['pool', 'state'],
        registers: [registry],
        collect() {
            for (const [pool, { $client }] of [
                ['everyday', app.db],
                ['reports', app.reportDb],
            ]) {
                this.set({ pool, state: 'all' }, $client.totalCount);
                this.set({ pool, state: 'idle' }, $client.idleCount);
                this.set({ pool, state: 'waiting' }, $client.waitingCount);
            }
        },
    });
    admissionGauges(app, registry);
    new Gauge({ name: 'tongjian_processes', help: 'Processes that serve, and that these figures are of.', registers: [registry] }).set(1);
    const measures = [logGauges(app, ofDatabase), recallGauges(app, ofDatabase), replicaGauges(app, registry, ofDatabase)];
    const measured = async () => {
        const text = await (together ? together.gather() : registry.metrics());
        if (text !== undefined)
            return text;
        throw new Failure('busy', { en: 'one of the processes does not answer', zh: '有服务进程未响应' }, { retryAfterSeconds: 5 });
    };
    app.addHook('onResponse', async (request, reply) => {
        answers.observe({ operation: request.routeOptions.schema?.operationId ?? 'unknown', status: reply.statusCode }, reply.elapsedTime / 1000);
    });
    app.get('/metrics', {
        config: { work: 'none' },
        schema: {
            operationId: 'showMetrics',
            summary: 'Measurements for Prometheus',
            description: 'How long answers took, by door and status; the connections of each pool; what waits and what could not be served, by class of work; where look-ups were answered, and how far each replica is behind, if there are replicas; how far the transparency log and its followers have come; the recalls that nobody has acknowledged; the state of the process; added up over the processes that serve together.',
            tags: ['Operation'],
            security: [],
            produces: ['text/plain'],
            response: { 200: { type: 'string', description: 'Prometheus text.' } },
        },
    }, async (_request, reply) => {
        await Promise.all(measures.map((measure) => measure()));
        return reply.type(registry.contentType).send(`${await measured()}\n${await ofDatabase.metrics()}`);
    });
}, { name: 'metrics', fastify: '5.x', dependencies: ['database', 'admission', 'replicas'] });
