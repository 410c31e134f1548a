import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
const run = promisify(execFile);
/** Without the program's own environment: no setting of a shell (PGDATA, PGOPTIONS, LD_LIBRARY_PATH) reaches a server. */
const SERVER_ENVIRONMENT = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C' };
/**
 * The account a database server runs under; `undefined` is the program's own.
 *
 * PostgreSQL refuses to run as root, so that under root it takes `postgres`, and where there is none, `nobody`.
 */
export async function findServerAccount() {
    if (process.geteuid?.() !== 0)
        return undefined;
    for (const name of ['postgres', 'nobody']) {
        const ids = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]).catch(() => undefined);
        if (ids)
            return { uid: Number(ids[0].stdout), gid: Number(ids[1].stdout) };
    }
    throw new Error('PostgreSQL does not run as root, and this machine has neither an account "postgres" nor "nobody" to run it as.');
}
/** The settings a command needs to run under the account; `undefined` is the program's own. */
export function asAccount(account, more = {}) {
    // The working directory of the program may be closed to the account, and a command that cannot read its own does not start.
    return { cwd: '/', env: { ...SERVER_ENVIRONMENT, ...more }, ...(account && { uid: account.uid, gid: account.gid }) };
}
/** Runs a command under the account to its end. A command that cannot be started has failed, and `output` says why. */
export function runAs(account, command, args) {
    return new Promise((resolve) => {
        const child = spawn(command, args, { ...asAccount(account), stdio: ['ignore', 'pipe', 'pipe'] });
        const output = [];
        child.stdout.on('data', (chunk) => output.push(chunk));
        child.stderr.on('data', (chunk) => output.push(chunk));
        child.on('error', (error) => resolve({ succeeded: false, output: error.message }));
        child.on('close', (code) => resolve({ succeeded: code === 0, output: Buffer.concat(output).toString('utf8').trim() }));
    });
}
/** Whether the account may enter a folder: asked of the system itself, since modes of all folders above count, and access lists too. */
export async function mayEnter(account, folder) {
    return (await runAs(account, '/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder])).succeeded;
}
