import type { Reader } from '../database/client.ts';
import { type Client, hasClientWithScope, selectClient, selectClients } from './client.queries.ts';
import { clientNotFound } from './remove-client.ts';

export type { Client } from './client.queries.ts';

/** The client of an id, removed or not. Throws `not-found`. */
export async function findClient(reader: Reader, id: string): Promise<Client> {
  const client = await selectClient(reader, id);
  if (!client) throw clientNotFound();
  return client;
}

/** Clients of one institution or of all, removed ones too, in the order of their registration. */
export function findClients(
  reader: Reader,
  filter: { readonly institution?: number; readonly after?: { readonly registeredAt: Date; readonly id: string } },
  count: number,
): Promise<readonly Client[]> {
  return selectClients(reader, filter, count);
}

/** Whether some client may act as the operator. */
export function hasOperator(reader: Reader): Promise<boolean> {
  return hasClientWithScope(reader, 'operator');
}
