import { requireScope } from '../security/require-scope.js';
import { conceptMaps } from './concept-maps.js';
import { definitionsFor } from './find-definition.js';
import { openOperation } from './operation-doors.js';
import { readOperation } from './read-operation.js';
import { TRANSLATE } from './terminology-operations.js';
import { translateCode } from './translate-code.js';
/** Operation `ConceptMap/$translate`: https://hl7.org/fhir/R4/conceptmap-operation-translate.html */
export const translateCodeRoute = async (app, { catalogueMaps }) => {
    openOperation(app, TRANSLATE, 'translateCode', async (request) => {
        const { caller } = request;
        requireScope(caller, 'system/ConceptMap.r');
        const ours = await catalogueMaps(app.db, caller, new Date());
        const { input, instance } = await readOperation(app.db, TRANSLATE, request, ours);
        const maps = await conceptMaps(app.definitions, app.db, ours);
        return translateCode(definitionsFor(app.definitions, app.db, caller), maps, input, instance);
    });
};
