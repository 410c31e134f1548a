import { hash } from 'node:crypto';
import { Failure } from '../failure.js';
import { identifiersOf } from '../fhir/element.js';
import { parseExactJson } from '../fhir/exact-json.js';
import { indexResource } from '../fhir/index-resource.js';
import { loadSearchParameters } from '../fhir/load-search-parameters.js';
import { Rewriting } from '../fhir/rewrite.js';
import { hashIdentifier } from '../resources/hash.js';
import { insertVersions } from '../resources/publication.queries.js';
import { findResources } from '../resources/resource.queries.js';
import { encodeId } from '../resources/resource-id.js';
import { OWN_PACKAGE } from './own-definitions.js';
import { EXCHANGE, findPackage, insertPackage, lockPackages, selectDefinitions } from './package.queries.js';
/** Definitions written by one statement: those of a large package together are as large as it. */
const AT_ONCE = 50;
/**
 * Loads a package: its definitions are in force for every process within a second, and are resources of the shared directory from then on,
 * found and read like any other.
 *
 * They lie in the compartment of the exchange itself (0), since a package may be given before there is an operator, and since nobody may
 * change or delete what others were validated against.
 *
 * Answers `known` where the same file was loaded before. Throws `conflict` where another one was, under the same name and version, or
 * where another package defines one of its addresses differently.
 */
export async function loadPackage(tx, source, now) {
    await lockPackages(tx);
    const known = await findPackage(tx, source.name, source.version);
    if (known?.sha256 === source.sha256)
        return 'known';
    if (known) {
        throw new Failure('conflict', {
            path: 'package/package.json',
            en: `another package was loaded as ${source.name} ${source.version}; what changes needs a new version`,
            zh: `已装载名为 ${source.name} ${source.version} 的其他内容；内容有变请使用新版本号`,
        });
    }
    const present = new Map((await selectDefinitions(tx)).map((it) => [keyOf(it), it]));
    const rows = source.definitions.map((it) => rowOf(source, it, now));
    const clash = rows.flatMap((it, index) => {
        const other = present.get(keyOf(it));
        return other && other.sha256 !== it.sha256 ? [{ it, other, file: source.definitions[index]?.file }] : [];
    });
    if (clash.length > 0) {
        throw new Failure('conflict', clash.map(({ it, other, file }) => ({
            path: `package/${file}`,
            en: `${it.url}|${it.version} is defined differently by ${other.package} ${other.packageVersion}`,
            zh: `${it.url}|${it.version} 已由 ${other.package} ${other.packageVersion} 以不同内容定义`,
        })));
    }
    const fresh = source.definitions.flatMap((definition, index) => {
        const row = rows[index];
        return present.has(keyOf(row)) ? [] : [{ definition, row }];
    });
    const { name, version, canonical, sha256 } = source;
    await insertPackage(tx, { name, version, canonical, sha256, loadedAt: now }, fresh.map((it) => it.row));
    for (let at = 0; at < fresh.length; at += AT_ONCE) {
        const versions = fresh.slice(at, at + AT_ONCE).map((it) => versionOf(it.definition, it.row));
        const written = await insertVersions(tx, EXCHANGE, versions, [], undefined, now);
        if (!written)
            throw new Error(`the definitions of ${name} ${version} could not be stored`);
    }
    await offerSearchParameters(tx, [...present.values(), ...fresh.map((it) => it.row)]);
    return 'loaded';
}
/** Throws, and so takes everything back, where one of them cannot be read or has a name that is taken. */
async function offerSearchParameters(tx, rows) {
    const parameters = rows.filter((it) => it.type === 'SearchParameter' && it.package !== OWN_PACKAGE);
    if (parameters.length === 0)
        return;
    const texts = await findResources(tx, parameters.map((it) => ({ person: BigInt(EXCHANGE), id: it.id })));
    const contents = new Map(texts.map((it) => [it.id, it.content ?? '']));
    loadSearchParameters(parameters.map((it) => JSON.parse(contents.get(it.id) ?? '')));
}
const keyOf = (it) => `${it.type} ${it.url}|${it.version}`;
function rowOf(source, { type, url, version, name, subjects, text }, now) {
    return {
        url,
        version,
        type,
        name,
        subjects,
        package: source.name,
        packageVersion: source.version,
        sha256: hash('sha256', text),
        // The same definition has the same id wherever it is loaded; 62 bits, as every other id.
        id: BigInt(`0x${hash('sha256', `${type} ${url}|${version}`).slice(0, 16)}`) >> 2n,
        recordedAt: now,
    };
}
function versionOf({ text, type }, { id, recordedAt }) {
    const document = parseExactJson(text);
    const key = { person: BigInt(EXCHANGE), id };
    const rewriting = new Rewriting(document, document.value);
    rewriting.identify(encodeId(key), 1, recordedAt.toISOString());
    const index = indexResource(document.value);
    return {
        ...key,
        version: 1,
        type,
        content: rewriting.text(),
        category: null,
        labels: [],
        status: index.status,
        report: null,
        from: index.time.from,
        until: index.time.until,
        tokens: index.tokens,
        ranges: index.ranges,
        texts: index.texts,
        keys: identifiersOf(document.value).map((it) => hashIdentifier(type, it)),
        formerKeys: [],
    };
}
