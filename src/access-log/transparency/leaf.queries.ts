import type { Reader } from '../../database/client.ts';
import type { AccessKey } from '../access-entry-id.ts';

/** Where an entry stands in the tree. */
export interface LeafOfEntry {
  readonly leaf: number;
  readonly commitment: Buffer;
  readonly salt: string;
}

/** The leaf of an entry; `undefined` while it has no place yet, or is no entry. */
export async function findLeafOfEntry(reader: Reader, { recordedAt, id }: AccessKey): Promise<LeafOfEntry | undefined> {
  const { rows } = await reader.$client.query<{ leaf: string; commitment: Buffer; salt: string }>(
    `select leaf.index::text as leaf, leaf.commitment, salt
       from audit_log_leaves as leaf join access_log as entry on entry.recorded_at = leaf.recorded_at and entry.id = leaf.entry
      where leaf.recorded_at = $1 and leaf.entry = $2 and entry.recorded_at = $1 and entry.id = $2`,
    [recordedAt, String(id)],
  );
  return rows[0] && { ...rows[0], leaf: Number(rows[0].leaf) };
}
