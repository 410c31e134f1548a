import { rowsByKey } from '../../database/reference-memory.js';
/**
 * Every certificate of these institutions for these items, whatever its time; one statement, however many they are. The days it is stored
 * with become instants in Beijing. With `knownAt` as the exchange knew them at that moment: neither what was added nor what was withdrawn later.
 */
export async function findCertificates(reader, institutions, items, knownAt) {
    if (institutions.length === 0 || items.length === 0)
        return [];
    const { rows } = await reader.$client.query({
        name: 'find-certificates',
        text: `select it.id, it.institution, it.item, it.scheme, it.scope_kind as kind, it.scope_code as code, it.mark, it.score::float8 as score,
             it.valid_from::timestamp at time zone 'Asia/Shanghai' as "validFrom",
             (it.valid_until + 1)::timestamp at time zone 'Asia/Shanghai' - interval '1 millisecond' as "validUntil",
             withdrawal.withdrawn_from::timestamp at time zone 'Asia/Shanghai' as "withdrawnFrom"
           from certificates it left join certificate_withdrawals withdrawal on withdrawal.certificate = it.id
            and ($3::timestamptz is null or withdrawal.recorded_at <= $3)
           where it.institution = any ($1::integer[]) and it.item = any ($2::text[])
             and ($3::timestamptz is null or it.recorded_at <= $3)`,
        values: [institutions, items, knownAt ?? null],
    });
    return rows.map(({ kind, code, ...it }) => ({ ...it, scope: { kind, code } }));
}
/** `findCertificates` of today by what is remembered. One statement at most. */
export async function recallCertificates(references, reader, institutions, items) {
    const keys = institutions.flatMap((institution) => items.map((item) => `${institution} ${item}`));
    const found = await references.each('certificates', keys, async () => rowsByKey(await findCertificates(reader, institutions, items), (it) => `${it.institution} ${it.item}`));
    return [...found.values()].flat();
}
