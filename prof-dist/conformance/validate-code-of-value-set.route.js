import { requireScope } from '../security/require-scope.js';
import { definitionsFor } from './find-definition.js';
import { openOperation } from './operation-doors.js';
import { readOperation } from './read-operation.js';
import { VALIDATE_CODE_OF_VALUE_SET } from './terminology-operations.js';
import { validateCodeOfValueSet } from './validate-code.js';
/** Operation `ValueSet/$validate-code`: https://hl7.org/fhir/R4/valueset-operation-validate-code.html */
export const validateCodeOfValueSetRoute = async (app) => {
    openOperation(app, VALIDATE_CODE_OF_VALUE_SET, 'validateCodeOfValueSet', async (request) => {
        const { caller } = request;
        requireScope(caller, 'system/ValueSet.r');
        const { input, instance } = await readOperation(app.db, VALIDATE_CODE_OF_VALUE_SET, request);
        return validateCodeOfValueSet(definitionsFor(app.definitions, app.db, caller), input, instance);
    });
};
