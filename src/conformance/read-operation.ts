import type { Reader } from '../database/client.ts';
import { Failure } from '../failure.ts';
import type { Json } from '../fhir/exact-json.ts';
import { findResource } from '../resources/resource.queries.ts';
import { decodeId, isPerson } from '../resources/resource-id.ts';
import { SHARED_TYPES } from '../resources/shared-types.ts';
import type { Caller } from '../security/caller.ts';
import type { Operation } from './operation.ts';
import { type OperationInput, readOperationInput } from './operation-input.ts';

/** How an operation was called. */
interface Call {
  readonly caller: Caller;
  readonly params: { readonly id?: string };
  readonly query: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body?: string | undefined;
}

/**
 * The input of an operation and the definition it is called on, if it is called on one. `named` are those that are not stored. Throws
 * `not-found` for a definition that is not there or not for this caller, and what `readOperationInput` throws.
 */
export async function readOperation(
  reader: Reader,
  operation: Operation,
  { caller, params: { id }, query, body }: Call,
  named: readonly Json[] = [],
): Promise<{ readonly input: OperationInput; readonly instance: Json | undefined }> {
  const input = readOperationInput(operation.parameters, query, body);
  if (id === undefined) return { input, instance: undefined };
  const type = operation.resource[0] ?? '';
  const instance = named.find((it) => it['resourceType'] === type && it['id'] === id) ?? (await readStored(reader, caller, type, id));
  if (!instance) throw new Failure('not-found', { en: `${type}/${id} is not known here`, zh: `本系统中不存在 ${type}/${id}` });
  return { input, instance };
}

/** A definition that is about nobody: the caller's own, or of the shared directory. */
async function readStored(reader: Reader, caller: Caller, type: string, id: string): Promise<Json | undefined> {
  const key = decodeId(id);
  if (!key || isPerson(key.person)) return undefined;
  const row = await findResource(reader, key);
  if (row?.type !== type || !row.content) return undefined;
  return row.institution === caller.institution || SHARED_TYPES.includes(type) ? (JSON.parse(row.content) as Json) : undefined;
}
