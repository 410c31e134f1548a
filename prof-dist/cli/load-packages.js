import { readFile } from 'node:fs/promises';
import { loadPackage } from '../conformance/load-package.js';
import { readPackage } from '../conformance/read-package.js';
import { transact } from '../database/client.js';
import { Failure } from '../failure.js';
import { UnusablePackage } from './unusable-package.js';
/** Reads every file, in their order. Throws UnusablePackage with the file and every reason. */
export async function readPackageFiles(files) {
    const read = [];
    for (const file of files) {
        const bytes = await readFile(file).catch((error) => {
            throw new UnusablePackage(`${file}: cannot be read (${error.code})`, { cause: error });
        });
        read.push({ file, content: await readPackage(bytes).catch((error) => refused(file, error)) });
    }
    return read;
}
/** Loads the packages into the database, each in a transaction of its own; one that is there already stays as it is. */
export async function loadPackageFiles(db, packages, now, log) {
    for (const { file, content } of packages) {
        const outcome = await transact(db, (tx) => loadPackage(tx, content, now)).catch((error) => refused(file, error));
        log(`Package ${content.name} ${content.version} ${outcome === 'loaded' ? 'is loaded' : 'was loaded before'}.`);
    }
}
function refused(file, error) {
    if (!(error instanceof Failure))
        throw error;
    const reasons = error.issues.map((it) => `${it.path ? `${it.path}: ` : ''}${it.en}\n  ${it.zh}`);
    throw new UnusablePackage(`${file} cannot be loaded:\n${reasons.map((it) => `  ${it}`).join('\n')}`, { cause: error });
}
