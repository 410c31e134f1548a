import { pathNumber, tokenAt } from '../fhir/search-hash.js';
/** Definitions of one address are few; more than this are not looked at. */
const SAME_URL_MAX = 20;
/**
 * The definition of the address that this institution has published, and no other: the one changed last. With a version only that one. One
 * statement over the compartment of the institution, by the beginning of the primary key.
 */
export async function findPublished(reader, institution, type, url, version) {
    const { rows } = await reader.$client.query({
        name: 'find-published-definition',
        text: `select v.content
             from resources r join version_texts v on v.person = r.person and v.id = r.id and v.version = r.version
            where r.type = $1 and r.tokens && array[$2::bigint] and r.person = $3 and not r.deleted
            order by r.recorded_at desc, r.id
            limit ${SAME_URL_MAX}`,
        values: [type, tokenAt(pathNumber('url'), url), institution],
    });
    const found = rows.map((it) => JSON.parse(it.content)).filter((it) => it['url'] === url);
    return found.find((it) => version === undefined || it['version'] === version);
}
