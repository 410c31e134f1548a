import { recordAccess } from '../access-log/record-access.ts';
import { findPermission } from '../consents/find-permission.ts';
import type { Transaction } from '../database/client.ts';
import { Failure } from '../failure.ts';
import { keysOfPerson } from '../persons/find-persons.ts';
import { findPermitted } from '../reports/find-report-changes.ts';
import { NO_PERMISSION, type Permission } from '../resources/custody.ts';
import { decodeId } from '../resources/resource-id.ts';
import type { Caller } from '../security/caller.ts';
import { type Disclosed, disclose, withoutValues } from './disclosure.rules.ts';
import type { RecallShown } from './recall.schema.ts';
import { findRecalls, type Recall } from './recall-list.queries.ts';
import { type Role, roleIn } from './recall-reach.ts';
import { type RelianceState, showRecalls } from './show-recalls.ts';

/** What is shown of a difference, and the permission that was asked for it. */
interface Seen extends Disclosed {
  readonly permission?: Permission;
}

/**
 * One recall with its full difference, as far as the caller may see it: what the patient's consent covers now, and of the rest what the
 * institution had seen before; the publisher sees its own results, the region's auditor no values. Nine statements.
 *
 * Throws `not-found`, also for a recall of another institution.
 */
export async function showRecall(tx: Transaction, caller: Caller, id: string, now: Date): Promise<RecallShown> {
  const { recall, role } = await requireRecall(tx, caller, id, now);
  const [shown] = await showRecalls(tx, [{ recall, role }], now);
  if (!shown) throw new Error('A recall that was found is not shown.');
  const { shown: difference, withheld, permission } = await seeDifference(tx, caller, recall, role, shown.reliances, now);
  const versions = difference
    .filter((it) => it.change !== 'withdrawn' && it.elements.some((element) => element.new !== undefined))
    .map((it) => `${it.reference}/_history/${it.to}`);
  const entities = [`Recall/${id}`, ...versions];
  const access = { person: recall.person, action: 'R' as const, interaction: 'showRecall', entities, ...(permission && { permission }) };
  await recordAccess(tx, caller, [access], now);
  return {
    ...shown.listed,
    difference: difference.map((it) => ({ ...it, name: { ...it.name }, elements: [...it.elements] })),
    withheld,
    ...(role === 'source' ? {} : { reliances: shown.reliances.map(showReliance) }),
  };
}

/** The recall of that id, and as whom the caller may see it. Throws `not-found`. */
export async function requireRecall(
  tx: Transaction,
  caller: Caller,
  id: string,
  now: Date,
): Promise<{ readonly recall: Recall; readonly role: Role }> {
  const key = decodeId(id);
  const [recall] = key ? await findRecalls(tx, { key }, { after: undefined, limit: 1 }, now) : [];
  const role = recall && roleIn(caller, recall);
  if (recall && role) return { recall, role };
  throw new Failure('not-found', {
    path: 'id',
    en: `no recall "${id}" is within your reach`,
    zh: `您的权限范围内没有编号为“${id}”的召回通知`,
  });
}

async function seeDifference(
  tx: Transaction,
  caller: Caller,
  { person, difference }: Recall,
  role: Role,
  reliances: readonly RelianceState[],
  now: Date,
): Promise<Seen> {
  const all = new Set(difference.map((it) => it.reference));
  if (role === 'source') return disclose(difference, { permitted: all, seen: all });
  if (role === 'region') return withoutValues(difference);
  const permission = await findPermission(tx, await keysOfPerson(tx, person), caller, now);
  const keys = [...all].flatMap((it) => decodeId(it.replace(/^.*\//, '')) ?? []);
  const permitted = await findPermitted(tx, keys, caller.practitioner ? permission : NO_PERMISSION);
  return { ...disclose(difference, { permitted, seen: new Set(reliances.flatMap((it) => it.results)) }), permission };
}

function showReliance(it: RelianceState): NonNullable<RecallShown['reliances']>[number] {
  return {
    basis: it.basis,
    ...(it.basis === 'recognised' ? { decision: it.source.replace(/^.*\//, '') } : {}),
    ...(it.item === null ? {} : { item: it.item }),
    concerned: it.isConcerned,
    ...(it.practitioner === null ? {} : { practitioner: it.practitioner }),
    ...(it.encounter === null ? {} : { encounter: it.encounter }),
    reliedAt: it.reliedAt.toISOString(),
    ...(it.citedAt ? { citedAt: it.citedAt.toISOString() } : {}),
    ...(it.revokedAt ? { revokedAt: it.revokedAt.toISOString() } : {}),
  };
}
