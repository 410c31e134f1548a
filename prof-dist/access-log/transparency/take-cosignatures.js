import { Failure } from '../../failure.js';
import { findCheckpoint } from './checkpoint.queries.js';
import { parseCheckpoint } from './checkpoint.rules.js';
import { takenOf } from './set-witnesses.js';
import { parseNote, verifyNote } from './signed-note.js';
import { parseVerifierKey } from './verifier-key.js';
import { insertCosignatures, readWitnesses } from './witness.queries.js';
/** How far the clock of a witness may be off. */
const CLOCK_MS = 5 * 60_000;
/**
 * Keeps what registered witnesses say about a checkpoint of this log; answers the witnesses whose cosignatures are in the note and hold. What
 * others signed is passed over, and what a witness has already said about the same size stands.
 *
 * Throws `malformed` for what is no checkpoint, `not-found` for a size that was never signed here, `conflict` for one that was signed with
 * another root or under another name (which is a forgery, or the fault it is all about), `rule-violated` for a signature that does not hold,
 * or was made before the checkpoint or after now, or where there is none of a registered witness.
 */
export async function takeCosignatures(tx, text, now) {
    const note = parseNote(text);
    const checkpoint = note && parseCheckpoint(note.body);
    if (!note || !checkpoint)
        throw new Failure('malformed', { path: 'body', en: 'is no signed checkpoint', zh: '不是有效的已签名检查点' });
    const stored = await findCheckpoint(tx, checkpoint.size);
    if (!stored) {
        throw new Failure('not-found', {
            en: `no checkpoint of ${checkpoint.size} leaves was signed`,
            zh: `没有签署过大小为 ${checkpoint.size} 的检查点`,
        });
    }
    if (parseNote(stored.note)?.body !== note.body) {
        throw new Failure('conflict', { path: 'body', en: 'another checkpoint of this size was signed', zh: '该大小所签署的是另一个检查点' });
    }
    const by = await signedByWitnesses(tx, note);
    const untimely = by.some(({ time = 0 }) => time * 1000 < stored.signedAt.getTime() - CLOCK_MS || time * 1000 > now.getTime() + CLOCK_MS);
    if (untimely)
        throw unacceptable('was made before the checkpoint, or is of the future', '的时间早于检查点或晚于当前时间');
    await insertCosignatures(tx, checkpoint.size, by.map(({ key, line }) => ({ vkey: key.vkey, line })), now);
    return by;
}
async function signedByWitnesses(tx, note) {
    const keys = takenOf(await readWitnesses(tx))
        .map((it) => parseVerifierKey(it.vkey))
        .filter((it) => it !== undefined);
    const verdict = verifyNote(note, keys);
    if (!verdict.isSigned && verdict.reason === 'wrong-signature')
        throw unacceptable('does not hold', '验证失败');
    if (!verdict.isSigned)
        throw unacceptable('is of no registered witness', '不属于已登记的见证方');
    return [...new Map(verdict.by.map((it) => [it.key.vkey, it])).values()];
}
function unacceptable(en, zh) {
    return new Failure('rule-violated', { path: 'body', en: `a cosignature ${en}`, zh: `见证签名${zh}` });
}
