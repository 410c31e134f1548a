import { Failure } from '../failure.js';
import { objectsOf, textOf } from '../fhir/element.js';
import { conceptIn, filterCodes, readCodeSystem } from './code-system.rules.js';
/** More codes than this are nowhere gathered: a step that would is `too-costly`. */
const CODES_MAX = 100_000;
/** Codes that one expansion may look at, again and again; a look at another definition counts as many. */
const WORK_MAX = 1_000_000;
const WORK_OF_A_LOOK = 1_000;
const DEPTH_MAX = 10;
/**
 * Every code of a ValueSet resource: what `compose` includes but for what it excludes (https://hl7.org/fhir/R4/valueset.html#compositions),
 * else what its own `expansion` holds.
 *
 * Throws `rule-violated` for value sets that contain themselves and (`too-costly`) beyond 100,000 codes or a million looked at.
 */
export async function expandValueSet(definitions, valueSet, { within, work } = { within: [], work: { left: WORK_MAX } }) {
    const url = textOf(valueSet['url']);
    if (url !== undefined && within.includes(url)) {
        throw new Failure('rule-violated', {
            kind: 'processing',
            en: `the value set ${url} contains itself: ${[...within, url].join(' > ')}`,
            zh: `值集 ${url} 循环包含自身：${[...within, url].join(' > ')}`,
        });
    }
    if (within.length >= DEPTH_MAX)
        throw tooCostly();
    const inside = { within: url === undefined ? within : [...within, url], work };
    const compose = objectsOf(valueSet['compose'])[0];
    const stored = objectsOf(valueSet['expansion'])[0];
    if (!compose)
        return { members: contained(stored), unknown: [], unusable: [] };
    const members = new Map();
    const unknown = [];
    const unusable = [];
    const gather = async (include) => {
        const part = await membersOf(definitions, include, inside);
        unknown.push(...part.unknown);
        unusable.push(...part.unusable);
        return part.members;
    };
    for (const include of objectsOf(compose['include'])) {
        for (const [key, member] of await gather(include))
            if (!members.has(key))
                members.set(key, member);
        if (members.size > CODES_MAX)
            throw tooCostly();
    }
    for (const exclude of objectsOf(compose['exclude']))
        for (const key of (await gather(exclude)).keys())
            members.delete(key);
    if (compose['inactive'] === false)
        for (const [key, it] of members)
            if (it.isInactive)
                members.delete(key);
    // Who published it could expand it, even if we cannot.
    if (unknown.length > 0 && stored)
        return { members: contained(stored), unknown: [], unusable: [] };
    return { members, unknown: [...new Set(unknown)], unusable };
}
/** What the members of an expansion are known by. */
export const memberKey = (system, code) => `${system}|${code}`;
/** The member of a code, in any case where its code system does not tell cases apart. */
export function asMember(system, concept) {
    const { code, display, designations, isAbstract, isInactive } = concept;
    return { system: system.url, version: system.version, code, display, designations, isAbstract, isInactive };
}
/** One `include` or `exclude`: the codes of a system that are in every one of its value sets. */
async function membersOf(definitions, include, walk) {
    spend(walk, WORK_OF_A_LOOK);
    const unknown = [];
    const unusable = [];
    let members;
    const system = textOf(include['system']);
    if (system !== undefined) {
        const version = textOf(include['version']);
        const resource = await definitions.find('CodeSystem', version === undefined ? system : `${system}|${version}`);
        const codeSystem = resource && readCodeSystem(resource);
        const listed = objectsOf(include['concept']);
        const filters = objectsOf(include['filter']);
        spend(walk, listed.length > 0 ? listed.length : (codeSystem?.concepts.size ?? 0) * (1 + filters.length));
        if (listed.length > 0)
            members = listedMembers(system, listed, codeSystem);
        else if (!codeSystem?.isComplete)
            unknown.push(system);
        else if (codeSystem.concepts.size > CODES_MAX)
            throw tooCostly();
        else {
            const picked = filtered(codeSystem, filters);
            if ('unusable' in picked)
                unusable.push(`${system}: ${picked.unusable}`);
            else
                members = picked.members;
        }
    }
    for (const canonical of Array.isArray(include['valueSet']) ? include['valueSet'].map(String) : []) {
        spend(walk, WORK_OF_A_LOOK);
        const resource = await definitions.find('ValueSet', canonical);
        if (!resource) {
            unknown.push(canonical);
            members ??= new Map();
            continue;
        }
        const other = await expandValueSet(definitions, resource, walk);
        unknown.push(...other.unknown);
        unusable.push(...other.unusable);
        members = members === undefined ? other.members : new Map([...members].filter(([key]) => other.members.has(key)));
    }
    return { members: members ?? new Map(), unknown, unusable };
}
function spend({ work }, codes) {
    work.left -= codes;
    if (work.left < 0)
        throw tooCostly();
}
function listedMembers(url, listed, codeSystem) {
    const members = new Map();
    for (const it of listed) {
        const code = textOf(it['code']);
        if (code === undefined)
            continue;
        const concept = codeSystem && conceptIn(codeSystem, code);
        members.set(memberKey(url, code), {
            system: url,
            version: codeSystem?.version,
            code,
            display: textOf(it['display']) ?? concept?.display,
            designations: [...objectsOf(it['designation']), ...(concept?.designations ?? [])],
            isAbstract: concept?.isAbstract ?? false,
            isInactive: concept?.isInactive ?? false,
        });
    }
    return members;
}
/** The codes of a system that every filter lets through. */
function filtered(system, filters) {
    let codes = new Set(system.concepts.keys());
    for (const it of filters) {
        const filter = { property: String(it['property']), op: String(it['op']), value: String(it['value']) };
        const picked = filterCodes(system, filter);
        if ('unusable' in picked)
            return picked;
        codes = new Set([...codes].filter((code) => picked.has(code)));
    }
    return {
        members: new Map([...system.concepts.values()].filter((it) => codes.has(it.code)).map((it) => [memberKey(system.url, it.code), asMember(system, it)])),
    };
}
/** What an expansion holds that came with the value set, nested or not. */
function contained(expansion) {
    const members = new Map();
    const walk = (list) => {
        for (const it of list) {
            const system = textOf(it['system']);
            const code = textOf(it['code']);
            if (system !== undefined && code !== undefined) {
                members.set(memberKey(system, code), {
                    system,
                    version: textOf(it['version']),
                    code,
                    display: textOf(it['display']),
                    designations: objectsOf(it['designation']),
                    isAbstract: it['abstract'] === true,
                    isInactive: it['inactive'] === true,
                });
            }
            walk(objectsOf(it['contains']));
        }
    };
    walk(objectsOf(expansion?.['contains']));
    return members;
}
/** An answer that would be larger than anybody asked for (https://hl7.org/fhir/R4/valueset-operation-expand.html). */
export function tooCostly() {
    return new Failure('rule-violated', {
        kind: 'too-costly',
        en: 'the value set has too many codes to be listed at once; ask with count (up to 1,000) and offset, or with a filter',
        zh: '值集代码过多，无法一次列出；请使用 count（不超过 1,000）和 offset 分页，或使用 filter',
    });
}
