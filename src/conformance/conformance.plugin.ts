import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Json } from '../fhir/exact-json.ts';
import { DefinitionRegistry } from './definition-registry.ts';

declare module 'fastify' {
  interface FastifyInstance {
    definitions: DefinitionRegistry;
  }
}

/** Gives the server `app.definitions`, what the loaded FHIR packages define. Nothing is read until the first request. */
export const conformancePlugin = fp<{ readonly loadSearchParameters: (parameters: readonly Json[]) => void }>(
  async (app, { loadSearchParameters }) => {
    app.decorate('definitions', new DefinitionRegistry(app.db, loadSearchParameters));
  },
  { name: 'conformance', fastify: '5.x', dependencies: ['database'] },
);

/** The requests of a scope rely on definitions that are at most one second old. A hook for scopes behind a token. */
export function relyOnDefinitions(scope: FastifyInstance): void {
  scope.addHook('onRequest', async () => {
    await scope.definitions.renew(new Date());
  });
}
