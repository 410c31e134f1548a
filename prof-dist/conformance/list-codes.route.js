import { requireScope } from '../security/require-scope.js';
import { definitionsFor } from './find-definition.js';
import { listCodes } from './list-codes.js';
import { openOperation } from './operation-doors.js';
import { readOperation } from './read-operation.js';
import { EXPAND } from './terminology-operations.js';
/** Operation `ValueSet/$expand`: https://hl7.org/fhir/R4/valueset-operation-expand.html */
export const listCodesRoute = async (app) => {
    openOperation(app, EXPAND, 'listCodes', async (request) => {
        const { caller } = request;
        requireScope(caller, 'system/ValueSet.r');
        const { input, instance } = await readOperation(app.db, EXPAND, request);
        return listCodes(definitionsFor(app.definitions, app.db, caller), input, instance, new Date());
    });
};
