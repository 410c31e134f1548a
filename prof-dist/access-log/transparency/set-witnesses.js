import { Failure } from '../../failure.js';
import { parseVerifierKey } from './verifier-key.js';
import { holdWitnesses, insertWitnesses, readWitnesses } from './witness.queries.js';
/**
 * Cosignatures of these keys are taken from now on, and of no others; what was taken of others before stays. The same list again changes
 * nothing. Throws `rule-violated` for every text that is no key of a witness, and for a key that stands twice.
 */
export async function setWitnesses(tx, vkeys, by, now) {
    const issues = vkeys.flatMap((it, index) => (isWitness(parseVerifierKey(it)) ? [] : [{ path: `witnesses[${index}]`, ...NO_WITNESS }]));
    if (new Set(vkeys).size < vkeys.length)
        issues.push({ path: 'witnesses', en: 'names a key twice', zh: '同一密钥重复出现' });
    if (issues.length > 0)
        throw new Failure('rule-violated', issues);
    await holdWitnesses(tx);
    const known = new Map((await readWitnesses(tx)).map((it) => [it.vkey, it]));
    const asked = new Set(vkeys);
    const changed = [...new Set([...known.keys(), ...asked])].filter((it) => (known.get(it)?.isTaken ?? false) !== asked.has(it));
    const rows = changed.map((vkey) => ({ vkey, version: (known.get(vkey)?.version ?? 0) + 1, isTaken: asked.has(vkey), setAt: now }));
    if (rows.length > 0)
        await insertWitnesses(tx, rows, by);
    return takenOf(await readWitnesses(tx));
}
/** Those whose cosignatures are taken. */
export function takenOf(rows) {
    return rows.filter((it) => it.isTaken);
}
const NO_WITNESS = {
    en: 'is no key of a witness: <name>+<id>+<base64>, of the type 0x04 (cosignature/v1)',
    zh: '不是见证方公钥：应为 <name>+<id>+<base64>，类型 0x04（cosignature/v1）',
};
function isWitness(key) {
    return key?.kind === 'cosignature/v1';
}
