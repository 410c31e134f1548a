import type { AccessRow } from './access-log.queries.ts';

/** A person's key as it begins the ids of that person's resources. */
export function personText(person: bigint): string {
  return person.toString(16).padStart(16, '0');
}

/**
 * An entry as the institution that acted may see it: the person is named only where something of that person was shown or stored.
 *
 * The exchange logs under a person's key whenever it knows the person. An institution that asked in vain, for want of consent, could tell
 * from the key in its own log that there is such a person; nothing is revealed before consent.
 */
export function discreet(row: AccessRow): AccessRow {
  const key = `/${personText(row.person)}`;
  return row.entities.some((it) => it.includes(key)) ? row : { ...row, person: 0n };
}
