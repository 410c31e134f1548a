import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Reader } from '../database/client.ts';
import type { Json } from '../fhir/exact-json.ts';
import { type CatalogueDefinition, DefinitionRegistry } from './definition-registry.ts';

declare module 'fastify' {
  interface FastifyInstance {
    definitions: DefinitionRegistry;
  }
}

interface Options {
  readonly loadSearchParameters: (parameters: readonly Json[]) => void;
  /** The definition of a canonical that the catalogue has at that moment. */
  readonly catalogueDefinition: (reader: Reader, type: string, canonical: string, now: Date) => Promise<Json | undefined>;
}

/** Gives the server `app.definitions`, what the catalogue and the loaded FHIR packages define. Nothing is read until the first request. */
export const conformancePlugin = fp<Options>(
  async (app, { loadSearchParameters, catalogueDefinition }) => {
    const ofCatalogue: CatalogueDefinition = (reader, type, canonical) => catalogueDefinition(reader, type, canonical, new Date());
    app.decorate('definitions', new DefinitionRegistry(app.newsDb, loadSearchParameters, ofCatalogue));
  },
  { name: 'conformance', fastify: '5.x', dependencies: ['database'] },
);

/** The requests of a scope rely on definitions that are at most one second old. A hook for scopes behind a token. */
export function relyOnDefinitions(scope: FastifyInstance): void {
  scope.addHook('onRequest', async () => {
    await scope.definitions.renew(new Date());
  });
}
