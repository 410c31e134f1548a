import { transact } from '../database/client.js';
import { loadPackage } from './load-package.js';
import { ownPackage } from './own-definitions.js';
/** Puts what this server defines itself into the shared directory, where it is not there yet; once a release. */
export async function seedDefinitions(db, release, released, served, now) {
    const own = ownPackage(release, released, served);
    await transact(db, (tx) => loadPackage(tx, own, now));
}
