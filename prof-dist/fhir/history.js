import { entityTag } from './entity-tag.rules.js';
/**
 * A page of a history as JSON text (R4, 3.1.0.13): each entry with the request that made the version and how it was answered; a deletion
 * has no resource. A change is told as the PUT it amounts to, whether it came as one or as a patch. The texts are not parsed.
 */
export function historyBundle(base, { total, links, entries }) {
    const list = entries.map(({ type, id, version, recordedAt, text }) => {
        const [method, status] = text === null ? ['DELETE', '204'] : version === 1 ? ['POST', '201'] : ['PUT', '200'];
        const url = method === 'POST' ? type : `${type}/${id}`;
        const response = { status, etag: entityTag(version), lastModified: recordedAt.toISOString() };
        const resource = text === null ? '' : `"resource":${text},`;
        return `{"fullUrl":"${base}/${type}/${id}",${resource}"request":{"method":"${method}","url":"${url}"},"response":${JSON.stringify(response)}}`;
    });
    const counted = total === undefined ? '' : `,"total":${total}`;
    const entry = list.length > 0 ? `,"entry":[${list.join(',')}]` : '';
    return `{"resourceType":"Bundle","type":"history"${counted},"link":${JSON.stringify(links)}${entry}}`;
}
