import type { Reader } from '../../database/client.ts';
import { Failure } from '../../failure.ts';
import { type StoredCertificate, selectCertificate } from './certificate.queries.ts';

/** The certificate of an id. Throws `not-found`. */
export async function requireCertificate(reader: Reader, id: string): Promise<StoredCertificate> {
  const certificate = await selectCertificate(reader, id);
  if (certificate) return certificate;
  throw new Failure('not-found', { path: 'id', en: 'there is no certificate of this id', zh: '没有该编号的证书' });
}
