import type { Reader } from '../../database/client.ts';
import { findInstitutions } from '../../institutions/find-institution.ts';
import { type CertificateFilter, type CertificatePlace, listCertificates, type StoredCertificate } from './certificate.queries.ts';
import { showCertificate } from './certificate.schema.ts';
import { certificateLine } from './certificate-csv.ts';

const BATCH = 1_000;

/** Every certificate that fits as lines of CSV, read as fast as they are taken. */
export async function* streamCertificates(reader: Reader, filter: CertificateFilter): AsyncGenerator<string, void, undefined> {
  let after: CertificatePlace | undefined;
  do {
    const rows = await listCertificates(reader, filter, after, BATCH);
    const institutions = await findInstitutions(reader, [...new Set(rows.map((it) => it.institution))]);
    if (rows.length > 0) yield rows.map((it) => certificateLine(showCertificate(it, institutions))).join('');
    const last = rows.length === BATCH ? rows.at(-1) : undefined;
    after = last && placeOf(last);
  } while (after);
}

/** Where a list goes on after a certificate. */
export function placeOf({ item, institution, validFrom, id }: StoredCertificate): CertificatePlace {
  return [item, institution, validFrom, id];
}
