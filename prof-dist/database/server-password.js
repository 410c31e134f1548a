import { randomBytes } from 'node:crypto';
import { chown, link, open, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
/**
 * The password of the server that belongs to a data folder, made at the first call and kept in `<home>/postgres-password`, readable by
 * the folder's owner alone. Programs that call at once get the same one. On disk before it is returned.
 */
export async function keepPassword(home) {
    const file = join(home, 'postgres-password');
    const kept = await readFile(file, 'utf8').catch((error) => {
        if (error.code !== 'ENOENT')
            throw error;
    });
    if (kept !== undefined)
        return kept.trim();
    const draft = `${file}.${randomBytes(4).toString('hex')}`;
    const handle = await open(draft, 'wx', 0o600);
    try {
        await handle.writeFile(`${randomBytes(24).toString('base64url')}\n`);
        await handle.sync();
    }
    finally {
        await handle.close();
    }
    if (process.geteuid?.() === 0) {
        const owner = await stat(home);
        await chown(draft, owner.uid, owner.gid);
    }
    // A link is made or refused in one step, so that all programs end with the password of the first, whole.
    await link(draft, file).catch((error) => {
        if (error.code !== 'EEXIST')
            throw error;
    });
    await unlink(draft);
    await syncFolder(home);
    return (await readFile(file, 'utf8')).trim();
}
/** Puts the names in a folder on disk: a new or renamed file could be lost with the machine's power until then. */
export async function syncFolder(folder) {
    const handle = await open(folder, 'r');
    try {
        await handle.sync();
    }
    finally {
        await handle.close();
    }
}
