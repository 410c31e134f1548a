import { Counter, Gauge } from 'prom-client';
import { SHOWN } from '../faces/shown-failures.js';
import { CLASSES } from './admission.js';
/** What is worked on, what waits, and what could not be served for a reason that passes, by class of work. */
export function admissionGauges(app, registry) {
    const failures = new Counter({
        name: 'tongjian_not_served_total',
        help: 'Requests answered with 503, by class of work and reason: overloaded, timeout, busy, database-unavailable.',
        labelNames: ['work', 'reason'],
        registers: [registry],
    });
    app.addHook('onResponse', async ({ work, failure }) => {
        if (failure && SHOWN[failure].status === 503)
            failures.inc({ work, reason: failure });
    });
    new Gauge({
        name: 'tongjian_requests',
        help: 'Requests that are worked on, and that wait for their turn, by class of work.',
        labelNames: ['work', 'state'],
        registers: [registry],
        collect() {
            for (const work of CLASSES) {
                const { inside, waiting } = app.admission.count(work);
                this.set({ work, state: 'inside' }, inside);
                this.set({ work, state: 'waiting' }, waiting);
            }
        },
    });
}
