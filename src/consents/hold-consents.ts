import type { Transaction } from '../database/client.ts';

/**
 * Keeps what a human being (all keys of whom are given) has consented to as it is until this transaction ends: a withdrawal waits for the
 * answers that still rest on the consent, so that none is given after its own. To be called before the consents are read. Others may hold
 * them too. For nobody it does the same.
 */
export async function holdConsents(tx: Transaction, persons: readonly bigint[]): Promise<void> {
  await tx.$client.query({
    name: 'hold-consents',
    text: `select pg_advisory_xact_lock_shared(person) from (select unnest($1::bigint[]) as person order by 1) as persons`,
    values: [persons.map(String)],
  });
}

/** Waits until nobody holds what was consented to under these keys, and keeps others from it until this transaction ends. */
export async function claimConsents(tx: Transaction, persons: readonly bigint[]): Promise<void> {
  await tx.$client.query({
    name: 'claim-consents',
    text: `select pg_advisory_xact_lock(person) from (select distinct unnest($1::bigint[]) as person order by 1) as persons`,
    values: [persons.map(String)],
  });
}
