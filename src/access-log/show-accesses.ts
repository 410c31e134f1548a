import type { Reader } from '../database/client.ts';
import { findInstitutions, type Institution } from '../institutions/find-institution.ts';
import type { AccessEntry } from './access-entry.schema.ts';
import { encodeAccessId } from './access-entry-id.ts';
import type { AccessRow } from './access-log.queries.ts';
import { personText } from './discretion.rules.ts';

/** Names of institutions, each looked up once for as long as the object lives: for one answer, not longer. */
export class InstitutionNames {
  private readonly known = new Map<number, Institution | undefined>();
  private readonly reader: Reader;

  constructor(reader: Reader) {
    this.reader = reader;
  }

  /** The institutions of these rows; one statement, or none where all are known. */
  async of(rows: readonly Pick<AccessRow, 'institution'>[]): Promise<ReadonlyMap<number, Institution | undefined>> {
    const fresh = new Set(rows.flatMap((it) => (it.institution === null || this.known.has(it.institution) ? [] : [it.institution])));
    if (fresh.size > 0) {
      const found = await findInstitutions(this.reader, [...fresh]);
      for (const number of fresh) this.known.set(number, found.get(number));
    }
    return this.known;
  }
}

/** A row as the flat route shows it. */
export function accessEntry(row: AccessRow, institution: Institution | undefined): AccessEntry {
  return {
    id: encodeAccessId(row),
    recordedAt: row.recordedAt.toISOString(),
    action: row.action,
    interaction: row.interaction,
    outcome: row.outcome,
    ...(row.failure === null ? {} : { failure: row.failure }),
    ...(row.person === 0n ? {} : { person: personText(row.person) }),
    ...(institution ? { institution: { uscc: institution.uscc, name: institution.name } } : {}),
    ...(row.client === null ? {} : { client: row.client }),
    ...(row.practitionerValue === null
      ? {}
      : { practitioner: { system: row.practitionerSystem ?? '', value: row.practitionerValue, name: row.practitionerName ?? '' } }),
    purpose: row.purpose,
    ...(row.reason === null ? {} : { reason: row.reason }),
    reviewDue: row.reviewDue,
    entities: [...row.entities],
    ...(row.query === null ? {} : { query: row.query }),
    requestId: row.requestId,
    ...(row.address === null ? {} : { address: row.address }),
  };
}
