import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { WorkClass } from '../faces/work-class.ts';
import { Failure } from '../failure.ts';
import { Admission, type AdmissionLimits } from './admission.ts';

declare module 'fastify' {
  interface FastifyInstance {
    admission: Admission;
  }

  interface FastifyRequest {
    /** The class whose place it has. */
    placeOf: WorkClass | undefined;
  }
}

const GIVEN_UP = { en: 'nobody waits for the answer any more', zh: '请求方已断开连接' };

/**
 * Lets in so many requests at once. Who could not even wait is refused before anything of the request is looked at; a place is taken when the
 * whole request is there, so that who sends slowly holds none, and given back when the answer is made, so that who reads slowly holds none either.
 *
 * Health and measurements are answered whatever there is to do: an orchestrator that hears nothing would take the gateway away.
 */
export const admissionPlugin = fp<AdmissionLimits>(
  async (app: FastifyInstance, limits) => {
    const admission = new Admission(limits);
    app.decorate('admission', admission);
    app.decorateRequest('work', 'order-entry');
    app.decorateRequest('placeOf', undefined);
    app.decorateRequest('failure', undefined);
    app.decorateRequest('workAs', async function workAs(this: FastifyRequest, work: WorkClass) {
      leave(this);
      this.work = work;
      await enter(this);
    });

    app.decorateRequest('giveBackPlace', function giveBackPlace(this: FastifyRequest) {
      leave(this);
    });
    app.decorateRequest('outside', async function outside<Result>(this: FastifyRequest, wait: () => Promise<Result>) {
      leave(this);
      const result = await wait();
      await enter(this);
      return result;
    });

    const enter = async (request: FastifyRequest): Promise<void> => {
      await admission.enter(request.work);
      request.placeOf = request.work;
      // Who gave up while waiting needs nothing any more.
      if (request.raw.socket.destroyed) throw new Failure('overloaded', GIVEN_UP);
    };
    const leave = (request: FastifyRequest): void => {
      if (request.placeOf) admission.leave(request.placeOf);
      request.placeOf = undefined;
    };
    app.addHook('onRequest', async (request) => {
      const { work = 'order-entry' } = request.routeOptions.config ?? {};
      if (work === 'none') return;
      request.work = work;
      admission.refuseWhenFull(work);
    });
    app.addHook('preValidation', async (request) => {
      if (request.routeOptions.config?.work !== 'none') await enter(request);
    });
    app.addHook('onSend', async (request, _reply, payload) => {
      leave(request);
      return payload;
    });
  },
  { name: 'admission', fastify: '5.x' },
);
