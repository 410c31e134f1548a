import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/**
 * Once the server is told to stop, each answer still under way is the last one of its connection; else a stop would wait for callers to let
 * go of theirs.
 */
export const drainPlugin = fp(
  async (app: FastifyInstance) => {
    let stopping = false;
    app.addHook('preClose', async () => {
      stopping = true;
    });
    app.addHook('onSend', async (_request, reply, payload) => {
      if (stopping) reply.header('connection', 'close');
      return payload;
    });
  },
  { name: 'drain', fastify: '5.x' },
);
