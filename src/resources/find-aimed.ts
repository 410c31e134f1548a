import type { Transaction } from '../database/client.ts';
import type { Caller } from '../security/caller.ts';
import type { Custody } from './custody.ts';
import { type Doomed, onlyOne, requirePreconditions } from './decide-fates.ts';
import type { Aim, Patching, Removal } from './draft.ts';
import { type Answers, keyText, type Questions } from './look-up.ts';
import { requireOwn } from './own-resource.ts';
import type { ResourceText } from './resource.queries.ts';

/** What must be looked up to know what deletions and patches are about. */
export function questionsOfAims(aims: readonly Aim[]): Questions {
  return {
    criteria: aims.flatMap(({ criteria }) => (criteria ? [{ criteria, reach: 'own' as const }] : [])),
    keys: aims.flatMap(({ key }) => key ?? []),
  };
}

/**
 * The institution's own resource that a deletion or patch is about; `undefined` where it names criteria that meet nothing. It may be deleted
 * already. Throws `not-found`, `not-owner` and `precondition-failed`.
 */
export async function findAimed(
  tx: Transaction,
  custody: Custody,
  caller: Caller,
  { path, type, wish }: Removal | Patching,
  answers: Answers,
  now: Date,
): Promise<ResourceText | undefined> {
  const { key, criteria } = wish.aim;
  const met = key ?? onlyOne(answers.meeting(criteria, 'own'), criteria);
  const row = met && answers.byKey.get(keyText(met));
  if (key) await requireOwn(tx, custody, caller, { key, type, path, method: wish.kind === 'delete' ? 'DELETE' : 'PATCH' }, row, now);
  if (row) requirePreconditions(path, wish, row);
  return row;
}

/** The resources that deletions take away, in their order. */
export async function findDoomed(
  tx: Transaction,
  custody: Custody,
  caller: Caller,
  removals: readonly Removal[],
  answers: Answers,
  now: Date,
): Promise<readonly Doomed[]> {
  const doomed: Doomed[] = [];
  for (const removal of removals) doomed.push({ removal, row: await findAimed(tx, custody, caller, removal, answers, now) });
  return doomed;
}
