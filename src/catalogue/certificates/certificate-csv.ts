import type { Static } from 'typebox';
import { csvLine } from '../../faces/csv-cells.rules.ts';
import { readCsv } from '../../faces/read-csv.ts';
import { CERTIFICATE_COLUMNS, type CertificateColumn, type CertificateDraft } from './certificate.rules.ts';
import { type CertificateShown, ROWS_MAX } from './certificate.schema.ts';

type Shown = Static<typeof CertificateShown>;

/** What a list says beside the columns that make a certificate. */
const FURTHER_COLUMNS = ['id', 'institution', 'recorded_at', 'withdrawn_from', 'withdrawal_reason'] as const;

/** The rows of a list of certificates; the further columns of `certificateLine` are passed over, so that what was exported can be sent back. */
export function readCertificateCsv(text: string): readonly CertificateDraft[] {
  return readCsv<CertificateColumn>(text, {
    needed: ['uscc', 'item', 'scheme', 'scope', 'valid_from', 'valid_until'],
    optional: ['score', 'mark'],
    passedOver: FURTHER_COLUMNS,
    rowsMax: ROWS_MAX,
  });
}

/** The columns of a list as CSV. */
export const LIST_COLUMNS: readonly string[] = [...CERTIFICATE_COLUMNS, ...FURTHER_COLUMNS];

/** A certificate as a line of CSV. */
export function certificateLine(it: Shown): string {
  const own: Record<CertificateColumn, string> = {
    uscc: it.uscc,
    item: it.item,
    scheme: it.scheme,
    scope: it.scope,
    score: it.score === null ? '' : String(it.score),
    valid_from: it.validFrom,
    valid_until: it.validUntil,
    mark: it.mark,
  };
  const further: Record<(typeof FURTHER_COLUMNS)[number], string> = {
    id: it.id,
    institution: it.institutionName,
    recorded_at: it.recordedAt,
    withdrawn_from: it.withdrawal?.from ?? '',
    withdrawal_reason: it.withdrawal?.reason ?? '',
  };
  return csvLine([...CERTIFICATE_COLUMNS.map((column) => own[column]), ...FURTHER_COLUMNS.map((column) => further[column])]);
}
