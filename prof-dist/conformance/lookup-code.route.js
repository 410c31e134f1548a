import { requireScope } from '../security/require-scope.js';
import { definitionsFor } from './find-definition.js';
import { lookupCode } from './lookup-code.js';
import { openOperation } from './operation-doors.js';
import { readOperation } from './read-operation.js';
import { LOOKUP } from './terminology-operations.js';
/** Operation `CodeSystem/$lookup`: https://hl7.org/fhir/R4/codesystem-operation-lookup.html */
export const lookupCodeRoute = async (app) => {
    openOperation(app, LOOKUP, 'lookupCode', async (request) => {
        const { caller } = request;
        requireScope(caller, 'system/CodeSystem.r');
        const { input } = await readOperation(app.db, LOOKUP, request);
        return lookupCode(definitionsFor(app.definitions, app.db, caller), input);
    });
};
