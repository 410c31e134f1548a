/** `return=minimal`, `handling="strict"`: the words of one preference before its own parameters. */
const PREFERENCE = /^\s*([\w-]+)\s*=\s*"?([\w-]+)"?\s*(?:;|$)/;
/**
 * Reads the `Prefer` header (RFC 7240). A preference given twice counts as it stands first; one that this server does not know is ignored,
 * as it must be.
 */
export function readPrefer(header) {
    const preference = {};
    for (const part of (header ?? '').split(',')) {
        const [, name = '', value = ''] = PREFERENCE.exec(part) ?? [];
        if (name.toLowerCase() === 'return' && isReturn(value))
            preference.return ??= value;
        if (name.toLowerCase() === 'handling' && isHandling(value))
            preference.handling ??= value;
    }
    return preference;
}
const isReturn = (value) => value === 'minimal' || value === 'representation' || value === 'OperationOutcome';
const isHandling = (value) => value === 'strict' || value === 'lenient';
