import { access, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { auditLog } from '../access-log/transparency/audit-log.js';
import { databaseEntries, databaseLeaves, databaseLog } from '../access-log/transparency/database-log.js';
import { exportEntries, UnreadableExport } from '../access-log/transparency/read-export.js';
import { openStaticLog, UnreadableLog } from '../access-log/transparency/static-log.js';
import { parseVerifierKey } from '../access-log/transparency/verifier-key.js';
import { openDatabase, transact } from '../database/client.js';
import { GATEWAY_ROLE } from '../database/gateway-role.js';
import { parseProof, reportOnProof } from './audit-proof.js';
import { shownReport, shownStep } from './show-audit.rules.js';
import { provideDatabase } from './start-gateway.js';
const USAGE = `Usage: tongjian audit verify [--export <file>]… [--log <address or folder>] [--checkpoint <file>]… [--key <vkey or file>]… [--part] [--json]
       tongjian audit verify --proof <file> --key <vkey or file>… [--json]

Holds the entries of the access log against the signed tree, and names every one that was changed, removed, inserted, exchanged or doubled.
Changes nothing. Exit code 0: everything holds; 1: something does not; 2: the question is wrong or cannot be answered.

  --export      take the entries from this file (GET /v1/access-log?leaves=true, application/x-ndjson) instead of the database;
                several times, in their order, where it broke off and was taken up again
  --log         take the tree from the files everybody can get, such as https://exchange.example/audit-log, or a folder with them,
                instead of the database; with --export no database is needed
  --checkpoint  a checkpoint of your own, kept from earlier; may be given several times
  --key         a public key (vkey) that you trust, or a file with one a line; may be given several times
  --proof       instead of all that: the proof of one entry (GET /v1/access-log/{id}/proof), held against the keys; needs nothing else
  --part        the export was asked for with filters: entries that are not in it are not missing
  --json        the findings for another program
`;
/** The arguments, or a file they name, cannot be used. */
class Unusable extends Error {
}
/** `tongjian audit verify`: answers the exit code (0: everything holds, 1: findings, 2: wrong arguments or unreadable files). */
export async function auditVerifyCommand(config, argv, print, say) {
    try {
        const asked = await readArguments(argv);
        if (!asked) {
            say(USAGE);
            return 0;
        }
        if (asked.proof) {
            const { isProved, lines, json } = reportOnProof(asked.proof, asked.keys);
            print(asked.isJson ? JSON.stringify(json, null, 2) : lines.join('\n'));
            return isProved ? 0 : 1;
        }
        const report = await verify(config, asked, say);
        print(asked.isJson ? JSON.stringify(report, null, 2) : shownReport(report).join('\n'));
        return report.count === 0 ? 0 : 1;
    }
    catch (error) {
        if (!(error instanceof Unusable || error instanceof UnreadableLog || error instanceof UnreadableExport))
            throw error;
        say(error.message);
        return 2;
    }
}
async function verify(config, asked, say) {
    const { own, keys, isPart, logAt, exports } = asked;
    const files = logAt === undefined ? undefined : await openStaticLog(logAt);
    const entries = exports.length === 0 ? undefined : exportEntries(exports);
    const progress = shownProgress(say);
    if (files && entries)
        return await auditLog({ log: files, table: undefined, entries, own, keys, isPart }, progress);
    const database = await provideDatabase(config, say);
    const { db, close } = openDatabase({ url: database.url, poolMax: 1, settings: { role: GATEWAY_ROLE }, statementTimeoutMs: 0 });
    try {
        return await transact(db, async (tx) => {
            // One moment of the database, so that what is written meanwhile is not taken for a fault.
            await tx.$client.query('set transaction isolation level repeatable read, read only');
            const question = { log: files ?? databaseLog(tx), table: await databaseLeaves(tx), entries: entries ?? databaseEntries(tx) };
            return await auditLog({ ...question, own, keys, isPart }, progress);
        });
    }
    finally {
        await close();
        await database.stop();
    }
}
/** A line every few seconds while it takes long. */
const STEP_MS = 5_000;
function shownProgress(say) {
    let told = performance.now();
    return (of, done, total) => {
        if (performance.now() - told < STEP_MS)
            return;
        told = performance.now();
        say(shownStep(of, done, total));
    };
}
async function readArguments(argv) {
    const values = parsed(argv);
    if (values.help)
        return undefined;
    const own = await Promise.all((values.checkpoint ?? []).map(async (it) => ({ name: basename(it), note: await readable('--checkpoint', it, readFile(it, 'utf8')) })));
    const keys = (await Promise.all((values.key ?? []).map(readKeys))).flat();
    if (values.part && values.export === undefined)
        throw new Unusable(`--part goes with --export.\n${USAGE}`);
    const exports = values.export ?? [];
    for (const it of exports)
        await readable('--export', it, access(it));
    const proof = values.proof === undefined ? undefined : await readProof(values.proof);
    if (proof && (keys.length === 0 || values.export || values.log !== undefined || values.checkpoint)) {
        throw new Unusable(`--proof goes with --key, and with nothing but that and --json.\n${USAGE}`);
    }
    return { proof, exports, logAt: values.log, own, keys, isPart: values.part, isJson: values.json };
}
function parsed(argv) {
    try {
        const { values } = parseArgs({
            args: [...argv],
            options: {
                export: { type: 'string', multiple: true },
                log: { type: 'string' },
                checkpoint: { type: 'string', multiple: true },
                key: { type: 'string', multiple: true },
                proof: { type: 'string' },
                part: { type: 'boolean', default: false },
                json: { type: 'boolean', default: false },
                help: { type: 'boolean', short: 'h', default: false },
            },
        });
        return values;
    }
    catch (error) {
        throw new Unusable(`${error.message}\n${USAGE}`);
    }
}
async function readProof(file) {
    const proof = parseProof(await readable('--proof', file, readFile(file, 'utf8')));
    if (!proof)
        throw new Unusable(`--proof: ${file} is no proof as GET /v1/access-log/{id}/proof answers it (application/json)`);
    return proof;
}
/** The key itself, or those in a file of this name. */
async function readKeys(text) {
    const key = parseVerifierKey(text);
    if (key)
        return [key];
    const lines = (await readable('--key', text, readFile(text, 'utf8'))).split(/\r?\n/).filter((it) => it !== '');
    return lines.map((line) => {
        const read = parseVerifierKey(line);
        if (!read)
            throw new Unusable(`--key: "${line.slice(0, 80)}" in ${text} is no vkey (<name>+<id>+<base64>)`);
        return read;
    });
}
/** What reading a file yields; throws `Unusable` where there is no such file. */
async function readable(option, file, reading) {
    return await reading.catch((error) => {
        throw new Unusable(`${option}: ${file} cannot be read: ${error.message}`);
    });
}
