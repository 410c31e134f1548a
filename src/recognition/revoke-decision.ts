import { recordAccess } from '../access-log/record-access.ts';
import type { Transaction } from '../database/client.ts';
import { Failure } from '../failure.ts';
import type { Caller, Practitioner } from '../security/caller.ts';
import { insertRevocation } from './decision.queries.ts';
import type { DecisionShown } from './decision.schema.ts';
import { requireDecision } from './require-decision.ts';
import type { SavingsBook } from './savings-book.ts';
import { idOfDecision, showDecision } from './show-decision.ts';

/** What stands now, and whether this request made it so. */
export interface Changed {
  readonly isNew: boolean;
  readonly decision: DecisionShown;
}

/**
 * Takes a decision back, a recognition as well as a refusal, and with it what was posted to the savings account. The decision stays on
 * record; to decide anew takes a new check.
 *
 * Idempotent: the same reason again gets the first revocation, another one is a `conflict`. Throws `not-found`. Five statements;
 * three where it was taken back before.
 */
export async function revokeDecision(
  tx: Transaction,
  savings: SavingsBook,
  caller: Caller,
  practitioner: Practitioner,
  request: { readonly id: string; readonly reason: string },
  now: Date,
): Promise<Changed> {
  const before = await requireDecision(tx, caller, request.id);
  const { id, person } = before;
  const reason = request.reason.trim();
  if (reason === '') throw reasonMissing();

  const isNew = before.revokedAt === null && (await insertRevocation(tx, { person, decision: id, practitioner, reason, revokedAt: now }));
  // Looked up again: it may have been cited, or taken back by another request, since the first look.
  const decision = before.revokedAt ? before : await requireDecision(tx, caller, request.id);
  if (decision.revocationReason !== reason) {
    throw new Failure(
      'conflict',
      { path: 'reason', en: 'the decision was taken back before, for another reason', zh: '该决定此前已因其他原因撤销' },
      { person },
    );
  }

  const posting = isNew
    ? await savings.reverse(tx, { person, id }, { kind: 'revocation', report: null }, now)
    : (await savings.find(tx, [person], [id])).get(id);
  const entities = [`RecognitionDecision/${idOfDecision(decision)}`];
  await recordAccess(tx, caller, [{ person, action: 'U', interaction: 'revokeDecision', entities }], now);
  return { isNew, decision: showDecision(decision, posting) };
}

function reasonMissing(): Failure {
  return new Failure('rule-violated', {
    path: 'reason',
    en: 'say why the decision is taken back',
    zh: '请说明撤销该决定的原因',
  });
}
