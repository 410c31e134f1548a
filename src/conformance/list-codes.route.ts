import type { FastifyPluginAsync } from 'fastify';
import { requireScope } from '../security/require-scope.ts';
import { definitionsFor } from './find-definition.ts';
import { listCodes } from './list-codes.ts';
import { openOperation } from './operation-doors.ts';
import { readOperation } from './read-operation.ts';
import { EXPAND } from './terminology-operations.ts';

/** Operation `ValueSet/$expand`: https://hl7.org/fhir/R4/valueset-operation-expand.html */
export const listCodesRoute: FastifyPluginAsync = async (app) => {
  openOperation(app, EXPAND, 'listCodes', async (request) => {
    const { caller } = request;
    requireScope(caller, 'system/ValueSet.r');

    const { input, instance } = await readOperation(app.db, EXPAND, request);
    return listCodes(definitionsFor(app.definitions, app.db, caller), input, instance, new Date());
  });
};
