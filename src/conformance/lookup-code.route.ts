import type { FastifyPluginAsync } from 'fastify';
import { requireScope } from '../security/require-scope.ts';
import { definitionsFor } from './find-definition.ts';
import { lookupCode } from './lookup-code.ts';
import { openOperation } from './operation-doors.ts';
import { readOperation } from './read-operation.ts';
import { LOOKUP } from './terminology-operations.ts';

/** Operation `CodeSystem/$lookup`: https://hl7.org/fhir/R4/codesystem-operation-lookup.html */
export const lookupCodeRoute: FastifyPluginAsync = async (app) => {
  openOperation(app, LOOKUP, 'lookupCode', async (request) => {
    const { caller } = request;
    requireScope(caller, 'system/CodeSystem.r');

    const { input } = await readOperation(app.db, LOOKUP, request);
    return lookupCode(definitionsFor(app.definitions, app.db, caller), input);
  });
};
