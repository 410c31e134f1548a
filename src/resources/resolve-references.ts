import { Failure, type Issue } from '../failure.ts';
import type { Identifier } from '../fhir/element.ts';
import { identifiersOf } from '../fhir/element.ts';
import { type Link, pathTo, readIdentifierCriteria, readReference } from '../fhir/reference.ts';
import type { Caller } from '../security/caller.ts';
import type { Passage } from './draft.ts';
import { hashIdentifier } from './hash.ts';
import type { ResourceRow } from './resource.queries.ts';
import { decodeId, isPerson, type ResourceKey } from './resource-id.ts';
import { SHARED_TYPES } from './shared-types.ts';

/** What the references of a request ask the store for. */
export interface Questions {
  /** Hashes of `Type?identifier=…`. */
  readonly identifiers: readonly string[];
  readonly keys: readonly ResourceKey[];
}

/** The answers: hits by hashed identifier, and rows by `encodeId`-free key text. */
export interface Answers {
  readonly byIdentifier: ReadonlyMap<string, readonly ResourceRow[]>;
  readonly byKey: ReadonlyMap<string, ResourceRow>;
}

/** A key as a map key. */
export const keyText = (key: ResourceKey): string => `${key.person}/${key.id}`;

/** A resource that a link leads to: one of the request, or one of the store. */
export type Target = { readonly passage: Passage } | { readonly row: ResourceRow };

/** Lists what must be looked up so that every link and condition of the request can be followed. Throws `not-supported`. */
export function questionsOf(passages: readonly Passage[], base: string): Questions {
  const identifiers = new Set<string>();
  const keys = new Map<string, ResourceKey>();
  // Most links of a request say the same: its patient.
  const read = new Set<string>();
  for (const { draft, links } of passages) {
    if (draft.wish.kind === 'create' && draft.wish.ifNoneExist) identifiers.add(hashIdentifier(draft.type, draft.wish.ifNoneExist));
    if (draft.wish.kind === 'update') keys.set(keyText(draft.wish.key), draft.wish.key);
    for (const link of links) {
      if (link.kind !== 'reference' || read.has(link.value)) continue;
      read.add(link.value);
      const form = readReference(link.value, base);
      if (form.kind === 'conditional')
        identifiers.add(
          hashIdentifier(
            form.type,
            criteriaOf(form.criteria, () => place(draft, link)),
          ),
        );
      if (form.kind === 'literal') {
        const key = decodeId(form.id);
        if (key) keys.set(keyText(key), key);
      }
    }
  }
  return { identifiers: [...identifiers], keys: [...keys.values()] };
}

/** Follows links between the resources of one request and into the store. */
export class ReferenceResolver {
  private readonly passages: readonly Passage[];
  private readonly answers: Answers;
  private readonly caller: Caller;
  private readonly base: string;
  private readonly byFullUrl = new Map<string, Passage>();
  private readonly roots = new Map<Passage, string>();
  private readonly byIdentifier = new Map<string, Passage[]>();
  /** Where conditional references lead that were followed already. */
  private readonly met = new Map<string, Target>();

  constructor(passages: readonly Passage[], answers: Answers, caller: Caller, base: string) {
    this.passages = passages;
    this.answers = answers;
    this.caller = caller;
    this.base = base;
    for (const passage of passages) {
      const { fullUrl } = passage.draft;
      if (!fullUrl) continue;
      this.byFullUrl.set(fullUrl, passage);
      const root = /^(https?:\/\/.+\/)[A-Z][A-Za-z]+\/[A-Za-z0-9.-]+$/.exec(fullUrl)?.[1];
      if (root) this.roots.set(passage, root);
    }
  }

  /**
   * What a link leads to; `undefined` where it leaves this server or stays inside its resource.
   *
   * Throws `reference-unresolved` for a link to nothing and `precondition-failed` for a conditional one that meets none or several. What
   * belongs to other institutions counts as nothing.
   */
  follow(passage: Passage, link: Link): Target | undefined {
    const direct = this.byFullUrl.get(link.value);
    if (direct) return { passage: direct };
    const met = this.met.get(link.value);
    if (met) return met;
    const form = readReference(link.value, this.base);
    switch (form.kind) {
      case 'contained':
      case 'external':
        return undefined;
      case 'urn':
        if (link.kind !== 'reference') return undefined;
        throw new Failure('reference-unresolved', {
          path: place(passage.draft, link),
          en: `${link.value} is not the fullUrl of any entry of this Bundle`,
          zh: `${link.value} 不是本 Bundle 中任何条目的 fullUrl`,
        });
      case 'conditional': {
        const criteria = criteriaOf(form.criteria, () => place(passage.draft, link));
        const target = this.meet(form.type, criteria, passage, link);
        this.met.set(link.value, target);
        return target;
      }
      case 'literal':
        return this.read(form.type, form.id, passage, link);
    }
  }

