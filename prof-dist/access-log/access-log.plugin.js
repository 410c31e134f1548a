import fp from 'fastify-plugin';
import { AccessRecorder } from './access-recorder.js';
import { isLogged } from './logged-callers.js';
/** Gives the server `app.accessLog`; what is still waiting is written before the database is let go. */
export const accessLogPlugin = fp(async (app) => {
    const recorder = new AccessRecorder(app.db);
    app.decorate('accessLog', recorder);
    app.addHook('onClose', () => recorder.close());
}, { name: 'access-log', fastify: '5.x', dependencies: ['database'] });
/**
 * Nothing is disclosed that is not logged first: an answer about to leave without a committed entry becomes an error (500), unless its
 * door is marked `unlogged`. A hook for scopes with callers; it finds the mistake of a door, it is not what writes the log.
 */
export const refuseUnloggedAnswer = async (request, reply, payload) => {
    const disclosed = reply.statusCode < 400 && request.routeOptions.config.unlogged !== true;
    if (disclosed && !(request.caller && isLogged(request.caller))) {
        throw new Error(`${request.method} ${request.routeOptions.url} answered without an entry in the access log`);
    }
    return payload;
};
