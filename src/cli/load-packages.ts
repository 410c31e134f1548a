import { readFile } from 'node:fs/promises';
import { loadPackage } from '../conformance/load-package.ts';
import { type Package, readPackage } from '../conformance/read-package.ts';
import { type Database, transact } from '../database/client.ts';
import { Failure } from '../failure.ts';
import { UnusablePackage } from './unusable-package.ts';

/** A package with the file it came from. */
export interface PackageFile {
  readonly file: string;
  readonly content: Package;
}

/** Reads every file, in their order. Throws UnusablePackage with the file and every reason. */
export async function readPackageFiles(files: readonly string[]): Promise<readonly PackageFile[]> {
  const read: PackageFile[] = [];
  for (const file of files) {
    const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
      throw new UnusablePackage(`${file}: cannot be read (${error.code})`, { cause: error });
    });
    read.push({ file, content: await readPackage(bytes).catch((error: unknown) => refused(file, error)) });
  }
  return read;
}

/** Loads the packages into the database, each in a transaction of its own; one that is there already stays as it is. */
export async function loadPackageFiles(
  db: Database,
  packages: readonly PackageFile[],
  now: Date,
  log: (line: string) => void,
): Promise<void> {
  for (const { file, content } of packages) {
    const outcome = await transact(db, (tx) => loadPackage(tx, content, now)).catch((error: unknown) => refused(file, error));
    log(`Package ${content.name} ${content.version} ${outcome === 'loaded' ? 'is loaded' : 'was loaded before'}.`);
  }
}

function refused(file: string, error: unknown): never {
  if (!(error instanceof Failure)) throw error;
  const reasons = error.issues.map((it) => `${it.path ? `${it.path}: ` : ''}${it.en}\n  ${it.zh}`);
  throw new UnusablePackage(`${file} cannot be loaded:\n${reasons.map((it) => `  ${it}`).join('\n')}`, { cause: error });
}
