import fp from 'fastify-plugin';
import { causeOf } from './outage.js';
import { Replicas } from './replicas.js';
/** Gives the server `app.replicas`, from which look-ups get what they read with, and closes their pools when the server closes. */
export const replicasPlugin = fp(async (app, options) => {
    const changed = (replica, reason) => {
        if (reason === undefined)
            app.log.info({ replica }, 'a replica is back; look-ups are sent to it again');
        else
            app.log.warn({ replica, err: causeOf(reason) }, 'a replica cannot be read from; look-ups go on without it');
    };
    const replicas = new Replicas(app.db, { ...options, changed });
    app.decorate('replicas', replicas);
    app.addHook('onClose', () => replicas.close());
}, { name: 'replicas', fastify: '5.x', dependencies: ['database'] });
