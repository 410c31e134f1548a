import type { FastifyInstance, onSendAsyncHookHandler } from 'fastify';
import fp from 'fastify-plugin';
import { AccessRecorder } from './access-recorder.ts';
import { isLogged } from './logged-callers.ts';

declare module 'fastify' {
  interface FastifyInstance {
    accessLog: AccessRecorder;
  }

  interface FastifyContextConfig {
    /** The door discloses no personal data, so that its answers need no entry in the access log. */
    unlogged?: boolean;
  }
}

/** Gives the server `app.accessLog`; what is still waiting is written before the database is let go. */
export const accessLogPlugin = fp(
  async (app: FastifyInstance) => {
    const recorder = new AccessRecorder(app.db);
    app.decorate('accessLog', recorder);
    app.addHook('onClose', () => recorder.close());
  },
  { name: 'access-log', fastify: '5.x', dependencies: ['database'] },
);

/**
 * Nothing is disclosed that is not logged first: an answer about to leave without a committed entry becomes an error (500), unless its
 * door is marked `unlogged`. A hook for scopes with callers; it finds the mistake of a door, it is not what writes the log.
 */
export const refuseUnloggedAnswer: onSendAsyncHookHandler = async (request, reply, payload) => {
  const disclosed = reply.statusCode < 400 && request.routeOptions.config.unlogged !== true;
  if (disclosed && !(request.caller && isLogged(request.caller))) {
    throw new Error(`${request.method} ${request.routeOptions.url} answered without an entry in the access log`);
  }
  return payload;
};
