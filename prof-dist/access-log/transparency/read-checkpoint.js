import { parseCheckpoint } from './checkpoint.rules.js';
import { parseNote, verifyNote } from './signed-note.js';
/**
 * Reads a checkpoint and holds its signatures against the keys one trusts; `undefined` where it is none at all. One that nobody trusted has
 * signed is a finding, and is judged all the same.
 */
export function readCheckpoint(text, name, keys, findings) {
    const note = parseNote(text);
    const checkpoint = note && parseCheckpoint(note.body);
    if (!note || !checkpoint) {
        findings.add('unreadable', { where: name });
        return undefined;
    }
    const verdict = verifyNote(note, keys);
    const isOfLog = verdict.isSigned && verdict.by.some((it) => it.key.kind === 'ed25519' && it.key.name === checkpoint.origin);
    if (!isOfLog)
        findings.add('signature-wrong', { where: name, leaf: 0, until: checkpoint.size });
    return checkpoint;
}
