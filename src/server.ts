import { randomUUID } from 'node:crypto';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { accessLogPlugin, refuseUnloggedAnswer } from './access-log/access-log.plugin.ts';
import { listAccessesRoute } from './access-log/list-accesses.route.ts';
import { listEmergencyAccessesRoute } from './access-log/list-emergency-accesses.route.ts';
import { logAuthentication, logFailedAuthentication } from './access-log/log-authentication.ts';
import { readAuditEventRoute } from './access-log/read-audit-event.route.ts';
import { reviewEmergencyAccessRoute } from './access-log/review-emergency-access.route.ts';
import { searchAuditEventsRoute } from './access-log/search-audit-events.route.ts';
import { listLogKeysRoute } from './access-log/transparency/list-log-keys.route.ts';
import { proveAccessRoute } from './access-log/transparency/prove-access.route.ts';
import { proveGrowthRoute } from './access-log/transparency/prove-growth.route.ts';
import { setWitnessesRoute } from './access-log/transparency/set-witnesses.route.ts';
import { showCheckpointRoute } from './access-log/transparency/show-checkpoint.route.ts';
import { showTileRoute } from './access-log/transparency/show-tile.route.ts';
import { takeCosignaturesRoute } from './access-log/transparency/take-cosignatures.route.ts';
import { listCertificatesRoute } from './catalogue/certificates/list-certificates.route.ts';
import { setCertificatesRoute } from './catalogue/certificates/set-certificates.route.ts';
import { showCertificateRoute } from './catalogue/certificates/show-certificate.route.ts';
import { withdrawCertificateRoute } from './catalogue/certificates/withdraw-certificate.route.ts';
import { catalogueDefinition, namedCatalogueDefinition } from './catalogue/items/catalogue-definition.ts';
import { compareEditionsRoute } from './catalogue/items/compare-editions.route.ts';
import { listEditionsRoute } from './catalogue/items/list-editions.route.ts';
import { listItemsRoute } from './catalogue/items/list-items.route.ts';
import { loadEditionRoute } from './catalogue/items/load-edition.route.ts';
import { showEditionRoute } from './catalogue/items/show-edition.route.ts';
import { showEditionValueSetRoute } from './catalogue/items/show-edition-value-set.route.ts';
import { callerConceptMaps } from './catalogue/mappings/caller-concept-maps.ts';
import { listMappingsRoute } from './catalogue/mappings/list-mappings.route.ts';
import { listUnmappedCodesRoute } from './catalogue/mappings/list-unmapped-codes.route.ts';
import { replaceMappingsRoute } from './catalogue/mappings/replace-mappings.route.ts';
import { listPayerRatesRoute } from './catalogue/payers/list-payer-rates.route.ts';
import { setPayerRatesRoute } from './catalogue/payers/set-payer-rates.route.ts';
import { listPricesRoute } from './catalogue/prices/list-prices.route.ts';
import { setPricesRoute } from './catalogue/prices/set-prices.route.ts';
import { listReasonsRoute } from './catalogue/reasons/list-reasons.route.ts';
import { listRuleAssignmentsRoute } from './catalogue/rules/list-rule-assignments.route.ts';
import { listRuleSetsRoute } from './catalogue/rules/list-rule-sets.route.ts';
import { setRuleAssignmentsRoute } from './catalogue/rules/set-rule-assignments.route.ts';
import { setRuleSetRoute } from './catalogue/rules/set-rule-set.route.ts';
import { showRuleSetRoute } from './catalogue/rules/show-rule-set.route.ts';
import { type Config, DEFAULT_LIMITS, type Limits } from './config.ts';
import { conformancePlugin, relyOnDefinitions } from './conformance/conformance.plugin.ts';
import { evaluateMeasureRoute } from './conformance/evaluate-measure.route.ts';
import { EVALUATE_MEASURE } from './conformance/evaluate-measure-operation.ts';
import { listCodesRoute } from './conformance/list-codes.route.ts';
import { listPackagesRoute } from './conformance/list-packages.route.ts';
import { loadPackageRoute } from './conformance/load-package.route.ts';
import { lookupCodeRoute } from './conformance/lookup-code.route.ts';
import { metadataRoute } from './conformance/metadata.route.ts';
import type { Operation } from './conformance/operation.ts';
import { OPERATIONS } from './conformance/operations.ts';
import type { Served } from './conformance/own-definitions.ts';
import { readNamedDefinitionRoute } from './conformance/read-named-definition.route.ts';
import type { ServedMeasure } from './conformance/served-measure.ts';
import { translateCodeRoute } from './conformance/translate-code.route.ts';
import { validateCodeOfSystemRoute } from './conformance/validate-code-of-system.route.ts';
import { validateCodeOfValueSetRoute } from './conformance/validate-code-of-value-set.route.ts';
import { validateResourceRoute } from './conformance/validate-resource.route.ts';
import { decideForToken } from './consents/decide-for-token.ts';
import { listConsentPoliciesRoute } from './consents/list-consent-policies.route.ts';
import { listConsentsRoute } from './consents/list-consents.route.ts';
import { readConsentRoute } from './consents/read-consent.route.ts';
import { recordConsentRoute } from './consents/record-consent.route.ts';
import { setConsentPoliciesRoute } from './consents/set-consent-policies.route.ts';
import { withdrawConsentRoute } from './consents/withdraw-consent.route.ts';
import { custodyOf } from './custody.ts';
import { databasePlugin } from './database/database.plugin.ts';
import { replicasPlugin } from './database/replicas.plugin.ts';
import { roundsPlugin } from './database/rounds.plugin.ts';
import { answerUnknownDoors } from './faces/answer-failures.ts';
import { speakFhir } from './faces/fhir-face.ts';
import { speakFlatJson, speakOpenly, speakOutside } from './faces/flat-face.ts';
import { showEntryFailure } from './faces/operation-outcome.ts';
import { SchemaCompilers } from './faces/schema-compilers.ts';
import { answerUnreadableAddress } from './faces/unreadable-address.ts';
import { answerUnreadableRequest } from './faces/unreadable-request.ts';
import { loadSearchParameters } from './fhir/load-search-parameters.ts';
import { listIndicatorDefinitionsRoute } from './indicators/list-indicator-definitions.route.ts';
import { listItemTimesRoute } from './indicators/list-item-times.route.ts';
import { publishIndicatorsRoute } from './indicators/publish-indicators.route.ts';
import { readIndicatorsRoute } from './indicators/read-indicators.route.ts';
import { RECOGNITION_MEASURE } from './indicators/recognition-measure.ts';
import { takesPart } from './institutions/find-institution.ts';
import { listAlliancesRoute } from './institutions/list-alliances.route.ts';
import { listClientsRoute } from './institutions/list-clients.route.ts';
import { listRegionsRoute } from './institutions/list-regions.route.ts';
import { registerClientRoute } from './institutions/register-client.route.ts';
import { removeAllianceRoute } from './institutions/remove-alliance.route.ts';
import { removeClientRoute } from './institutions/remove-client.route.ts';
import { removeRegionRoute } from './institutions/remove-region.route.ts';
import { setAllianceRoute } from './institutions/set-alliance.route.ts';
import { setRegionRoute } from './institutions/set-region.route.ts';
import { showClientRoute } from './institutions/show-client.route.ts';
import { admissionPlugin } from './operation/admission.plugin.ts';
import { describePlugin } from './operation/describe.plugin.ts';
import { drainPlugin } from './operation/drain.plugin.ts';
import { healthRoute } from './operation/health.route.ts';
import { loggerOptions } from './operation/logger.ts';
import { type MeasuredTogether, metricsPlugin } from './operation/metrics.plugin.ts';
import { slowReadersPlugin } from './operation/slow-readers.plugin.ts';
import { crossReferenceRoute } from './persons/cross-reference.route.ts';
import { matchPatientRoute } from './persons/match-patient.route.ts';
import { acknowledgeRecallRoute } from './recalls/acknowledge-recall.route.ts';
import { listRecallsRoute } from './recalls/list-recalls.route.ts';
import { showRecallRoute } from './recalls/show-recall.route.ts';
import { callCdsServiceRoute } from './recognition/cds-hooks/call-cds-service.route.ts';
import { EhrReader } from './recognition/cds-hooks/ehr-reader.ts';
import { listCdsServicesRoute } from './recognition/cds-hooks/list-cds-services.route.ts';
import { recordFeedbackRoute } from './recognition/cds-hooks/record-feedback.route.ts';
import { checkRecognitionRoute } from './recognition/check-recognition.route.ts';
import { checkRecognitionOperationRoute } from './recognition/check-recognition-operation.route.ts';
import { CHECK_RECOGNITION } from './recognition/check-recognition-operation.ts';
import { citeDecisionRoute } from './recognition/cite-decision.route.ts';
import { decideRoute } from './recognition/decide.route.ts';
import { findRecognitionsOfCertificate } from './recognition/find-recognitions-of-certificate.ts';
import { listDecisionsRoute } from './recognition/list-decisions.route.ts';
import { revokeDecisionRoute } from './recognition/revoke-decision.route.ts';
import { showCheckRoute } from './recognition/show-check.route.ts';
import { closeLeadRoute } from './repeats/close-lead.route.ts';
import { listLeadsRoute } from './repeats/list-leads.route.ts';
import { reviewLeadRoute } from './repeats/review-lead.route.ts';
import { showLeadRoute } from './repeats/show-lead.route.ts';
import { priorResultsRoute } from './reports/prior-results.route.ts';
import { createResourceRoute } from './resources/create-resource.route.ts';
import { deleteByCriteriaRoute } from './resources/delete-by-criteria.route.ts';
import { deleteResourceRoute } from './resources/delete-resource.route.ts';
import { patchByCriteriaRoute } from './resources/patch-by-criteria.route.ts';
import { patchResourceRoute } from './resources/patch-resource.route.ts';
import { readResourceRoute } from './resources/read-resource.route.ts';
import { searchResourcesRoute } from './resources/search-resources.route.ts';
import { showHistoryRoute } from './resources/show-history.route.ts';
import { transactionRoute } from './resources/transaction.route.ts';
import { updateByCriteriaRoute } from './resources/update-by-criteria.route.ts';
import { updateResourceRoute } from './resources/update-resource.route.ts';
import { addRounds } from './rounds.ts';
import { balanceSavingsRoute } from './savings/balance-savings.route.ts';
import { listSavingsRoute } from './savings/list-savings.route.ts';
import { savingsBook } from './savings/post-saving.ts';
import { publishSavingsRoute } from './savings/publish-savings.route.ts';
import { SAVINGS_MEASURE } from './savings/savings-measure.ts';
import { summariseSavingsRoute } from './savings/summarise-savings.route.ts';
import { accessTokenPlugin } from './security/access-token.plugin.ts';
import { AccessTokens } from './security/access-tokens.ts';
import { ClientAuthentication } from './security/client-authentication.ts';
import { clientJwtPlugin } from './security/client-jwt.plugin.ts';
import { ClientJwts } from './security/client-jwt.ts';
import { ClientKeys } from './security/client-keys.ts';
import { introspectTokenRoute } from './security/introspect-token.route.ts';
import { issueTokenRoute } from './security/issue-token.route.ts';
import { revokeTokenRoute } from './security/revoke-token.route.ts';
import { showSigningKeysRoute } from './security/show-signing-keys.route.ts';
import { smartConfigurationRoute } from './security/smart-configuration.route.ts';
import { speakOAuth } from './security/speak-oauth.ts';
import { RELEASED, VERSION } from './version.ts';

