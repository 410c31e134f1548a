import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Problem } from '../faces/problem.ts';
import type { ResourceOptions } from '../resources/resource-options.ts';
import { transactAgain } from '../resources/transact-again.ts';
import { requireScope } from '../security/require-scope.ts';
import { ConsentId, ConsentView } from './consent.schema.ts';
import { withdrawConsent } from './withdraw-consent.ts';

export const withdrawConsentRoute: FastifyPluginAsyncTypebox<ResourceOptions> = async (app, options) => {
  app.post(
    '/consents/:id/withdrawal',
    {
      // What takes a right back is done whatever there is to do.
      config: { work: 'none' },
      schema: {
        operationId: 'withdrawConsent',
        summary: 'Take a consent or a denial back',
        description:
          'Holds for the next request on every face. Sent again it changes nothing and answers the same. Only the institution that recorded it.',
        tags: ['Consent'],
        params: Type.Object({ id: ConsentId }),
        response: { 200: ConsentView, default: Problem },
      },
    },
    async (request) => {
      const { caller, params } = request;
      requireScope(caller, 'system/Consent.u');

      return transactAgain(app.db, (tx) => withdrawConsent(tx, options, caller, params.id, new Date()));
    },
  );
};
