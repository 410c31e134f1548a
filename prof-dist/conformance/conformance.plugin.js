import fp from 'fastify-plugin';
import { DefinitionRegistry } from './definition-registry.js';
/** Gives the server `app.definitions`, what the catalogue and the loaded FHIR packages define. Nothing is read until the first request. */
export const conformancePlugin = fp(async (app, { loadSearchParameters, catalogueDefinition }) => {
    const ofCatalogue = (reader, type, canonical) => catalogueDefinition(reader, type, canonical, new Date());
    app.decorate('definitions', new DefinitionRegistry(app.newsDb, loadSearchParameters, ofCatalogue));
}, { name: 'conformance', fastify: '5.x', dependencies: ['database'] });
/** The requests of a scope rely on definitions that are at most one second old. A hook for scopes behind a token. */
export function relyOnDefinitions(scope) {
    scope.addHook('onRequest', async () => {
        await scope.definitions.renew(new Date());
    });
}
