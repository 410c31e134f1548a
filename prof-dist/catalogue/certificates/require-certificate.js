import { Failure } from '../../failure.js';
import { selectCertificate } from './certificate.queries.js';
/** The certificate of an id. Throws `not-found`. */
export async function requireCertificate(reader, id) {
    const certificate = await selectCertificate(reader, id);
    if (certificate)
        return certificate;
    throw new Failure('not-found', { path: 'id', en: 'there is no certificate of this id', zh: '没有该编号的证书' });
}
