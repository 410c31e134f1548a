import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HASH_BYTES, TILE_WIDTH, tilePath } from './tile.rules.js';
const ANSWER_MAX_MS = 30_000;
const FILE_MAX = 128 * 1024;
/** The files of a log cannot be had: no such folder, no answer, a status that says no. */
export class UnreadableLog extends Error {
    name = 'UnreadableLog';
}
/**
 * A log as it gives itself out to everybody (C2SP tlog-tiles), below an address such as `https://exchange.example/audit-log` or in a folder with
 * the same files. Nothing else is asked of anybody. The newest checkpoint is read at once, so that what is read elsewhere later has at least as many
 * entries.
 */
export async function openStaticLog(base) {
    const isWeb = /^https?:\/\//.test(base);
    const read = isWeb ? (path) => fetchFile(`${base.replace(/\/+$/, '')}/${path}`) : (path) => readLocal(join(base, path));
    const newest = (await read('checkpoint'))?.toString('utf8');
    return {
        name: base,
        isDatabase: false,
        newest: async () => newest,
        keys: async () => {
            const text = (await read('keys'))?.toString('utf8') ?? '';
            return text.split('\n').filter((it) => it !== '');
        },
        tile: async (level, index, width) => {
            const at = (wide) => `tile/${level}/${tilePath({ index, width: wide })}`;
            const part = width === TILE_WIDTH ? undefined : await read(at(width));
            // Whoever keeps the files of a log may keep the full tile alone once it is full.
            return part ?? (await read(at(TILE_WIDTH)))?.subarray(0, width * HASH_BYTES);
        },
        checkpoints: async function* () { },
    };
}
async function readLocal(path) {
    try {
        return await readFile(path);
    }
    catch (error) {
        if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes(error.code ?? ''))
            return undefined;
        throw new UnreadableLog(`${path}: ${error.message}`);
    }
}
async function fetchFile(url) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MAX_MS), redirect: 'error' }).catch((error) => {
        throw new UnreadableLog(`${url}: ${error.message}`);
    });
    if (answer.status === 404 || answer.status === 410)
        return undefined;
    if (!answer.ok)
        throw new UnreadableLog(`${url} answered ${answer.status}`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (bytes.length > FILE_MAX)
        throw new UnreadableLog(`${url} answered with ${bytes.length} bytes, more than any file of a log has`);
    return bytes;
}
