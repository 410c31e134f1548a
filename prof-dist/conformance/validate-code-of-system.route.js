import { requireScope } from '../security/require-scope.js';
import { definitionsFor } from './find-definition.js';
import { openOperation } from './operation-doors.js';
import { readOperation } from './read-operation.js';
import { VALIDATE_CODE_OF_SYSTEM } from './terminology-operations.js';
import { validateCodeOfSystem } from './validate-code.js';
/** Operation `CodeSystem/$validate-code`: https://hl7.org/fhir/R4/codesystem-operation-validate-code.html */
export const validateCodeOfSystemRoute = async (app) => {
    openOperation(app, VALIDATE_CODE_OF_SYSTEM, 'validateCodeOfSystem', async (request) => {
        const { caller } = request;
        requireScope(caller, 'system/CodeSystem.r');
        const { input, instance } = await readOperation(app.db, VALIDATE_CODE_OF_SYSTEM, request);
        return validateCodeOfSystem(definitionsFor(app.definitions, app.db, caller), input, instance);
    });
};
