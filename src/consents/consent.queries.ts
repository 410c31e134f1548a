import type { Reader } from '../database/client.ts';
import type { Consent } from './consent.rules.ts';

/** The consents of these person keys that are active and about this institution or any; by primary key prefix. */
export async function findConsentsConcerning(reader: Reader, persons: readonly bigint[], institution: number): Promise<readonly Consent[]> {
  const { rows } = await reader.$client.query<Consent>({
    name: 'find-consents-concerning',
    text: `
      select decision, active, grantees, categories, purposes, valid_from as "validFrom", valid_until as "validUntil"
      from consents
      where person = any ($1::bigint[]) and active and (grantees = '{}' or $2 = any (grantees))`,
    values: [persons.map(String), institution],
  });
  return rows;
}
