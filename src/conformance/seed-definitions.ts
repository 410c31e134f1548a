import { type Database, transact } from '../database/client.ts';
import { loadPackage } from './load-package.ts';
import { ownPackage, type Served } from './own-definitions.ts';

/** Puts what this server defines itself into the shared directory, where it is not there yet; once a release. */
export async function seedDefinitions(db: Database, release: string, released: string, served: Served, now: Date): Promise<void> {
  const own = ownPackage(release, released, served);
  await transact(db, (tx) => loadPackage(tx, own, now));
}
