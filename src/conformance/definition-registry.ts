import { LRUCache } from 'lru-cache';
import type { Database, Reader } from '../database/client.ts';
import { News } from '../database/news.ts';
import type { Json } from '../fhir/exact-json.ts';
import { findResource } from '../resources/resource.queries.ts';
import { OWN_PACKAGE } from './own-definitions.ts';
import { type DefinitionRow, EXCHANGE, type PackageRow, packagesState, selectDefinitions, selectPackages } from './package.queries.ts';
import type { DefinitionType } from './read-package.ts';

/** Texts of definitions kept parsed. */
const KEPT_MAX_CHARACTERS = 16 * 1024 * 1024;

/** What follows from the catalogue: the definition of a canonical, if it is one of its. The catalogue hands it in. */
export type CatalogueDefinition = (reader: Reader, type: DefinitionType, canonical: string) => Promise<Json | undefined>;

/**
 * What the loaded packages define, as the database said at most one second ago.
 *
 * A reading is one small statement. The texts are read when they are needed, and the latest ones kept: a definition never changes.
 */
export class DefinitionRegistry {
  readonly #db: Database;
  readonly #whenLoaded: (searchParameters: readonly Json[]) => void;
  readonly #texts = new LRUCache<bigint, Json>({ maxSize: KEPT_MAX_CHARACTERS });
  readonly #byUrl = new Map<string, DefinitionRow[]>();
  #packages: readonly Pick<PackageRow, 'name' | 'version' | 'canonical'>[] = [];
  #state: string | undefined;
  readonly #news = new News(() => this.#read());
  readonly ofCatalogue: CatalogueDefinition;

  /** `whenLoaded` is handed the search parameters of all packages each time there are new ones. */
  constructor(
    db: Database,
    whenLoaded: (searchParameters: readonly Json[]) => void,
    catalogueDefinition: CatalogueDefinition = async () => undefined,
  ) {
    this.#db = db;
    this.#whenLoaded = whenLoaded;
    this.ofCatalogue = catalogueDefinition;
  }

  /** Resolves when what is known is young enough for a request of this moment; throws where the database cannot be asked. */
  async renew(now: Date): Promise<void> {
    await this.#news.renew(now);
  }

  /** The same, content with what was known last where the database cannot be asked. */
  async renewIfPossible(now: Date): Promise<void> {
    await this.renew(now).catch(() => undefined);
  }

  /** A package was loaded here: the next request sees it at once. */
  outdate(): void {
    this.#news.outdate();
  }

  /** Says which packages are loaded: changes whenever what any of this answers may change. */
  get state(): string {
    return this.#state ?? '';
  }

  get packages(): readonly Pick<PackageRow, 'name' | 'version' | 'canonical'>[] {
    return this.#packages;
  }

  /** Every definition of the type in the version loaded last, in the order of their addresses. */
  current(type: DefinitionType): readonly DefinitionRow[] {
    return [...this.#byUrl.values()]
      .flatMap((rows) => rows.findLast((it) => it.type === type) ?? [])
      .sort((a, b) => (a.url < b.url ? -1 : 1));
  }

  /**
   * The definition of a canonical, `url` or `url|version`. Without a version the one loaded last is in force, and so it is for a version
   * that was never loaded: the same address says that it stands for the same thing.
   */
  find(type: DefinitionType, canonical: string): DefinitionRow | undefined {
    const [url = '', version] = canonical.split('#')[0]?.split('|') ?? [];
    const rows = (this.#byUrl.get(url) ?? []).filter((it) => it.type === type);
    return rows.findLast((it) => it.version === version) ?? rows.at(-1);
  }

  /** Its resource, parsed. */
  async read(reader: Reader, { id, url }: Pick<DefinitionRow, 'id' | 'url'>): Promise<Json> {
    const known = this.#texts.get(id);
    if (known) return known;
    const row = await findResource(reader, { person: BigInt(EXCHANGE), id });
    if (!row?.content) throw new Error(`the text of ${url} is missing`);
    const value = JSON.parse(row.content) as Json;
    this.#texts.set(id, value, { size: row.content.length });
    return value;
  }

  async #read(): Promise<void> {
    const state = await packagesState(this.#db);
    if (state !== this.#state) {
      const rows = await selectDefinitions(this.#db, OWN_PACKAGE);
      const packages = await selectPackages(this.#db);
      const parameters = await Promise.all(rows.filter((it) => it.type === 'SearchParameter').map((it) => this.read(this.#db, it)));
      this.#byUrl.clear();
      for (const row of rows) this.#byUrl.set(row.url, [...(this.#byUrl.get(row.url) ?? []), row]);
      this.#packages = packages.filter((it) => it.name !== OWN_PACKAGE).toReversed();
      this.#state = state;
      if (parameters.length > 0) this.#whenLoaded(parameters);
    }
  }
}
