import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { causeOf } from './outage.ts';
import { Replicas, type ReplicasOptions } from './replicas.ts';

declare module 'fastify' {
  interface FastifyInstance {
    replicas: Replicas;
  }
}

/** Gives the server `app.replicas`, from which look-ups get what they read with, and closes their pools when the server closes. */
export const replicasPlugin = fp<Omit<ReplicasOptions, 'changed'>>(
  async (app: FastifyInstance, options) => {
    const changed = (replica: string, reason: unknown): void => {
      if (reason === undefined) app.log.info({ replica }, 'a replica is back; look-ups are sent to it again');
      else app.log.warn({ replica, err: causeOf(reason) }, 'a replica cannot be read from; look-ups go on without it');
    };
    const replicas = new Replicas(app.db, { ...options, changed });
    app.decorate('replicas', replicas);
    app.addHook('onClose', () => replicas.close());
  },
  { name: 'replicas', fastify: '5.x', dependencies: ['database'] },
);
