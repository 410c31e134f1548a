import { Failure } from '../../failure.js';
import { decodeAccessId } from '../access-entry-id.js';
import { findAccesses } from '../access-search.queries.js';
import { discreet } from '../discretion.rules.js';
import { accessEntry, InstitutionNames } from '../show-accesses.js';
import { canonicalEntry } from './canonical-entry.rules.js';
import { findNewestCheckpoint } from './checkpoint.queries.js';
import { withCosignatures } from './checkpoint.rules.js';
import { findLeafOfEntry } from './leaf.queries.js';
import { inclusionRanges } from './merkle-tree.js';
import { hashesOver } from './prove.js';
/** Until the sequencer has been there again. */
const RETRY_SECONDS = 2;
/**
 * The proof that an entry of the log has its place in the tree, itself logged before it is returned. For whoever may read the entry: `reach` is
 * the institution the reader is bound to.
 *
 * An institution gets text and salt only of entries that name the person to it: otherwise the text would say whether the exchange knows the
 * person (`discretion.rules.ts`), and whether it is withheld must not say it either. Throws `not-found` for an entry beyond reach as for one
 * that never was, `busy` for one that has no place yet.
 */
export async function proveAccess(db, accessLog, caller, id, reach, now) {
    const key = decodeAccessId(id);
    const filter = { keys: key ? [key] : [], institution: reach };
    const [row] = await findAccesses(db, filter, { after: undefined, limit: 1 });
    if (!key || !row)
        throw new Failure('not-found', { en: `entry ${id} is not known here`, zh: `本系统中不存在访问记录 ${id}` });
    const entities = [`AuditEvent/${id}`];
    await accessLog.record(caller, [{ person: row.person, action: 'R', interaction: 'proveAccess', entities }], now);
    const place = await findLeafOfEntry(db, key);
    const checkpoint = place && (await findNewestCheckpoint(db));
    if (!place || !checkpoint) {
        const issue = { en: 'the entry has no place in the tree yet; ask again in a moment', zh: '该记录尚未写入透明日志，请稍后再试' };
        throw new Failure('busy', issue, { retryAfterSeconds: RETRY_SECONDS });
    }
    const proof = await hashesOver(db, inclusionRanges(place.leaf, checkpoint.size));
    const isShown = reach === undefined || discreet(row).person !== 0n;
    const names = await new InstitutionNames(db).of([row]);
    return {
        id,
        leaf: place.leaf,
        ...(isShown ? { entry: canonicalEntry(accessEntry(row, names)), salt: place.salt } : {}),
        commitment: place.commitment.toString('base64'),
        size: checkpoint.size,
        proof: proof.map((it) => it.toString('base64')),
        checkpoint: withCosignatures(checkpoint.note, checkpoint.cosignatures),
    };
}
/** The proof as a text of its own (C2SP tlog-proof); text and salt of the entry are its extra data, as JSON. */
export function proofText({ entry, salt, leaf, proof, checkpoint }) {
    const extra = entry === undefined ? [] : [`extra ${Buffer.from(JSON.stringify({ entry, salt }), 'utf8').toString('base64')}`];
    return `${['c2sp.org/tlog-proof@v1', ...extra, `index ${leaf}`, ...proof].join('\n')}\n\n${checkpoint}`;
}
