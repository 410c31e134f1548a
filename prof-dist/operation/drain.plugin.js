import fp from 'fastify-plugin';
import { Failure } from '../failure.js';
/**
 * Once the server is told to stop, each answer still under way is the last one of its connection; else a stop would wait for callers to let
 * go of theirs. A request that begins then is refused in the words of its face: another gateway has it in a moment.
 */
export const drainPlugin = fp(async (app) => {
    let stopping = false;
    app.addHook('preClose', async () => {
        stopping = true;
    });
    app.addHook('onRequest', async () => {
        if (!stopping)
            return;
        throw new Failure('busy', { en: 'this gateway is stopping; ask again', zh: '本网关正在停止，请重新发送请求' }, { retryAfterSeconds: 1 });
    });
    app.addHook('onSend', async (_request, reply, payload) => {
        if (stopping)
            reply.header('connection', 'close');
        return payload;
    });
}, { name: 'drain', fastify: '5.x' });
