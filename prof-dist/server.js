import { randomUUID } from 'node:crypto';
import Fastify, { LogController } from 'fastify';
import { accessLogPlugin, refuseUnloggedAnswer } from './access-log/access-log.plugin.js';
import { listAccessesRoute } from './access-log/list-accesses.route.js';
import { listEmergencyAccessesRoute } from './access-log/list-emergency-accesses.route.js';
import { logAuthentication, logFailedAuthentication } from './access-log/log-authentication.js';
import { readAuditEventRoute } from './access-log/read-audit-event.route.js';
import { reviewEmergencyAccessRoute } from './access-log/review-emergency-access.route.js';
import { searchAuditEventsRoute } from './access-log/search-audit-events.route.js';
import { FOLLOW_BATCH, followLog } from './access-log/transparency/follow-log.js';
import { listLogKeysRoute } from './access-log/transparency/list-log-keys.route.js';
import { LogSigner } from './access-log/transparency/log-signer.js';
import { proveAccessRoute } from './access-log/transparency/prove-access.route.js';
import { proveGrowthRoute } from './access-log/transparency/prove-growth.route.js';
import { retryLeftBehind } from './access-log/transparency/retry-left-behind.js';
import { SEQUENCE_BATCH, sequenceEntries } from './access-log/transparency/sequence-entries.js';
import { setWitnessesRoute } from './access-log/transparency/set-witnesses.route.js';
import { showCheckpointRoute } from './access-log/transparency/show-checkpoint.route.js';
import { showTileRoute } from './access-log/transparency/show-tile.route.js';
import { takeCosignaturesRoute } from './access-log/transparency/take-cosignatures.route.js';
import { listCertificatesRoute } from './catalogue/certificates/list-certificates.route.js';
import { setCertificatesRoute } from './catalogue/certificates/set-certificates.route.js';
import { showCertificateRoute } from './catalogue/certificates/show-certificate.route.js';
import { withdrawCertificateRoute } from './catalogue/certificates/withdraw-certificate.route.js';
import { catalogueDefinition, namedCatalogueDefinition } from './catalogue/items/catalogue-definition.js';
import { compareEditionsRoute } from './catalogue/items/compare-editions.route.js';
import { listEditionsRoute } from './catalogue/items/list-editions.route.js';
import { listItemsRoute } from './catalogue/items/list-items.route.js';
import { loadEditionRoute } from './catalogue/items/load-edition.route.js';
import { showEditionRoute } from './catalogue/items/show-edition.route.js';
import { showEditionValueSetRoute } from './catalogue/items/show-edition-value-set.route.js';
import { callerConceptMaps } from './catalogue/mappings/caller-concept-maps.js';
import { listMappingsRoute } from './catalogue/mappings/list-mappings.route.js';
import { listUnmappedCodesRoute } from './catalogue/mappings/list-unmapped-codes.route.js';
import { replaceMappingsRoute } from './catalogue/mappings/replace-mappings.route.js';
import { listPayerRatesRoute } from './catalogue/payers/list-payer-rates.route.js';
import { setPayerRatesRoute } from './catalogue/payers/set-payer-rates.route.js';
import { listPricesRoute } from './catalogue/prices/list-prices.route.js';
import { setPricesRoute } from './catalogue/prices/set-prices.route.js';
import { listReasonsRoute } from './catalogue/reasons/list-reasons.route.js';
import { listRuleAssignmentsRoute } from './catalogue/rules/list-rule-assignments.route.js';
import { listRuleSetsRoute } from './catalogue/rules/list-rule-sets.route.js';
import { setRuleAssignmentsRoute } from './catalogue/rules/set-rule-assignments.route.js';
import { setRuleSetRoute } from './catalogue/rules/set-rule-set.route.js';
import { showRuleSetRoute } from './catalogue/rules/show-rule-set.route.js';
import { DEFAULT_LIMITS } from './config.js';
import { conformancePlugin, relyOnDefinitions } from './conformance/conformance.plugin.js';
import { evaluateMeasureRoute } from './conformance/evaluate-measure.route.js';
import { EVALUATE_MEASURE } from './conformance/evaluate-measure-operation.js';
import { listCodesRoute } from './conformance/list-codes.route.js';
import { listPackagesRoute } from './conformance/list-packages.route.js';
import { loadPackageRoute } from './conformance/load-package.route.js';
import { lookupCodeRoute } from './conformance/lookup-code.route.js';
import { metadataRoute } from './conformance/metadata.route.js';
import { OPERATIONS } from './conformance/operations.js';
import { readNamedDefinitionRoute } from './conformance/read-named-definition.route.js';
import { translateCodeRoute } from './conformance/translate-code.route.js';
import { validateCodeOfSystemRoute } from './conformance/validate-code-of-system.route.js';
import { validateCodeOfValueSetRoute } from './conformance/validate-code-of-value-set.route.js';
import { validateResourceRoute } from './conformance/validate-resource.route.js';
import { decideForToken } from './consents/decide-for-token.js';
import { listConsentPoliciesRoute } from './consents/list-consent-policies.route.js';
import { listConsentsRoute } from './consents/list-consents.route.js';
import { readConsentRoute } from './consents/read-consent.route.js';
import { recordConsentRoute } from './consents/record-consent.route.js';
import { setConsentPoliciesRoute } from './consents/set-consent-policies.route.js';
import { withdrawConsentRoute } from './consents/withdraw-consent.route.js';
import { custodyOf } from './custody.js';
import { databasePlugin } from './database/database.plugin.js';
import { replicasPlugin } from './database/replicas.plugin.js';
import { roundsPlugin } from './database/rounds.plugin.js';
import { answerUnknownDoors } from './faces/answer-failures.js';
import { speakFhir } from './faces/fhir-face.js';
import { speakFlatJson, speakOpenly, speakOutside } from './faces/flat-face.js';
import { showEntryFailure } from './faces/operation-outcome.js';
import { SchemaCompilers } from './faces/schema-compilers.js';
import { answerUnreadableAddress } from './faces/unreadable-address.js';
import { answerUnreadableRequest } from './faces/unreadable-request.js';
import { loadSearchParameters } from './fhir/load-search-parameters.js';
import { countDueDays } from './indicators/count-due-days.js';
import { indicatorsFollower, noticeExaminations } from './indicators/indicators-follower.js';
import { listIndicatorDefinitionsRoute } from './indicators/list-indicator-definitions.route.js';
import { listItemTimesRoute } from './indicators/list-item-times.route.js';
import { publishIndicatorsRoute } from './indicators/publish-indicators.route.js';
import { readIndicatorsRoute } from './indicators/read-indicators.route.js';
import { RECOGNITION_MEASURE } from './indicators/recognition-measure.js';
import { takesPart } from './institutions/find-institution.js';
import { listAlliancesRoute } from './institutions/list-alliances.route.js';
import { listClientsRoute } from './institutions/list-clients.route.js';
import { listRegionsRoute } from './institutions/list-regions.route.js';
import { registerClientRoute } from './institutions/register-client.route.js';
import { removeAllianceRoute } from './institutions/remove-alliance.route.js';
import { removeClientRoute } from './institutions/remove-client.route.js';
import { removeRegionRoute } from './institutions/remove-region.route.js';
import { setAllianceRoute } from './institutions/set-alliance.route.js';
import { setRegionRoute } from './institutions/set-region.route.js';
import { showClientRoute } from './institutions/show-client.route.js';
import { admissionPlugin } from './operation/admission.plugin.js';
import { describePlugin } from './operation/describe.plugin.js';
import { drainPlugin } from './operation/drain.plugin.js';
import { healthRoute } from './operation/health.route.js';
import { loggerOptions } from './operation/logger.js';
import { metricsPlugin } from './operation/metrics.plugin.js';
import { slowReadersPlugin } from './operation/slow-readers.plugin.js';
import { crossReferenceRoute } from './persons/cross-reference.route.js';
import { matchPatientRoute } from './persons/match-patient.route.js';
import { acknowledgeRecallRoute } from './recalls/acknowledge-recall.route.js';
import { recallFollower } from './recalls/follow-corrections.js';
import { listRecallsRoute } from './recalls/list-recalls.route.js';
import { showRecallRoute } from './recalls/show-recall.route.js';
import { callCdsServiceRoute } from './recognition/cds-hooks/call-cds-service.route.js';
import { EhrReader } from './recognition/cds-hooks/ehr-reader.js';
import { listCdsServicesRoute } from './recognition/cds-hooks/list-cds-services.route.js';
import { recordFeedbackRoute } from './recognition/cds-hooks/record-feedback.route.js';
import { checkRecognitionRoute } from './recognition/check-recognition.route.js';
import { checkRecognitionOperationRoute } from './recognition/check-recognition-operation.route.js';
import { CHECK_RECOGNITION } from './recognition/check-recognition-operation.js';
import { citeDecisionRoute } from './recognition/cite-decision.route.js';
import { decideRoute } from './recognition/decide.route.js';
import { findRecognitionsOfCertificate } from './recognition/find-recognitions-of-certificate.js';
import { listDecisionsRoute } from './recognition/list-decisions.route.js';
import { revokeDecisionRoute } from './recognition/revoke-decision.route.js';
import { showCheckRoute } from './recognition/show-check.route.js';
import { closeLeadRoute } from './repeats/close-lead.route.js';
import { followExaminations } from './repeats/follow-examinations.js';
import { listLeadsRoute } from './repeats/list-leads.route.js';
import { reviewLeadRoute } from './repeats/review-lead.route.js';
import { showLeadRoute } from './repeats/show-lead.route.js';
import { priorResultsRoute } from './reports/prior-results.route.js';
import { createResourceRoute } from './resources/create-resource.route.js';
import { deleteByCriteriaRoute } from './resources/delete-by-criteria.route.js';
import { deleteResourceRoute } from './resources/delete-resource.route.js';
import { patchByCriteriaRoute } from './resources/patch-by-criteria.route.js';
import { patchResourceRoute } from './resources/patch-resource.route.js';
import { readResourceRoute } from './resources/read-resource.route.js';
import { searchResourcesRoute } from './resources/search-resources.route.js';
import { showHistoryRoute } from './resources/show-history.route.js';
import { transactionRoute } from './resources/transaction.route.js';
import { updateByCriteriaRoute } from './resources/update-by-criteria.route.js';
import { updateResourceRoute } from './resources/update-resource.route.js';
import { balanceSavingsRoute } from './savings/balance-savings.route.js';
import { listSavingsRoute } from './savings/list-savings.route.js';
import { savingsBook } from './savings/post-saving.js';
import { publishSavingsRoute } from './savings/publish-savings.route.js';
import { SAVINGS_MEASURE } from './savings/savings-measure.js';
import { summariseSavingsRoute } from './savings/summarise-savings.route.js';
import { accessTokenPlugin } from './security/access-token.plugin.js';
import { AccessTokens } from './security/access-tokens.js';
import { ClientAuthentication } from './security/client-authentication.js';
import { clientJwtPlugin } from './security/client-jwt.plugin.js';
import { ClientJwts } from './security/client-jwt.js';
import { ClientKeys } from './security/client-keys.js';
import { introspectTokenRoute } from './security/introspect-token.route.js';
import { issueTokenRoute } from './security/issue-token.route.js';
import { revokeTokenRoute } from './security/revoke-token.route.js';
import { showSigningKeysRoute } from './security/show-signing-keys.route.js';
import { smartConfigurationRoute } from './security/smart-configuration.route.js';
import { speakOAuth } from './security/speak-oauth.js';
import { RELEASED, VERSION } from './version.js';
/** A transaction of a whole patient history is some MiB; a body beyond this is answered with 413. */
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;
/** Every operation of the FHIR face; a test holds them against the doors. */
export const SERVED_OPERATIONS = [...OPERATIONS, CHECK_RECOGNITION, EVALUATE_MEASURE];
/** Every measure of the FHIR face. */
const SERVED_MEASURES = [SAVINGS_MEASURE, RECOGNITION_MEASURE];
/** What this server defines itself. */
export const SERVED = { operations: SERVED_OPERATIONS, measures: SERVED_MEASURES };
/** What goes through the access log, entry by entry. */
const FOLLOWERS = [
    followExaminations(savingsBook, noticeExaminations),
    recallFollower(savingsBook),
    indicatorsFollower,
];
/** The whole gateway, in the order in which a request meets it. */
export async function buildServer(options) {
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
    }).withTypeProvider();
    compilers.serve(app);
    app.addHook('onRequest', async (request, reply) => {
        reply.header('x-request-id', request.id).header('cache-control', 'no-store');
    });
    app.addHook('onResponse', async (request, reply) => {
        const { operationId } = (request.routeOptions.schema ?? {});
        request.log.info({ operation: operationId ?? 'unknown', status: reply.statusCode, ms: Math.round(reply.elapsedTime), client: request.caller?.client }, 'answered');
    });
    speakOutside(app);
    await app.register(drainPlugin);
    await app.register(slowReadersPlugin, limits);
    await app.register(admissionPlugin, {
        atOnce: limits.requestsAtOnce,
        waiting: limits.requestsWaiting,
        waitMs: limits.waitMs,
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
    });
    await app.register(roundsPlugin, { restMs: options.roundsMs });
    await app.register(accessLogPlugin);
    await app.register(conformancePlugin, { loadSearchParameters, catalogueDefinition });
    await app.register(metricsPlugin, { together: options.measuredTogether });
    const tokens = new AccessTokens(app.newsDb, publicUrl);
    const jwts = new ClientJwts(app.db, new ClientKeys(options), (it) => takesPart(app.db, it));
    const custody = custodyOf(app);
    const base = `${publicUrl}/fhir`;
    // Beside the requests, in this order: each entry of the access log gets its place, then whoever follows the log goes on.
    const signer = new LogSigner(options);
    app.rounds.add({ name: 'sequence', run: (now) => sequenceEntries(app.roundsDb, signer, now), part: SEQUENCE_BATCH });
    const leftBehind = (failure, error) => app.log.error({ ...failure, leaf: String(failure.leaf), err: error }, 'an entry of the access log could not be followed');
    for (const follower of FOLLOWERS) {
        app.rounds.add({ name: follower.name, run: (now) => followLog(app.roundsDb, follower, now, leftBehind), part: FOLLOW_BATCH });
        app.rounds.add({ name: `${follower.name}, left behind`, run: (now) => retryLeftBehind(app.roundsDb, [follower], now, leftBehind) });
    }
    app.rounds.add({ name: 'count indicators', run: (now) => countDueDays(app.roundsDb, now) });
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
    await app.register(async (tree) => {
        speakOpenly(tree);
        await tree.register(showCheckpointRoute);
        await tree.register(showTileRoute);
        await tree.register(proveGrowthRoute);
        await tree.register(listLogKeysRoute);
        await tree.register(takeCosignaturesRoute);
    }, { prefix: '/audit-log' });
    // FHIR R4: https://hl7.org/fhir/R4/http.html
    await app.register(async (fhir) => {
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
    }, { prefix: '/fhir' });
    // CDS Hooks 2.0: https://cds-hooks.hl7.org/2.0/
    await app.register(async (cds) => {
        speakFlatJson(cds);
        await cds.register(clientJwtPlugin, { jwts, publicUrl });
        answerUnknownDoors(cds);
        cds.addHook('onSend', refuseUnloggedAnswer);
        const ehr = new EhrReader(options.privateJwksUrls);
        cds.addHook('onClose', () => ehr.close());
        await cds.register(listCdsServicesRoute);
        await cds.register(callCdsServiceRoute, { ehr, publicUrl });
        await cds.register(recordFeedbackRoute, { savings: savingsBook });
    }, { prefix: '/cds-services' });
    // Flat JSON, for systems that speak no FHIR.
    await app.register(async (flat) => {
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
    }, { prefix: '/v1' });
    return app;
}
