const ROOT_BYTES = 32;
/** The body of the note that is signed (C2SP tlog-checkpoint): origin, size and root, a line each, and nothing else. */
export function checkpointBody({ origin, size, root }) {
    return `${origin}\n${size}\n${root.toString('base64')}\n`;
}
/**
 * Reads the body of a checkpoint; `undefined` where it is none. Extension lines are refused: this log writes none, and nobody could check what
 * they say. So is every other way of writing the same numbers.
 */
export function parseCheckpoint(body) {
    const [, origin = '', digits = '', base64 = ''] = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n$/.exec(body) ?? [];
    const root = Buffer.from(base64, 'base64');
    const size = Number(digits);
    if (root.length !== ROOT_BYTES || root.toString('base64') !== base64 || !Number.isSafeInteger(size))
        return undefined;
    return { origin, size, root };
}
/** The name of a log whose gateway is reached at `publicUrl`: the address of the log without its scheme, as C2SP tlog-tiles has it. */
export function originOf(publicUrl) {
    const { host, pathname } = new URL(publicUrl);
    return `${host}${pathname.replace(/\/+$/, '')}/audit-log`.replaceAll('+', '%2B');
}
/** A signed checkpoint with what witnesses said about it: their signature lines behind those of the log. */
export function withCosignatures(note, cosignatures) {
    return note + cosignatures.map((it) => `${it}\n`).join('');
}
