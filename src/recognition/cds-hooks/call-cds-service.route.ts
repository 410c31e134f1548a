import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { recordAccess } from '../../access-log/record-access.ts';
import { transact } from '../../database/client.ts';
import { Problem } from '../../faces/problem.ts';
import type { Json } from '../../fhir/exact-json.ts';
import { requireScope } from '../../security/require-scope.ts';
import { cardLanguageOf } from './card-language.ts';
import { CardList, HookRequest, ServiceId } from './cds-hooks.schema.ts';
import { claimOf, practitionerOf } from './chart.rules.ts';
import { gatherChart } from './chart.ts';
import { accessOf, type EhrReader } from './ehr-reader.ts';
import { readHookCall } from './hook-call.rules.ts';
import { itemiseOrders } from './itemise-orders.ts';
import { namePatient } from './name-patient.ts';
import { hintAtResults, remindOfResults } from './remind-of-results.ts';

interface Options {
  readonly ehr: EhrReader;
  readonly publicUrl: string;
}

/** Calling a CDS service (CDS Hooks 2.0): https://cds-hooks.hl7.org/2.0/#calling-a-cds-service */
export const callCdsServiceRoute: FastifyPluginAsyncTypebox<Options> = async (app, { ehr, publicUrl }) => {
  app.post(
    '/:id',
    {
      schema: {
        operationId: 'callCdsService',
        summary: 'Cards for a hook',
        description:
          'A check of prior results, as `POST /v1/recognition-checks` makes it, shown as cards; no cards where there is nothing to say, and where the patient has not consented. 412 where the patient can neither be had from the prefetch nor from your registered FHIR server.',
        tags: ['CDS Hooks'],
        security: [{ cdsClient: [] }],
        params: ServiceId,
        body: HookRequest,
        response: { 200: CardList, default: Problem },
      },
    },
    async (request, reply) => {
      const { signer, body } = request;
      const { cdsIssuer } = signer;
      const issuer = cdsIssuer ?? '';
      const now = new Date();
      const language = cardLanguageOf(request.headers['accept-language']);
      reply.header('content-language', language === 'zh' ? 'zh-CN' : 'en');

      requireScope(request.caller, 'recognition.check');
      const call = readHookCall(request.params.id, body);

      const orders = call.orders && (await itemiseOrders(app.db, signer.institution, call.orders, now));
      const access = accessOf(body, signer);
      const prefetch = body.prefetch as Readonly<Record<string, Json | null>> | undefined;
      const isAsked = orders === undefined || orders.length > 0;
      const chart = isAsked ? await request.outside(() => gatherChart(call, prefetch, access && ehr.open(access), issuer)) : undefined;
      const caller = { ...request.caller, practitioner: chart?.practitioner ?? practitionerOf(undefined, call.userId, issuer) };
      request.caller = caller;

      const cards = await transact(app.db, async (tx) => {
        const identifier = chart?.patient && (await namePatient(tx, caller, chart.patient));
        if (!chart?.patient || !identifier) {
          const query = `hook=${call.hook}&items=${orders?.flatMap((it) => it.items).join(',') ?? ''}`;
          await recordAccess(tx, caller, [{ person: 0n, action: 'E', interaction: 'callCdsService', entities: [], query }], now);
          return [];
        }
        const { practitioner, setting } = chart;
        const patient = { identifier, ...claimOf(chart.patient) };
        const occasion = { call, patient, practitioner, setting, manner: { language, publicUrl } };
        return orders ? await remindOfResults(tx, caller, occasion, orders, now) : await hintAtResults(tx, caller, occasion, now);
      });

      return { cards: [...cards] };
    },
  );
};
