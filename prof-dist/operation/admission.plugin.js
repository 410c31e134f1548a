import fp from 'fastify-plugin';
import { Failure } from '../failure.js';
import { Admission } from './admission.js';
const GIVEN_UP = { en: 'nobody waits for the answer any more', zh: '请求方已断开连接' };
/**
 * Lets in so many requests at once. Who could not even wait is refused before anything of the request is looked at; a place is taken when the
 * whole request is there, so that who sends slowly holds none, and given back when the answer is made, so that who reads slowly holds none either.
 *
 * Health and measurements are answered whatever there is to do: an orchestrator that hears nothing would take the gateway away.
 */
export const admissionPlugin = fp(async (app, limits) => {
    const admission = new Admission(limits);
    app.decorate('admission', admission);
    app.decorateRequest('work', 'order-entry');
    app.decorateRequest('placeOf', undefined);
    app.decorateRequest('failure', undefined);
    app.decorateRequest('workAs', async function workAs(work) {
        leave(this);
        this.work = work;
        await enter(this);
    });
    const enter = async (request) => {
        await admission.enter(request.work);
        request.placeOf = request.work;
        // Who gave up while waiting needs nothing any more.
        if (request.raw.socket.destroyed)
            throw new Failure('overloaded', GIVEN_UP);
    };
    const leave = (request) => {
        if (request.placeOf)
            admission.leave(request.placeOf);
        request.placeOf = undefined;
    };
    app.addHook('onRequest', async (request) => {
        const { work = 'order-entry' } = request.routeOptions.config ?? {};
        if (work === 'none')
            return;
        request.work = work;
        admission.refuseWhenFull(work);
    });
    app.addHook('preValidation', async (request) => {
        if (request.routeOptions.config?.work !== 'none')
            await enter(request);
    });
    app.addHook('onSend', async (request, _reply, payload) => {
        leave(request);
        return payload;
    });
}, { name: 'admission', fastify: '5.x' });