  /** The entry of the request that has this fullUrl. */
  find(fullUrl: string): Target | undefined {
    const passage = this.byFullUrl.get(fullUrl);
    return passage && { passage };
  }

  private read(type: string, id: string, passage: Passage, link: Link): Target {
    const relative = this.relative(passage, `${type}/${id}`);
    if (relative) return { passage: relative };
    const key = decodeId(id);
    const row = key && this.answers.byKey.get(keyText(key));
    if (row && row.type === type && !row.deleted && this.isInReach(row)) return { row };
    throw new Failure('reference-unresolved', {
      path: place(passage.draft, link),
      en: `${type}/${id} is not known here`,
      zh: `本系统中不存在 ${type}/${id}`,
    });
  }

  /** A relative reference inside a Bundle whose entries have RESTful addresses (R4, 2.36.4.1). */
  private relative(passage: Passage, reference: string): Passage | undefined {
    const root = this.roots.get(passage);
    return root ? this.byFullUrl.get(root + reference) : undefined;
  }

  private meet(type: string, identifier: Identifier, passage: Passage, link: Link): Target {
    const hash = hashIdentifier(type, identifier);
    const stored = this.answers.byIdentifier.get(hash) ?? [];
    const known = new Set(stored.map(keyText));
    const fresh = this.carrying(type, identifier).filter((it) => it.fate.kind === 'create' || !known.has(keyText(keyOfFate(it))));
    // What comes with the request goes before what others have entered in the directory.
    const rows = fresh.length === 0 ? stored : stored.filter((it) => it.institution === this.caller.institution);
    const count = rows.length + fresh.length;
    if (count === 1) return fresh[0] ? { passage: fresh[0] } : { row: rows[0] as ResourceRow };
    throw new Failure('precondition-failed', this.meetsNotOne(count, type, identifier, place(passage.draft, link)));
  }

  private meetsNotOne(count: number, type: string, { system, value }: Identifier, path: string): Issue {
    const criteria = `${type}?identifier=${system}|${value}`;
    return count === 0
      ? { path, en: `${criteria} meets nothing`, zh: `${criteria} 未匹配到任何资源` }
      : {
          path,
          en: `${criteria} meets ${count} resources; it must meet exactly one`,
          zh: `${criteria} 匹配到 ${count} 个资源，必须恰好一个`,
        };
  }

  /** The drafts of the request that are written with this identifier. */
  private carrying(type: string, identifier: Identifier): readonly Passage[] {
    if (this.byIdentifier.size === 0) {
      for (const passage of this.passages) {
        if (passage.fate.kind === 'existing') continue;
        for (const it of identifiersOf(passage.draft.content)) {
          const name = `${passage.draft.type}\0${it.system}\0${it.value}`;
          const carrying = this.byIdentifier.get(name);
          if (!carrying) this.byIdentifier.set(name, [passage]);
          else if (carrying.at(-1) !== passage) carrying.push(passage);
        }
      }
    }
    return this.byIdentifier.get(`${type}\0${identifier.system}\0${identifier.value}`) ?? [];
  }

  private isInReach(row: ResourceRow): boolean {
    return row.institution === this.caller.institution || (SHARED_TYPES.includes(row.type) && !isPerson(row.person));
  }
}

function keyOfFate({ fate, key }: Passage): ResourceKey {
  if (fate.kind === 'existing') return fate.key;
  if (fate.kind === 'update') return fate.current;
  return key ?? { person: 0n, id: 0n };
}

function criteriaOf(criteria: string, path: () => string): Identifier {
  const identifier = readIdentifierCriteria(criteria);
  if (identifier) return identifier;
  throw new Failure('not-supported', {
    path: path(),
    en: `"${criteria}" is not a criterion this server takes; write identifier=system|value`,
    zh: `不支持条件“${criteria}”，请使用 identifier=system|value`,
  });
}

function place(draft: Passage['draft'], link: Link): string {
  return `${draft.path}.${pathTo(draft.content, link)}`;
}
