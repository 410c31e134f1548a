import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { Failure } from '../failure.js';
import { textOf } from '../fhir/element.js';
import { parseExactJson } from '../fhir/exact-json.js';
/** What is taken out of packages; guides, examples and NamingSystems are passed over, and OperationDefinitions, which nobody here would serve. */
const TAKEN_TYPES = ['StructureDefinition', 'ValueSet', 'CodeSystem', 'SearchParameter', 'ConceptMap'];
/** A guide has some MiB; the terminology of HL7, the largest package we know, about 60. */
const UNPACKED_MAX_BYTES = 64 * 1024 * 1024;
const ENTRIES_MAX = 20_000;
/**
 * Reads an npm-style FHIR package (https://hl7.org/fhir/packages.html): a gzipped tar with `package/package.json` and one resource a file
 * beside it. Folders below it (examples, schemas) are passed over. Nothing is written to a disk.
 *
 * Throws `malformed` for what is no such file, `too-large` beyond 64 MiB or 20,000 entries, `rule-violated` for a package of another version
 * of FHIR and for definitions that cannot be used; each names the file.
 */
export async function readPackage(bytes) {
    const files = await unpack(bytes);
    const description = files.get('package.json');
    if (description === undefined)
        throw malformed('package.json', 'the package has no package/package.json', '包中没有 package/package.json');
    const { name, version, canonical, versions } = readDescription(parse('package.json', description));
    if (!versions.some((it) => /^4\.0(\.|$)/.test(it))) {
        throw violated('package.json', `is made for FHIR ${versions.join(', ') || 'of no named version'}; this server speaks 4.0.1`, `适用于 FHIR ${versions.join('、') || '（未注明版本）'}；本系统使用 4.0.1`);
    }
    const definitions = [];
    const seen = new Map();
    for (const [file, text] of files) {
        if (file === 'package.json')
            continue;
        // Whoever else is served meanwhile has a turn between two files.
        await setImmediate();
        const definition = readDefinition(file, parse(file, text), text);
        if (!definition)
            continue;
        const key = `${definition.type} ${definition.url}|${definition.version}`;
        const other = seen.get(key);
        if (other !== undefined)
            throw violated(file, `defines the same as ${other}: ${key}`, `与 ${other} 定义重复：${key}`);
        seen.set(key, file);
        definitions.push(definition);
    }
    return { name, version, canonical, sha256: hash('sha256', bytes), definitions };
}
/** The JSON files directly in `package/`, by their names. */
async function unpack(bytes) {
    const tar = await promisify(gunzip)(bytes, { maxOutputLength: UNPACKED_MAX_BYTES }).catch((error) => {
        if (error.code === 'ERR_BUFFER_TOO_LARGE')
            throw tooLarge();
        throw malformed('', 'the file is not compressed with gzip', '文件不是 gzip 格式', error);
    });
    const files = new Map();
    const archive = extract();
    archive.end(tar);
    let entries = 0;
    try {
        for await (const entry of archive) {
            entries += 1;
            if (entries > ENTRIES_MAX)
                throw tooLarge();
            const { name, type } = entry.header;
            if (type === 'symlink' || type === 'link')
                throw malformed(name, 'links are not allowed in a package', '包中不允许出现链接');
            if (/^\/|(^|\/)\.\.(\/|$)|\\/.test(name))
                throw malformed(name, 'leads out of the package', '路径越出包的范围');
            const [, file] = /^(?:\.\/)?package\/([^/]+\.json)$/.exec(name) ?? [];
            if (type !== 'file' || file === undefined || file.startsWith('.')) {
                entry.resume();
                continue;
            }
            if (files.has(file))
                throw malformed(name, 'stands twice in the package', '在包中重复出现');
            const parts = [];
            for await (const part of entry)
                parts.push(part);
            files.set(file, Buffer.concat(parts).toString('utf8'));
        }
    }
    catch (error) {
        if (error instanceof Failure)
            throw error;
        throw malformed('', 'what the file holds is no tar archive', '文件内容不是 tar 归档', error);
    }
    return files;
}
function readDescription(json) {
    const name = textOf(json['name']);
    const version = textOf(json['version']);
    if (!name || !version || !/^[\w.@/-]{1,128}$/.test(name) || !/^[\w.+-]{1,64}$/.test(version)) {
        throw malformed('package.json', 'needs a name and a version', '须有 name 和 version');
    }
    const listed = json['fhirVersions'] ?? json['fhir-version-list'];
    const versions = Array.isArray(listed) ? listed.map(String) : listed === undefined ? [] : [String(listed)];
    return { name, version, canonical: textOf(json['canonical']) ?? null, versions };
}
function readDefinition(file, value, text) {
    const type = TAKEN_TYPES.find((it) => it === value['resourceType']);
    if (!type)
        return undefined;
    const url = textOf(value['url']);
    if (!url || /[\s|]/.test(url))
        throw violated(file, `a ${type} needs a url`, `${type} 须有 url`);
    if (type === 'StructureDefinition' && value['derivation'] === 'constraint' && value['snapshot'] === undefined) {
        throw violated(file, 'has a differential only; publish it with its snapshot', '仅有 differential；请连同 snapshot 一并发布');
    }
    return { file, text, type, url, ...describe(type, value) };
}
/** What is known of a definition without reading it again. */
export function describe(type, value) {
    const subjects = type === 'StructureDefinition' ? [value['type']] : type === 'SearchParameter' ? value['base'] : [];
    return {
        version: textOf(value['version']) ?? '',
        name: textOf(value['name']) ?? null,
        subjects: Array.isArray(subjects) ? subjects.filter((it) => typeof it === 'string') : [],
    };
}
function parse(file, text) {
    try {
        return parseExactJson(text, file).value;
    }
    catch (error) {
        if (!(error instanceof Failure))
            throw error;
        throw new Failure(error.code, error.issues.map((it) => ({
            ...it,
            path: `package/${file}`,
            en: `${it.path ?? file}: ${it.en}`,
            zh: `${it.path ?? file}：${it.zh}`,
        })));
    }
}
function malformed(file, en, zh, cause) {
    return new Failure('malformed', { ...placed(file), en, zh }, { cause });
}
function violated(file, en, zh) {
    return new Failure('rule-violated', { ...placed(file), en, zh });
}
function placed(file) {
    return file === '' ? {} : { path: file.startsWith('package/') ? file : `package/${file}` };
}
function tooLarge() {
    return new Failure('too-large', {
        en: `a package has at most ${UNPACKED_MAX_BYTES / 1024 / 1024} MiB unpacked and ${ENTRIES_MAX} entries`,
        zh: `包解压后不得超过 ${UNPACKED_MAX_BYTES / 1024 / 1024} MiB，且不得超过 ${ENTRIES_MAX} 个条目`,
    });
}
