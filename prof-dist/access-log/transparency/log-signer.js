import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { serverSecret } from '../../resources/server-secret.js';
import { checkpointBody, originOf, parseCheckpoint } from './checkpoint.rules.js';
import { parseNote, signNote, writeNote } from './signed-note.js';
import { verifierKeyOf } from './verifier-key.js';
/**
 * Signs the checkpoints of the log with every key it was given, the current one first, so that whoever knows an older one can still verify
 * them while keys change.
 *
 * Without a key it uses one that is kept in the database, made on first use: good against whoever forges a checkpoint outside, not against the
 * owner of the database, who can read it.
 */
export class LogSigner {
    #options;
    constructor(options) {
        this.#options = options;
    }
    /** The signed checkpoint of this size and root. The log keeps the name that its `former` checkpoint has unless it was given another. */
    async sign(reader, size, root, former, now) {
        const { auditLogOrigin, publicUrl } = this.#options;
        const origin = auditLogOrigin ?? nameIn(former) ?? originOf(publicUrl);
        const keys = await this.#keys(reader, now);
        const body = checkpointBody({ origin, size, root });
        const lines = keys.map((it) => signNote(body, origin, it));
        return { note: writeNote(body, lines), vkeys: keys.map((it) => verifierKeyOf(origin, 'ed25519', it).vkey) };
    }
    /** Read anew each time: a key made in a transaction that was rolled back was never there. */
    async #keys(reader, now) {
        const { auditLogKeys = [] } = this.#options;
        if (auditLogKeys.length > 0)
            return auditLogKeys;
        const fresh = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' });
        const kept = await serverSecret(reader, 'audit-log-key', fresh, now);
        return [createPrivateKey({ key: kept, format: 'der', type: 'pkcs8' })];
    }
}
function nameIn(note) {
    return note === undefined ? undefined : parseCheckpoint(parseNote(note)?.body ?? '')?.origin;
}
