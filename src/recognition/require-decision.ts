import type { Transaction } from '../database/client.ts';
import { Failure } from '../failure.ts';
import { decodeId } from '../resources/resource-id.ts';
import type { Caller } from '../security/caller.ts';
import { type Decision, findDecision } from './decision.queries.ts';

/** The decision of that id, made by the caller's institution. Throws `not-found`, also for a decision of another institution. */
export async function requireDecision(tx: Transaction, caller: Caller, id: string): Promise<Decision> {
  const key = decodeId(id);
  const decision = key && (await findDecision(tx, key, caller.institution));
  if (decision) return decision;
  throw new Failure('not-found', {
    path: 'id',
    en: `your institution has made no decision "${id}"`,
    zh: `贵机构没有编号为“${id}”的互认决定`,
  });
}
