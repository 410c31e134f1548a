import { Counter, Gauge } from 'prom-client';
/**
 * What replicas do for look-ups, where there are any: counted for this process, and how far each replica is behind, the same for all; the
 * function it answers reads the latter anew. What cannot be told is left out.
 */
export function replicaGauges(app, registry, ofDatabase) {
    const { replicas } = app;
    if (replicas.count === 0)
        return async () => undefined;
    new Counter({
        name: 'tongjian_look_up_reads_total',
        help: 'Statements of look-ups that read what was published, by where they were answered: by a replica, or by the primary since the replica was behind, away, or failed.',
        labelNames: ['place'],
        registers: [registry],
        collect() {
            this.reset();
            for (const [place, count] of Object.entries(replicas.answered))
                this.inc({ place }, count);
        },
    });
    const gauge = (name, help) => new Gauge({ name: `tongjian_replica_${name}`, help, labelNames: ['replica'], registers: [ofDatabase] });
    const up = gauge('up', 'Whether the replica can be read from (1) or not (0).');
    const bytes = gauge('lag_bytes', 'Of the log of the primary that the replica has not replayed.');
    const seconds = gauge('lag_seconds', 'Age of the newest transaction that the replica has replayed; 0 where it has replayed all.');
    return async () => {
        const states = await replicas.measure().catch(() => []);
        for (const it of [up, bytes, seconds])
            it.reset();
        for (const { name, isAway, lag } of states) {
            up.set({ replica: name }, isAway ? 0 : 1);
            if (!lag)
                continue;
            bytes.set({ replica: name }, lag.bytes);
            seconds.set({ replica: name }, lag.seconds);
        }
    };
}
