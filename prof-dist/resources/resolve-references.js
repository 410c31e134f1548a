import { Failure } from '../failure.js';
import { identifiersOf } from '../fhir/element.js';
import { indexResource } from '../fhir/index-resource.js';
import { pathTo, readReference } from '../fhir/reference.js';
import { holds } from '../fhir/search-holds.js';
import { criteriaOf, nameOf } from './criteria.js';
import { meantTwice } from './decide-fates.js';
import { keyText } from './look-up.js';
import { decodeId, isPerson } from './resource-id.js';
import { SHARED_TYPES } from './shared-types.js';
/** What must be looked up so that every link and condition of the drafts can be followed. */
export function questionsOf(passages, base) {
    const criteria = [];
    const keys = new Map();
    // Most links of a request say the same: its patient.
    const read = new Set();
    for (const { draft, links } of passages) {
        const { wish } = draft;
        if (wish.kind === 'create' && wish.ifNoneExist)
            criteria.push({ criteria: wish.ifNoneExist, reach: 'own-and-shared' });
        if (wish.kind === 'update' && wish.aim.criteria)
            criteria.push({ criteria: wish.aim.criteria, reach: 'own' });
        if (wish.kind === 'update' && wish.aim.key)
            keys.set(keyText(wish.aim.key), wish.aim.key);
        for (const link of links) {
            if (link.kind !== 'reference' || read.has(link.value))
                continue;
            read.add(link.value);
            const form = readReference(link.value, base);
            if (form.kind === 'conditional') {
                criteria.push({ criteria: criteriaOf(form.type, form.criteria, place(draft, link)), reach: 'own-and-shared' });
            }
            if (form.kind === 'literal') {
                const key = decodeId(form.id);
                if (key)
                    keys.set(keyText(key), key);
            }
        }
    }
    return { criteria, keys: [...keys.values()] };
}
/** Follows links between the resources of one request and into the store. */
export class ReferenceResolver {
    passages;
    answers;
    caller;
    around;
    byFullUrl = new Map();
    roots = new Map();
    /** The drafts of each type that was asked for, by their identifiers. */
    byIdentifier = new Map();
    entries = new Map();
    /** Keys of stored resources that get a new version. Known when the fates are. */
    changed;
    /** Where conditional references lead that were followed already. */
    met = new Map();
    constructor(passages, answers, caller, around) {
        this.passages = passages;
        this.answers = answers;
        this.caller = caller;
        this.around = around;
        for (const passage of passages) {
            const { fullUrl } = passage.draft;
            if (!fullUrl)
                continue;
            this.byFullUrl.set(fullUrl, passage);
            const root = /^(https?:\/\/.+\/)[A-Z][A-Za-z]+\/[A-Za-z0-9.-]+$/.exec(fullUrl)?.[1];
            if (root)
                this.roots.set(passage, root);
        }
    }
    /**
     * What a link leads to; `undefined` where it leaves this server or stays inside its resource.
     *
     * Throws `reference-unresolved` for a link to nothing and `precondition-failed` for a conditional one that meets none or several. What
     * belongs to other institutions counts as nothing.
     */
    follow(passage, link) {
        const direct = this.byFullUrl.get(link.value);
        if (direct && this.isInSight(direct, passage))
            return { passage: direct };
        const met = this.met.get(link.value);
        if (met)
            return met;
        const form = readReference(link.value, this.around.base);
        switch (form.kind) {
            case 'contained':
            case 'external':
                return undefined;
            case 'urn':
                if (link.kind !== 'reference')
                    return undefined;
                throw new Failure('reference-unresolved', {
                    path: place(passage.draft, link),
                    en: `${link.value} is not the fullUrl of any entry of this Bundle`,
                    zh: `${link.value} 不是本 Bundle 中任何条目的 fullUrl`,
                });
            case 'conditional': {
                const target = this.meet(criteriaOf(form.type, form.criteria, place(passage.draft, link)));
                this.met.set(link.value, target);
                return target;
            }
            case 'literal':
                return this.read(form.type, form.id, passage, link);
        }
    }
    /** The entry of the request that has this fullUrl. */
    find(fullUrl) {
        const passage = this.byFullUrl.get(fullUrl);
        return passage && { passage };
    }
    read(type, id, passage, link) {
        const relative = this.relative(passage, `${type}/${id}`);
        if (relative)
            return { passage: relative };
        const key = decodeId(id);
        const row = key && this.answers.byKey.get(keyText(key));
        if (row && row.type === type && !row.deleted && !this.around.removed.has(keyText(row)) && this.isInReach(row))
            return { row };
        if (isDataOfConsent(passage, link))
            return undefined;
        throw new Failure('reference-unresolved', {
            path: place(passage.draft, link),
            en: `${type}/${id} is not known here`,
            zh: `本系统中不存在 ${type}/${id}`,
        });
    }
    /** A relative reference inside a Bundle whose entries have RESTful addresses (R4, 2.36.4.1). */
    relative(passage, reference) {
        const root = this.roots.get(passage);
        const found = root ? this.byFullUrl.get(root + reference) : undefined;
        return found && this.isInSight(found, passage) ? found : undefined;
    }
    /** Conditional references mean what stands there once the request is done (R4, 3.1.0.11.2): its drafts, and what it leaves alone. */
    meet(criteria) {
        const fresh = this.around.apart ? [] : this.fulfilling(criteria);
        const stored = this.answers.meeting(criteria, 'own-and-shared').filter((it) => !this.isChanged(it));
        // What comes with the request goes before what others have entered in the directory.
        const rows = fresh.length === 0 ? stored : stored.filter((it) => it.institution === this.caller.institution);
        const count = rows.length + fresh.length;
        if (count === 1)
            return fresh[0] ? { passage: fresh[0] } : { row: rows[0] };
        throw new Failure('precondition-failed', meetsNotOne(count, criteria));
    }
    /**
     * Throws `malformed` where a conditional update means something that the same request makes: both would write the same resource
     * (R4, 3.1.0.11.2).
     */
    refuseOverlaps() {
        for (const passage of this.passages) {
            const { wish, path } = passage.draft;
            if (wish.kind !== 'update' || !wish.aim.criteria || this.around.apart)
                continue;
            const other = this.fulfilling(wish.aim.criteria).find((it) => it !== passage && it.fate.kind === 'create');
            if (other)
                throw meantTwice(path, other.draft.path);
        }
    }
    fulfilling(criteria) {
        if (criteria.identifier)
            return this.carrying(criteria.type, criteria.identifier);
        const condition = this.answers.conditionOf(criteria);
        if (!condition)
            return [];
        return this.passages.filter((it) => it.fate.kind !== 'existing' && it.draft.type === criteria.type && this.holds(it, condition));
    }
    holds(passage, condition) {
        const entry = this.entries.get(passage) ?? indexResource(passage.draft.content);
        this.entries.set(passage, entry);
        return holds(entry, condition, { content: passage.draft.content });
    }
    /** Whether the request makes a new version of a stored resource, or takes it away. In a batch, each entry is alone with the store. */
    isChanged(row) {
        if (this.around.removed.has(keyText(row)))
            return true;
        this.changed ??= new Set(this.passages.flatMap(({ fate }) => (fate.kind === 'update' ? keyText(fate.current) : [])));
        return !this.around.apart && this.changed.has(keyText(row));
    }
    isInSight(target, passage) {
        return !this.around.apart || target === passage;
    }
    /** The drafts of the request that are written with this identifier. */
    carrying(type, { system, value }) {
        const ofType = this.byIdentifier.get(type) ?? this.identifiedOf(type);
        this.byIdentifier.set(type, ofType);
        return ofType.get(`${system}\0${value}`) ?? [];
    }
    identifiedOf(type) {
        const found = new Map();
        for (const passage of this.passages) {
            if (passage.draft.type !== type || passage.fate.kind === 'existing')
                continue;
            for (const { system, value } of identifiersOf(passage.draft.content)) {
                const name = `${system}\0${value}`;
                const carrying = found.get(name);
                if (!carrying)
                    found.set(name, [passage]);
                else if (carrying.at(-1) !== passage)
                    carrying.push(passage);
            }
        }
        return found;
    }
    isInReach(row) {
        return row.institution === this.caller.institution || (SHARED_TYPES.includes(row.type) && !isPerson(row.person));
    }
}
function meetsNotOne(count, criteria) {
    const { path } = criteria;
    const name = nameOf(criteria);
    return count === 0
        ? { path, en: `${name} meets nothing`, zh: `${name} 未匹配到任何资源` }
        : { path, en: `${name} meets ${count} resources; it must meet exactly one`, zh: `${name} 匹配到 ${count} 个资源，必须恰好一个` };
}
/**
 * Whether a Consent names data by this link, which may be another institution's: the patient may permit or deny what somebody else published.
 * It stays as it was written, whether or not it is there, so that the answer tells neither.
 */
function isDataOfConsent({ draft }, link) {
    return draft.type === 'Consent' && /^provision(\.provision\[\d+\])?\.data\[\d+\]\.reference\b/.test(pathTo(draft.content, link));
}
/** Where a link of a draft stands in the request. */
function place(draft, link) {
    return `${draft.path}.${pathTo(draft.content, link)}`;
}
