import fp from 'fastify-plugin';
import type { Pooler } from '../config.ts';
import { type Database, openDatabase } from './client.ts';
import { GATEWAY_ROLE } from './gateway-role.ts';

declare module 'fastify' {
  interface FastifyInstance {
    db: Database;
  }
}

/**
 * Gives the server `app.db`, and closes the pool when the server closes. No connection is made until the first statement, so that the
 * server can be described without a database. Every connection works under the gateway's role, whatever its login may do.
 */
export const databasePlugin = fp<{ readonly url: string; readonly poolMax: number; readonly pooler?: Pooler | undefined }>(
  async (app, { url, poolMax, pooler }) => {
    const { db, close } = openDatabase({ url, poolMax, pooler, settings: { role: GATEWAY_ROLE, plan_cache_mode: 'force_generic_plan' } });
    app.decorate('db', db);
    app.addHook('onClose', close);
  },
  { name: 'database', fastify: '5.x' },
);
