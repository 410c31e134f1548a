import type { ExactDocument, Json } from '../fhir/exact-json.ts';
import type { Patch } from '../fhir/patch/read-patch.ts';
import type { Link } from '../fhir/reference.ts';
import type { Criteria } from './criteria.ts';
import type { Preconditions } from './precondition.rules.ts';
import type { ResourceText } from './resource.queries.ts';
import type { ResourceKey } from './resource-id.ts';

/** What an entry, or a request of its own, wants to be done with a resource. */
export type Demand = Draft | Patching | Removal;

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

/** Changes of a resource that is there; they become a draft once it is known. */
export interface Patching {
  readonly path: string;
  readonly fullUrl: string | undefined;
  readonly type: string;
  readonly wish: PatchWish;
}

/** A resource somebody wants to be taken away. */
export interface Removal {
  readonly path: string;
  readonly type: string;
  readonly wish: DeleteWish;
}

/** Whether a demand takes a resource away. */
export const isRemoval = (demand: Demand): demand is Removal => demand.wish.kind === 'delete';

/** Whether a demand changes parts of a resource. */
export const isPatching = (demand: Demand): demand is Patching => demand.wish.kind === 'patch';

export interface CreateWish {
  readonly kind: 'create';
  readonly ifNoneExist?: Criteria;
}

/** Which resource a change is about: one named by its id, or the one that criteria meet. */
export type Aim = { readonly key: ResourceKey; readonly criteria?: undefined } | { readonly key?: undefined; readonly criteria: Criteria };

export interface UpdateWish extends Preconditions {
  readonly kind: 'update';
  readonly aim: Aim;
  /** The id in the body, which a conditional update may leave out. */
  readonly bodyId: string | undefined;
  /** The version that a patch was applied to: it must still stand. */
  readonly basis?: number;
}

export interface PatchWish extends Preconditions {
  readonly kind: 'patch';
  readonly aim: Aim;
  readonly patch: Patch;
}

export interface DeleteWish extends Preconditions {
  readonly kind: 'delete';
  readonly aim: Aim;
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

/** What was done with a demand. */
export interface Outcome {
  readonly type: string;
  readonly key: ResourceKey;
  readonly version: number;
  readonly status: 'created' | 'updated' | 'unchanged' | 'deleted';
  readonly lastModified: Date;
  /** The stored text; absent where nothing was written. */
  readonly text?: string;
}

/** A deletion on criteria that met nothing. */
export interface NothingDone {
  readonly type: string;
  readonly status: 'nothing';
}
