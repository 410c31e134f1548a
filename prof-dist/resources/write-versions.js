import { indexResource } from '../fhir/index-resource.js';
import { Rewriting } from '../fhir/rewrite.js';
import { categoryOf } from './category.rules.js';
import { OF_SEVERAL_PERSONS } from './category.js';
import { findingKeys } from './finding-keys.js';
import { carriedOn, joinLabels, labelsOf } from './label.rules.js';
import { encodeId } from './resource-id.js';
/**
 * Writes the text and the index row of every draft whose key is known: references point at this server's ids, id and meta are set, and
 * all else is the source text. A new version whose text would be the old one is not written.
 *
 * The drafts' parsed contents are brought in line with their texts. `ofSeveral` is shown by nobody's consent. A report carries the labels of
 * its parts beside its own; what it says of itself holds for its results, and what goes with it as a whole (document, order, images) carries
 * all of them.
 */
export function writeVersions(passages, members, ofSeveral, sensitive, resolver, now) {
    // A report is written before its parts, which inherit its category.
    const { reportOf } = members;
    const categories = new Map();
    for (const report of new Set(reportOf.values()))
        categories.set(report, categoryOf(report.draft.content, null));
    const labels = labelsAmong(passages, members, sensitive);
    const written = now.toISOString();
    return passages.map((passage) => {
        if (passage.fate.kind === 'existing')
            return { passage, version: undefined };
        const report = reportOf.get(passage);
        const category = ofSeveral.has(passage)
            ? OF_SEVERAL_PERSONS
            : categoryOf(passage.draft.content, report ? (categories.get(report) ?? null) : null);
        return { passage, version: writeVersion(passage, report, category, labels.get(passage) ?? [], resolver, written) };
    });
}
function labelsAmong(passages, { reportOf, adopted }, sensitive) {
    const labels = new Map(passages.map((it) => [it, labelsOf(it.draft.content, sensitive)]));
    const raise = (passage, by) => labels.set(passage, joinLabels(labels.get(passage) ?? [], carriedOn(by)));
    const parts = [...reportOf].filter(([part, report]) => part !== report);
    const stated = new Map(labels);
    for (const [part, report] of parts)
        raise(part, stated.get(report) ?? []);
    for (const [part, report] of parts)
        raise(report, labels.get(part) ?? []);
    for (const { row, report } of adopted)
        raise(report, row.labels ?? []);
    for (const [part, report] of parts)
        if (part.draft.type !== 'Observation')
            raise(part, labels.get(report) ?? []);
    return labels;
}
function writeVersion(passage, report, category, labels, resolver, written) {
    const { draft, fate } = passage;
    const key = keyOf(passage);
    const current = fate.kind === 'update' ? fate.current : undefined;
    const edits = passage.links.flatMap((link) => {
        const value = rewritten(passage, link, resolver);
        return value === undefined || value === link.value ? [] : [{ link, value }];
    });
    const render = (version, lastUpdated) => {
        const rewriting = new Rewriting(draft.document, draft.content);
        for (const { link, value } of edits)
            rewriting.replaceString(link.holder, link.at, value);
        rewriting.identify(encodeId(key), version, lastUpdated);
        return rewriting.text();
    };
    if (current && !current.deleted && render(current.version, current.recordedAt.toISOString()) === current.content)
        return undefined;
    const version = (current?.version ?? 0) + 1;
    const content = render(version, written);
    for (const { link, value } of edits)
        link.holder[link.at] = value;
    const index = indexResource(draft.content);
    const keys = new Set(findingKeys(draft.type, draft.content));
    const former = current?.content ? keysIn(current).filter((it) => !keys.has(it)) : [];
    const reportKey = report && keyOf(report);
    return {
        person: key.person,
        id: key.id,
        version,
        type: draft.type,
        content,
        category,
        labels,
        status: index.status,
        report: reportKey && reportKey.person === key.person ? reportKey.id : (current?.report ?? null),
        from: index.time.from,
        until: index.time.until,
        tokens: index.tokens,
        ranges: index.ranges,
        texts: index.texts,
        keys: [...keys],
        formerKeys: former,
    };
}
/** The version that takes a resource away: what a corrected report no longer has. */
export function writeDeletion(row) {
    return {
        person: row.person,
        id: row.id,
        version: row.version + 1,
        type: row.type,
        content: null,
        category: row.category,
        labels: [],
        // A report that was withdrawn before stays so, even if it is revived.
        status: row.status,
        report: row.report,
        from: undefined,
        until: undefined,
        tokens: [],
        ranges: [],
        texts: [],
        keys: [],
        formerKeys: keysIn(row),
    };
}
function keysIn(row) {
    return row.content === null ? [] : findingKeys(row.type, JSON.parse(row.content));
}
function rewritten(passage, link, resolver) {
    if (link.kind === 'narrative') {
        return link.value.replaceAll(/(["'])(urn:(?:uuid|oid):[^"']+)\1/g, (whole, quote, urn) => {
            const target = resolver.find(urn);
            return target ? `${quote}${referenceTo(target)}${quote}` : whole;
        });
    }
    const target = resolver.follow(passage, link);
    if (!target)
        return undefined;
    const version = /\/_history\/[^/]+$/.exec(link.value)?.[0] ?? '';
    return referenceTo(target) + version;
}
/** `Type/id` of what a link leads to. */
function referenceTo(target) {
    return 'row' in target ? `${target.row.type}/${encodeId(target.row)}` : `${target.passage.draft.type}/${encodeId(keyOf(target.passage))}`;
}
function keyOf({ key, draft }) {
    if (!key)
        throw new Error(`${draft.path} has no key yet`);
    return key;
}
