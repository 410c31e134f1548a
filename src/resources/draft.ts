import type { Identifier } from '../fhir/element.ts';
import type { ExactDocument, Json } from '../fhir/exact-json.ts';
import type { Link } from '../fhir/reference.ts';
import type { ResourceText } from './resource.queries.ts';
import type { ResourceKey } from './resource-id.ts';

/** A resource somebody wants to be stored, inside the document it came in. */
export interface Draft {
  /** Where it stands in the request: `Bundle.entry[3].resource`, or its type alone. */
  readonly path: string;
  readonly fullUrl: string | undefined;
  readonly document: ExactDocument;
  readonly content: Json;
  readonly type: string;
  readonly wish: CreateWish | UpdateWish;
}

export interface CreateWish {
  readonly kind: 'create';
  readonly ifNoneExist?: Identifier;
}

export interface UpdateWish {
  readonly kind: 'update';
  readonly key: ResourceKey;
  /** The version the caller has read, if it said so. */
  readonly ifMatch?: number;
}

/** What becomes of a draft: known as soon as everything it meets in the store was looked up. */
export type Fate =
  | { readonly kind: 'create' }
  /** A new version of what stands there already. */
  | { readonly kind: 'update'; readonly current: ResourceText }
  /** `ifNoneExist` met one: nothing is written. */
  | { readonly kind: 'existing'; readonly key: ResourceKey; readonly version: number };

/** A draft on its way through the store. */
export interface Passage {
  readonly draft: Draft;
  readonly links: readonly Link[];
  fate: Fate;
  /** Set once the person is known. */
  key: ResourceKey | undefined;
}

/** What was done with a draft. */
export interface Outcome {
  readonly type: string;
  readonly key: ResourceKey;
  readonly version: number;
  readonly status: 'created' | 'updated' | 'unchanged';
  readonly lastModified: Date;
  /** The stored text; absent where nothing was written. */
  readonly text?: string;
}