/** A transaction of a whole patient history is some MiB; a body beyond this is answered with 413. */
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;

/** Every operation of the FHIR face; a test holds them against the doors. */
export const SERVED_OPERATIONS: readonly Operation[] = [...OPERATIONS, CHECK_RECOGNITION, EVALUATE_MEASURE];

/** Every measure of the FHIR face. */
const SERVED_MEASURES: readonly ServedMeasure[] = [SAVINGS_MEASURE, RECOGNITION_MEASURE];

/** Of what a gateway does at once; the rest is left to doctors with a patient. */
const PUBLICATIONS_SHARE = 0.75;

/** What this server defines itself. */
export const SERVED: Served = { operations: SERVED_OPERATIONS, measures: SERVED_MEASURES };

export type ServerOptions = Pick<Config, 'publicUrl' | 'databasePoolMax' | 'logLevel' | 'privateJwksUrls'> &
  Partial<Pick<Config, 'auditLogKeys' | 'auditLogOrigin' | 'databasePooler' | 'databaseReplicaUrls' | 'databaseReplicaWaitMs'>> & {
    readonly databaseUrl: string;
    /** Where they are to be other than the defaults. */
    readonly limits?: Partial<Limits>;
    /** Where log lines go; standard output unless given. */
    readonly logStream?: { write(line: string): void };
    /** Rest between the rounds of what is done beside the requests; without it they are done when `app.rounds` is told to. */
    readonly roundsMs?: number;
    /** The processes it serves together with, if it does. */
    readonly measuredTogether?: MeasuredTogether;
  };

