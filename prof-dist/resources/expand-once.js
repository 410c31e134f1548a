import { Failure } from '../failure.js';
/** Value sets and codes that one request may have expanded, and codes that one of them may mean. */
const EXPANSIONS_MAX = 5;
const CODES_MAX = 20_000;
/**
 * Expands for one request, each value set once however often it is named, since that is long work for few characters. Throws
 * `parameter-invalid` for more than a few, and for one of very many codes.
 */
export function expandOnce(reader, custody, caller) {
    const known = new Map();
    return async (wanted, direction) => {
        const name = `${direction ?? 'in'} ${wanted}`;
        const found = known.get(name) ?? (known.size < EXPANSIONS_MAX ? custody.expand(reader, caller, wanted, direction) : undefined);
        if (!found) {
            throw tooCostly(`a request may name ${EXPANSIONS_MAX} value sets, or codes with those above or below them`, `单次请求最多可使用 ${EXPANSIONS_MAX} 个值集或上下级代码条件`);
        }
        known.set(name, found);
        const codes = await found;
        if (codes && codes.length > CODES_MAX) {
            throw tooCostly(`"${wanted}" means more than ${CODES_MAX} codes`, `“${wanted}”包含的代码超过 ${CODES_MAX} 个`);
        }
        return codes;
    };
}
function tooCostly(en, zh) {
    return new Failure('parameter-invalid', { kind: 'too-costly', en, zh });
}
