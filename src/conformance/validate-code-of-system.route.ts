import type { FastifyPluginAsync } from 'fastify';
import { requireScope } from '../security/require-scope.ts';
import { definitionsFor } from './find-definition.ts';
import { openOperation } from './operation-doors.ts';
import { readOperation } from './read-operation.ts';
import { VALIDATE_CODE_OF_SYSTEM } from './terminology-operations.ts';
import { validateCodeOfSystem } from './validate-code.ts';

/** Operation `CodeSystem/$validate-code`: https://hl7.org/fhir/R4/codesystem-operation-validate-code.html */
export const validateCodeOfSystemRoute: FastifyPluginAsync = async (app) => {
  openOperation(app, VALIDATE_CODE_OF_SYSTEM, 'validateCodeOfSystem', async (request) => {
    const { caller } = request;
    requireScope(caller, 'system/CodeSystem.r');

    const { input, instance } = await readOperation(app.db, VALIDATE_CODE_OF_SYSTEM, request);
    return validateCodeOfSystem(definitionsFor(app.definitions, app.db, caller), input, instance);
  });
};
