import type { FastifyPluginAsync } from 'fastify';
import { requireScope } from '../security/require-scope.ts';
import { definitionsFor } from './find-definition.ts';
import { openOperation } from './operation-doors.ts';
import { readOperation } from './read-operation.ts';
import { VALIDATE_CODE_OF_VALUE_SET } from './terminology-operations.ts';
import { validateCodeOfValueSet } from './validate-code.ts';

/** Operation `ValueSet/$validate-code`: https://hl7.org/fhir/R4/valueset-operation-validate-code.html */
export const validateCodeOfValueSetRoute: FastifyPluginAsync = async (app) => {
  openOperation(app, VALIDATE_CODE_OF_VALUE_SET, 'validateCodeOfValueSet', async (request) => {
    const { caller } = request;
    requireScope(caller, 'system/ValueSet.r');

    const { input, instance } = await readOperation(app.db, VALIDATE_CODE_OF_VALUE_SET, request);
    return validateCodeOfValueSet(definitionsFor(app.definitions, app.db, caller), input, instance);
  });
};
