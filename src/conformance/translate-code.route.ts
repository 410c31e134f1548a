import type { FastifyPluginAsync } from 'fastify';
import { requireScope } from '../security/require-scope.ts';
import { type CatalogueMaps, conceptMaps } from './concept-maps.ts';
import { definitionsFor } from './find-definition.ts';
import { openOperation } from './operation-doors.ts';
import { readOperation } from './read-operation.ts';
import { TRANSLATE } from './terminology-operations.ts';
import { translateCode } from './translate-code.ts';

/** Operation `ConceptMap/$translate`: https://hl7.org/fhir/R4/conceptmap-operation-translate.html */
export const translateCodeRoute: FastifyPluginAsync<{ readonly catalogueMaps: CatalogueMaps }> = async (app, { catalogueMaps }) => {
  openOperation(app, TRANSLATE, 'translateCode', async (request) => {
    const { caller } = request;
    requireScope(caller, 'system/ConceptMap.r');

    const ours = await catalogueMaps(app.db, caller, new Date());
    const { input, instance } = await readOperation(app.db, TRANSLATE, request, ours);
    const maps = await conceptMaps(app.definitions, app.db, ours);
    return translateCode(definitionsFor(app.definitions, app.db, caller), maps, input, instance);
  });
};
