import { Check } from 'typebox/value';
import { AccessProof } from '../access-log/transparency/access-proof.schema.js';
import { verifyProof } from '../access-log/transparency/verify-proof.js';
/** The proof in a file as `GET /v1/access-log/{id}/proof` hands it out; `undefined` where it is none. */
export function parseProof(text) {
    try {
        const proof = JSON.parse(text);
        return Check(AccessProof, proof) ? proof : undefined;
    }
    catch {
        return undefined;
    }
}
const REASONS = {
    'entry-differs': ['the entry is not the one that its leaf commits to', '该记录与叶节点的承诺值不符'],
    'not-included': ['the leaf does not stand at this place of the signed tree', '该叶节点不在已签名的树的此位置'],
    'checkpoint-unsigned': ['the checkpoint is of another size, or no key given here signed it', '检查点大小不符，或未由所给密钥签名'],
};
/** Holds a proof against keys one trusts, off line. */
export function reportOnProof(proof, keys) {
    const { id, leaf, entry } = proof;
    const verdict = verifyProof(proof, keys);
    if (!verdict.isProved) {
        const [en, zh] = REASONS[verdict.reason];
        const lines = [`[${verdict.reason}] entry ${id}, place ${leaf}`, `  ${en}`, `  ${zh}`];
        return { isProved: false, lines, json: { isProved: false, id, leaf, reason: verdict.reason } };
    }
    const { size, origin } = verdict.checkpoint;
    const signedBy = verdict.by.map(({ key }) => key.vkey);
    const signers = [...new Set(verdict.by.map(({ key }) => key.name))].join(', ');
    const what = entry === undefined
        ? [`The commitment stands at place ${leaf} of the ${size} of ${origin}; which entry it is of cannot be told without its text.`]
        : [`Entry ${id} stands at place ${leaf} of the ${size} of ${origin}:`, entry];
    const lines = [...what, `Signed by ${signers}. 签名者：${signers}`, 'Everything holds. 全部相符。'];
    return { isProved: true, lines, json: { isProved: true, id, leaf, size, origin, signedBy, isTextShown: entry !== undefined } };
}
