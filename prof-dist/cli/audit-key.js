import { generateKeyPairSync } from 'node:crypto';
import { parseArgs } from 'node:util';
import { originOf } from '../access-log/transparency/checkpoint.rules.js';
import { verifierKeyOf } from '../access-log/transparency/verifier-key.js';
const USAGE = `Usage: tongjian audit key

Prints a fresh key that signs the checkpoints of the access log: its public half (vkey) in the first line, for auditors, then the private key
as PEM, for the file that AUDIT_LOG_KEY_FILE names. Nothing is kept here.
`;
/**
 * `tongjian audit key`: a fresh key that signs the checkpoints of the access log, as PEM on standard output, fit for the file that
 * AUDIT_LOG_KEY_FILE names. The line before it is the public half, for auditors. Nothing is kept here. Answers the exit code (2: wrong
 * arguments, and no key is made).
 */
export async function auditKeyCommand(config, argv, print, say) {
    const refusal = readArguments(argv);
    if (refusal !== undefined) {
        say(refusal === '' ? USAGE : `${refusal}\n\n${USAGE}`);
        return refusal === '' ? 0 : 2;
    }
    const { privateKey } = generateKeyPairSync('ed25519');
    print(verifierKeyOf(config.auditLogOrigin ?? originOf(config.publicUrl), 'ed25519', privateKey).vkey);
    print(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString().trim());
    return 0;
}
/** What is wrong with the arguments, if anything; the empty text where help was asked for. */
function readArguments(argv) {
    try {
        const { values } = parseArgs({ args: [...argv], options: { help: { type: 'boolean', short: 'h' } } });
        return values.help ? '' : undefined;
    }
    catch (error) {
        return error.message;
    }
}
