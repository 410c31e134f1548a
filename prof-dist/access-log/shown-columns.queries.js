import { DECIDE_CONSENT } from './access.rules.js';
import { personText } from './discretion.rules.js';
/** What the reader may see of the columns that discretion is about: `discreet` and `asPatientSees`, in SQL. `of` is the table. */
export function shownColumns(filter, of) {
    const [query, address] = [`${of}.query`, `${of}.address`];
    if (filter.ownLog) {
        // Hexadecimal digits alone.
        const keys = `array[${(filter.persons ?? []).map((it) => `'%/${personText(it)}%'`).join(', ')}]::text[]`;
        const own = (column, or = '') => `array(select it from unnest(${of}.${column}) with ordinality as u (it, place) where it like any (${keys})${or} order by place)`;
        const consents = own('consents', ` or it not like 'Consent/%'`);
        return { person: `${of}.person`, entities: own('entities'), consents, query: 'null::text', address: 'null::text' };
    }
    if (!filter.discreet)
        return { person: `${of}.person`, entities: `${of}.entities`, consents: `${of}.consents`, query, address };
    const isDenial = `(${of}.interaction = '${DECIDE_CONSENT}' and ${of}.outcome <> 0)`;
    const isNamed = `array_to_string(${of}.entities || ${of}.consents, ' ') like '%/' || lpad(to_hex(${of}.person), 16, '0') || '%'`;
    return {
        person: `(case when not ${isDenial} and ${isNamed} then ${of}.person else 0 end)`,
        entities: `${of}.entities`,
        consents: `(case when ${isDenial} then '{}' else ${of}.consents end)`,
        query,
        address,
    };
}
