import { randomBytes } from 'node:crypto';
import { recordAccess } from '../../access-log/record-access.ts';
import type { Transaction } from '../../database/client.ts';
import { Failure, firstIssues, type Issue } from '../../failure.ts';
import { findInstitutionsByUscc } from '../../institutions/find-institution.ts';
import { findScopeNames } from '../../institutions/find-scope-names.ts';
import { normaliseUscc } from '../../institutions/uscc.rules.ts';
import type { Caller } from '../../security/caller.ts';
import { findItems } from '../items/find-items.ts';
import { insertCertificates, lockCertificates, type StoredCertificate, selectCertificatesOf } from './certificate.queries.ts';
import { type CertificateDraft, type CertificateFacts, readCertificate } from './certificate.rules.ts';
import { compareCertificates, type PlacedRow } from './overlap.rules.ts';

/** What a list came to. */
export interface SetCertificates {
  /** How many are new; the others were stored already. */
  readonly added: number;
  /** In the order of the list. */
  readonly certificates: readonly StoredCertificate[];
}

/**
 * Adds the certificates of a list, all or none. Those that are stored already stay as they are, withdrawn ones too, so that the same list again
 * changes nothing.
 *
 * Throws `rule-violated` with every faulty row: what cannot be read, and what shares a day with another certificate of the same institution,
 * item, scheme and scope, in the list or stored. Two lists at once take turns. Statements, whatever the length of the list: 7.
 */
export async function setCertificates(
  tx: Transaction,
  caller: Caller,
  drafts: readonly CertificateDraft[],
  now: Date,
): Promise<SetCertificates> {
  await lockCertificates(tx);
  const list = await readList(tx, drafts, now);
  const stored = await selectCertificatesOf(
    tx,
    [...new Set(list.map((it) => it.row.institution))],
    [...new Set(list.map((it) => it.row.item))],
  );
  const comparison = compareCertificates(list, stored);
  if ('faults' in comparison) throw new Failure('rule-violated', firstIssues(comparison.faults));

  const storedById = new Map(stored.map((it) => [it.id, it]));
  const certificates = list.map(
    ({ row }, index) =>
      storedById.get(comparison.repeated[index]?.id ?? '') ?? { ...row, id: freshId(), recordedAt: now, withdrawal: null },
  );
  const added = certificates.filter((it) => !storedById.has(it.id));
  await insertCertificates(tx, added, now);
  const entities = added.map((it) => `Certificate/${it.id}`);
  await recordAccess(tx, caller, [{ person: 0n, action: 'U', interaction: 'setCertificates', entities }], now);
  return { added: added.length, certificates };
}

async function readList(tx: Transaction, drafts: readonly CertificateDraft[], now: Date): Promise<readonly PlacedRow[]> {
  const facts = await gatherFacts(tx, drafts, now);
  const faults: Issue[] = [];
  const list = drafts.flatMap((draft) => {
    const read = readCertificate(draft, facts);
    if ('institution' in read) return [{ row: read, place: draft.placeOf('valid_from') }];
    faults.push(...read);
    return [];
  });
  if (faults.length > 0) throw new Failure('rule-violated', firstIssues(faults));
  return list;
}

async function gatherFacts(tx: Transaction, drafts: readonly CertificateDraft[], now: Date): Promise<CertificateFacts> {
  const usccs = new Set(drafts.map((it) => normaliseUscc(it.cells.uscc)));
  const institutions = await findInstitutionsByUscc(tx, [...usccs]);
  const { items } = await findItems(tx, [...new Set(drafts.map((it) => it.cells.item))], now);
  const names = await findScopeNames(tx);
  return {
    institutionOf: (uscc) => institutions.get(normaliseUscc(uscc))?.institution,
    isItem: (code) => items.has(code),
    nameOf: ({ kind, code }) => (kind === 'region' ? names.regions : kind === 'alliance' ? names.alliances : undefined)?.get(code),
  };
}

/** It tells nothing about what it names, and no spreadsheet takes it for a number or a formula. */
function freshId(): string {
  return `hr-${randomBytes(8).toString('hex')}`;
}
