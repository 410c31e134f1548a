import fp from 'fastify-plugin';
import { Rounds } from './rounds.js';
/**
 * Gives the server `app.rounds`: the work beside the requests. With `restMs` it begins when the server is ready; without, only when it is told
 * to. What is under way is finished before the database is let go.
 */
export const roundsPlugin = fp(async (app, { restMs }) => {
    const rounds = new Rounds((round, error) => app.log.error({ round, err: error }, 'a round failed and is tried again'));
    app.decorate('rounds', rounds);
    app.addHook('onReady', async () => {
        if (restMs !== undefined)
            rounds.start(restMs);
    });
    app.addHook('onClose', () => rounds.close());
}, { name: 'rounds', fastify: '5.x', dependencies: ['database'] });
