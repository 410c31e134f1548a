import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readlink, realpath, rename, rmdir, stat, symlink, unlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { mayEnter } from './server-account.js';
import { UnusableDatabase } from './unusable-database.js';
const OUTSIDE = '/var/lib/tongjian';
const SOCKET_NAME = '/.s.PGSQL.5432';
/** macOS takes 103 bytes, Linux 107. */
const SOCKET_ADDRESS_BYTES_MAX = 103;
/**
 * Finds or makes the place of the server that belongs to a data folder: `<folder>/postgres`.
 *
 * Under root, where the server runs as another account, that account may be unable to enter the data folder, as below /root. The place
 * is then `/var/lib/tongjian/<random>`, and `<folder>/postgres` a link to it: the link decides, so that the data folder may be moved.
 * Data that are there already are served by the account they belong to. Several programs may call this at once; all find the same place.
 * Throws UnusableDatabase when somebody else's files are in the way.
 */
export async function prepareDataPlace(folder, account, log) {
    const home = await openHome(resolve(folder), account);
    const entry = join(home, 'postgres');
    try {
        await finishMove(entry);
        if (!(await lstat(entry).catch(ifAbsent)))
            await makePlace(home, entry, account, log);
        else if (account)
            await bringWithinReach(home, entry, log);
        const path = await realpath(entry);
        const owner = await settleOwner(path, account);
        return { home, path, account: owner, socketFolder: await openSocketFolder(path, owner) };
    }
    catch (error) {
        throw explain(error, entry);
    }
}
/** The folder for what the server's account cannot reach in the data folder; under root only. */
export async function openOutside() {
    if (await mkdir(OUTSIDE, { recursive: true }))
        await chmod(OUTSIDE, 0o711);
    return OUTSIDE;
}
/** The data folder itself: closed to others, but for the server's account, which has to pass through. */
async function openHome(folder, account) {
    const mode = account ? 0o711 : 0o700;
    const created = await mkdir(folder, { recursive: true, mode });
    // Again, since the mode of a new folder is cut down by the umask.
    if (created)
        await chmod(folder, mode);
    return await realpath(folder);
}
async function makePlace(home, entry, account, log) {
    if (await mayEnter(account, home)) {
        await mkdir(entry, { mode: 0o700 }).catch(ifThere);
        return;
    }
    const outside = await makeOutside(home);
    try {
        await symlink(outside, entry);
        log(`database files are in ${outside}, since the account PostgreSQL runs under cannot enter ${home}`);
    }
    catch (error) {
        // Another program was faster: the entry is there, and this place is not needed.
        await rmdir(outside);
        await unlink(homeOf(outside));
        ifThere(error);
    }
}
/** An empty folder outside, and beside it a link back to the data folder it belongs to. */
async function makeOutside(home) {
    const outside = join(await openOutside(), randomBytes(6).toString('hex'));
    await mkdir(outside, { mode: 0o700 });
    await symlink(home, homeOf(outside));
    return outside;
}
/** Sees to a place from an earlier start, under root: it may have been moved or copied since. */
async function bringWithinReach(home, entry, log) {
    const path = await realpath(entry);
    if (path.startsWith(`${OUTSIDE}/`))
        return await claimOutside(home, path);
    const { uid, gid } = await stat(path);
    if (uid === 0 || (await mayEnter({ uid, gid }, home)))
        return;
    const outside = await makeOutside(home);
    // The link comes first, under another name: whatever ends the program in between, the data are found again.
    await symlink(outside, moveOf(entry));
    await rename(path, outside).catch(async (error) => {
        await Promise.all([unlink(moveOf(entry)), rmdir(outside), unlink(homeOf(outside))]);
        throw error;
    });
    await symlink(outside, entry).catch(ifThere);
    await finishMove(entry);
    log(`database files moved to ${outside}, since their account cannot enter ${home}`);
}
/** Completes a move outside that was interrupted, or forgets it if it had not begun. */
async function finishMove(entry) {
    if (!(await lstat(moveOf(entry)).catch(ifAbsent)))
        return;
    if (await lstat(entry).catch(ifAbsent))
        await unlink(moveOf(entry)).catch(ifAbsent);
    else
        await rename(moveOf(entry), entry).catch(ifAbsent);
}
/** One place outside belongs to one data folder. A folder that was moved keeps it; a copy does not share it with the original. */
async function claimOutside(home, path) {
    const owner = await readlink(homeOf(path)).catch(ifAbsent);
    if (owner === home)
        return;
    if (owner && (await realpath(join(owner, 'postgres')).catch(ifAbsent)) === path) {
        throw new UnusableDatabase(`${home} looks like a copy of ${owner}: both name the database files in ${path}. Remove ${join(home, 'postgres')}, which is only a link, to begin with an empty database here.`);
    }
    await symlink(home, `${homeOf(path)}.next`).catch(ifThere);
    await rename(`${homeOf(path)}.next`, homeOf(path)).catch(ifAbsent);
}
/** Gives a new place to the server's account; an older one keeps the account it has, and the server runs as that. */
async function settleOwner(path, account) {
    const { uid, gid } = await stat(path);
    if (!account) {
        if (uid === process.geteuid?.())
            return undefined;
        throw new UnusableDatabase(`The database files in ${path} belong to another account (number ${uid}). Start the program as that one, or name another folder in DATA_FOLDER.`);
    }
    if (uid !== 0)
        return { uid, gid };
    await chown(path, account.uid, account.gid);
    return account;
}
/** The place itself, or, where its path is too long for the address of a socket, a folder in /tmp that is closed to others. */
async function openSocketFolder(path, account) {
    if (Buffer.byteLength(path + SOCKET_NAME) <= SOCKET_ADDRESS_BYTES_MAX)
        return path;
    const folder = `/tmp/tongjian-${createHash('sha256').update(path).digest('hex').slice(0, 16)}`;
    await mkdir(folder, { mode: 0o700 }).catch(ifThere);
    const found = await lstat(folder);
    const mine = found.uid === process.geteuid?.();
    if (!found.isDirectory() || !(mine || found.uid === account?.uid) || (found.mode & 0o077) !== 0) {
        throw new UnusableDatabase(`${folder} is needed for the database socket, and somebody else's file is there. Name a folder with a shorter path in DATA_FOLDER.`);
    }
    if (account && mine)
        await chown(folder, account.uid, account.gid);
    return folder;
}
function explain(error, entry) {
    const { code } = error;
    const remedy = 'Name another folder in DATA_FOLDER, or a server in DATABASE_URL.';
    if (code === 'ENOENT')
        return new UnusableDatabase(`${entry} is a link to database files that are not there. Bring them back, or remove the link. ${remedy}`, {
            cause: error,
        });
    if (code === 'EXDEV')
        return new UnusableDatabase(`${entry} cannot be entered by the account it belongs to, and cannot be moved to ${OUTSIDE}, which is on another disk. ${remedy}`, { cause: error });
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
        return new UnusableDatabase(`${entry} cannot be used (${error.message}). ${remedy}`, { cause: error });
    return error;
}
function homeOf(outside) {
    return `${outside}.home`;
}
function moveOf(entry) {
    return `${entry}.next`;
}
function ifAbsent(error) {
    if (error.code !== 'ENOENT')
        throw error;
}
function ifThere(error) {
    if (error.code !== 'EEXIST')
        throw error;
}