/** The whole gateway, in the order in which a request meets it. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { publicUrl } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const compilers = new SchemaCompilers();
  const app = Fastify({
    logger: loggerOptions(options.logLevel, options.logStream),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT_BYTES,
    connectionTimeout: 60_000,
    requestTimeout: limits.receiveMs,
    http: { headersTimeout: Math.min(limits.headersMs, limits.receiveMs), connectionsCheckingInterval: Math.min(5_000, limits.receiveMs) },
    keepAliveTimeout: 72_000,
    // The drain plugin says it, in the words of each face.
    return503OnClosing: false,
    schemaController: { compilersFactory: { buildSerializer: compilers.buildSerializer } },
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 256 },
    frameworkErrors: answerUnreadableAddress,
    clientErrorHandler: answerUnreadableRequest,
  }).withTypeProvider<TypeBoxTypeProvider>();
  compilers.serve(app);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id).header('cache-control', 'no-store');
  });
  app.addHook('onResponse', async (request, reply) => {
    // Who is refused because there is too much to do is counted; a line for each would be one thing more to do.
    if (request.failure === 'overloaded') return;
    const { operationId } = (request.routeOptions.schema ?? {}) as { operationId?: string };
    request.log.info(
      { operation: operationId ?? 'unknown', status: reply.statusCode, ms: Math.round(reply.elapsedTime), client: request.caller?.client },
      'answered',
    );
  });

  speakOutside(app);
  await app.register(drainPlugin);
  await app.register(slowReadersPlugin, limits);
  await app.register(admissionPlugin, {
    atOnce: limits.requestsAtOnce,
    waiting: limits.requestsWaiting,
    waitMs: limits.waitMs,
    publicationsAtOnce: Math.max(1, Math.floor(PUBLICATIONS_SHARE * Math.min(limits.requestsAtOnce, options.databasePoolMax))),
    reportsAtOnce: limits.reportPoolMax,
  });
  await app.register(describePlugin, { version: VERSION, publicUrl });
  await app.register(databasePlugin, {
    url: options.databaseUrl,
    poolMax: options.databasePoolMax,
    pooler: options.databasePooler,
    ...limits,
  });
  await app.register(replicasPlugin, {
    urls: options.databaseReplicaUrls ?? [],
    poolMax: options.databasePoolMax,
    waitMs: options.databaseReplicaWaitMs ?? 0,
    statementMs: limits.statementMs,
  });
  await app.register(roundsPlugin, { restMs: options.roundsMs });
  await app.register(accessLogPlugin);
  await app.register(conformancePlugin, { loadSearchParameters, catalogueDefinition });
  await app.register(metricsPlugin, { together: options.measuredTogether });
  const tokens = new AccessTokens(app.newsDb, publicUrl);
  const jwts = new ClientJwts(app.db, new ClientKeys(options), (it) => takesPart(app.db, it));
  const custody = custodyOf(app);
  const base = `${publicUrl}/fhir`;

  addRounds(app, options);

  // Without a token: is it there, what can it do, how does one get a token.
  await app.register(healthRoute);
  await app.register(smartConfigurationRoute, { publicUrl });
  await app.register(async (oauth) => {
    const authentication = new ClientAuthentication(app.db, publicUrl, jwts);
    await speakOAuth(oauth, logFailedAuthentication(app.accessLog));
    await oauth.register(issueTokenRoute, {
      authentication,
      tokens,
      decideConsent: decideForToken(app.db, app.accessLog, base),
      base,
      logAuthentication: logAuthentication(app.accessLog),
    });
    await oauth.register(introspectTokenRoute, { publicUrl, authentication, tokens });
    await oauth.register(revokeTokenRoute, { authentication, tokens });
    await oauth.register(showSigningKeysRoute, { tokens });
  });

  // The tree over the access log, for everybody: https://c2sp.org/tlog-tiles
  await app.register(
    async (tree) => {
      speakOpenly(tree);
      await tree.register(showCheckpointRoute);
      await tree.register(showTileRoute);
      await tree.register(proveGrowthRoute);
      await tree.register(listLogKeysRoute);
      await tree.register(takeCosignaturesRoute);
    },
    { prefix: '/audit-log' },
  );

  // FHIR R4: https://hl7.org/fhir/R4/http.html
  await app.register(
    async (fhir) => {
      speakFhir(fhir);
      await fhir.register(metadataRoute, { base, publicUrl, version: VERSION, released: RELEASED, operations: SERVED_OPERATIONS });

      await fhir.register(async (known) => {
        await known.register(accessTokenPlugin, { tokens });
        answerUnknownDoors(known);
        known.addHook('onSend', refuseUnloggedAnswer);
        relyOnDefinitions(known);
        await known.register(transactionRoute, { custody, base, showFailure: showEntryFailure });
        await known.register(crossReferenceRoute, { custody, base });
        await known.register(matchPatientRoute, { custody, base });
        await known.register(priorResultsRoute, { custody, base });
        await known.register(checkRecognitionOperationRoute, { validator: compilers.strict, base });
        await known.register(evaluateMeasureRoute, { ...SERVED, version: VERSION, released: RELEASED, base });
        await known.register(readAuditEventRoute, { base });
        await known.register(searchAuditEventsRoute, { base });
        await known.register(validateResourceRoute, { custody, base });
        await known.register(listCodesRoute);
        await known.register(validateCodeOfValueSetRoute);
        await known.register(lookupCodeRoute);
        await known.register(validateCodeOfSystemRoute);
        await known.register(translateCodeRoute, { catalogueMaps: callerConceptMaps });
        await known.register(readNamedDefinitionRoute, {
          version: VERSION,
          released: RELEASED,
          catalogueMaps: callerConceptMaps,
          ...SERVED,
          namedCatalogueDefinition,
        });
        await known.register(createResourceRoute, { custody, base });
        await known.register(readResourceRoute, { custody, base });
        await known.register(showHistoryRoute, { custody, base });
        await known.register(updateResourceRoute, { custody, base });
        await known.register(searchResourcesRoute, { custody, base });
        await known.register(updateByCriteriaRoute, { custody, base });
        await known.register(patchResourceRoute, { custody, base });
        await known.register(patchByCriteriaRoute, { custody, base });
        await known.register(deleteResourceRoute, { custody, base });
        await known.register(deleteByCriteriaRoute, { custody, base });
      });
    },
    { prefix: '/fhir' },
  );

  // CDS Hooks 2.0: https://cds-hooks.hl7.org/2.0/
  await app.register(
    async (cds) => {
      speakFlatJson(cds);
      await cds.register(clientJwtPlugin, { jwts, publicUrl });
      answerUnknownDoors(cds);
      cds.addHook('onSend', refuseUnloggedAnswer);
      const ehr = new EhrReader(options.privateJwksUrls);
      cds.addHook('onClose', () => ehr.close());

      await cds.register(listCdsServicesRoute);
      await cds.register(callCdsServiceRoute, { ehr, publicUrl });
      await cds.register(recordFeedbackRoute, { savings: savingsBook });
    },
    { prefix: '/cds-services' },
  );

  // Flat JSON, for systems that speak no FHIR.
  await app.register(
    async (flat) => {
      speakFlatJson(flat);
      await flat.register(accessTokenPlugin, { tokens });
      answerUnknownDoors(flat);
      flat.addHook('onSend', refuseUnloggedAnswer);

      const { record } = custody;
      await flat.register(registerClientRoute, { record, privateJwksUrls: options.privateJwksUrls });
      await flat.register(listClientsRoute);
      await flat.register(showClientRoute);
      await flat.register(removeClientRoute, { record });
      await flat.register(listAlliancesRoute);
      await flat.register(setAllianceRoute, { record });
      await flat.register(removeAllianceRoute, { record });
      await flat.register(listRegionsRoute);
      await flat.register(setRegionRoute, { record });
      await flat.register(removeRegionRoute, { record });

      await flat.register(listPackagesRoute);
      await flat.register(loadPackageRoute, { record });

      await flat.register(listAccessesRoute);
      await flat.register(proveAccessRoute);
      await flat.register(setWitnessesRoute);
      await flat.register(listEmergencyAccessesRoute);
      await flat.register(reviewEmergencyAccessRoute);
      await flat.register(recordConsentRoute, { custody, base });
      await flat.register(listConsentsRoute);
      await flat.register(readConsentRoute);
      await flat.register(withdrawConsentRoute, { custody, base });
      await flat.register(listConsentPoliciesRoute);
      await flat.register(setConsentPoliciesRoute, { record: custody.record });

      await flat.register(checkRecognitionRoute);
      await flat.register(showCheckRoute);
      await flat.register(decideRoute, { savings: savingsBook });
      await flat.register(revokeDecisionRoute, { savings: savingsBook });
      await flat.register(citeDecisionRoute, { savings: savingsBook });
      await flat.register(listDecisionsRoute, { savings: savingsBook });
      await flat.register(summariseSavingsRoute);
      await flat.register(listSavingsRoute);
      await flat.register(balanceSavingsRoute);
      await flat.register(publishSavingsRoute);
      await flat.register(readIndicatorsRoute);
      await flat.register(listIndicatorDefinitionsRoute);
      await flat.register(listItemTimesRoute);
      await flat.register(publishIndicatorsRoute);

      await flat.register(listLeadsRoute);
      await flat.register(showLeadRoute);
      await flat.register(reviewLeadRoute);
      await flat.register(closeLeadRoute);

      await flat.register(listRecallsRoute);
      await flat.register(showRecallRoute);
      await flat.register(acknowledgeRecallRoute);

      await flat.register(listEditionsRoute);
      await flat.register(loadEditionRoute);
      await flat.register(showEditionRoute);
      await flat.register(showEditionValueSetRoute);
      await flat.register(compareEditionsRoute);
      await flat.register(listItemsRoute);
      await flat.register(listReasonsRoute);
      await flat.register(listPricesRoute);
      await flat.register(setPricesRoute);
      await flat.register(listPayerRatesRoute);
      await flat.register(setPayerRatesRoute);
      await flat.register(listCertificatesRoute);
      await flat.register(showCertificateRoute);
      await flat.register(setCertificatesRoute);
      await flat.register(withdrawCertificateRoute, { recognitionsConcerned: findRecognitionsOfCertificate });
      await flat.register(listRuleSetsRoute);
      await flat.register(showRuleSetRoute);
      await flat.register(setRuleSetRoute);
      await flat.register(listRuleAssignmentsRoute);
      await flat.register(setRuleAssignmentsRoute);
      await flat.register(listMappingsRoute);
      await flat.register(listUnmappedCodesRoute);
      await flat.register(replaceMappingsRoute);
    },
    { prefix: '/v1' },
  );
  return app;
}
