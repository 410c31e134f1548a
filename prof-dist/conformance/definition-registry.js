import { LRUCache } from 'lru-cache';
import { findResource } from '../resources/resource.queries.js';
import { OWN_PACKAGE } from './own-definitions.js';
import { EXCHANGE, packagesState, selectDefinitions, selectPackages } from './package.queries.js';
/** How old the knowledge of loaded packages may be when a request relies on it, and from when on it is renewed in the background. */
const AGE_MAX_MS = 1_000;
const AGE_RENEWED_MS = 500;
/** Texts of definitions kept parsed. */
const KEPT_MAX_CHARACTERS = 16 * 1024 * 1024;
/**
 * What the loaded packages define, as the database said at most one second ago.
 *
 * Asked for when requests come, never otherwise: one small statement serves all requests of half a second. The texts are read when they
 * are needed, and the latest ones kept: a definition never changes.
 */
export class DefinitionRegistry {
    #db;
    #whenLoaded;
    #texts = new LRUCache({ maxSize: KEPT_MAX_CHARACTERS });
    #byUrl = new Map();
    #packages = [];
    #state;
    #readAt = Number.NEGATIVE_INFINITY;
    #reading;
    /** How many readings have begun, and which of them was the last to succeed. */
    #begun = 0;
    #finished = 0;
    ofCatalogue;
    /** `whenLoaded` is handed the search parameters of all packages each time there are new ones. */
    constructor(db, whenLoaded, catalogueDefinition = async () => undefined) {
        this.#db = db;
        this.#whenLoaded = whenLoaded;
        this.ofCatalogue = catalogueDefinition;
    }
    /** Resolves when what is known is young enough for a request of this moment; throws where the database cannot be asked. */
    async renew(now) {
        // A reading that began after this request is young enough, however long it took: else those that had to wait would ask again and again.
        const begunBefore = this.#begun;
        while (this.#ageMs(now) >= AGE_MAX_MS && this.#finished <= begunBefore)
            await this.#renewed(now);
        // A renewal ahead of time that fails is asked for again by the request that needs it.
        if (this.#ageMs(now) >= AGE_RENEWED_MS)
            this.#renewed(now).catch(() => undefined);
    }
    /** The same, content with what was known last where the database cannot be asked. */
    async renewIfPossible(now) {
        await this.renew(now).catch(() => undefined);
    }
    /** A package was loaded here: the next request sees it at once. */
    outdate() {
        this.#readAt = Number.NEGATIVE_INFINITY;
    }
    /** Says which packages are loaded: changes whenever what any of this answers may change. */
    get state() {
        return this.#state ?? '';
    }
    get packages() {
        return this.#packages;
    }
    /** Every definition of the type in the version loaded last, in the order of their addresses. */
    current(type) {
        return [...this.#byUrl.values()]
            .flatMap((rows) => rows.findLast((it) => it.type === type) ?? [])
            .sort((a, b) => (a.url < b.url ? -1 : 1));
    }
    /**
     * The definition of a canonical, `url` or `url|version`. Without a version the one loaded last is in force, and so it is for a version
     * that was never loaded: the same address says that it stands for the same thing.
     */
    find(type, canonical) {
        const [url = '', version] = canonical.split('#')[0]?.split('|') ?? [];
        const rows = (this.#byUrl.get(url) ?? []).filter((it) => it.type === type);
        return rows.findLast((it) => it.version === version) ?? rows.at(-1);
    }
    /** Its resource, parsed. */
    async read(reader, { id, url }) {
        const known = this.#texts.get(id);
        if (known)
            return known;
        const row = await findResource(reader, { person: BigInt(EXCHANGE), id });
        if (!row?.content)
            throw new Error(`the text of ${url} is missing`);
        const value = JSON.parse(row.content);
        this.#texts.set(id, value, { size: row.content.length });
        return value;
    }
    #ageMs(now) {
        return Math.abs(now.getTime() - this.#readAt);
    }
    /** One reading at a time; the age of what it brings counts from its beginning. */
    #renewed(now) {
        this.#reading ??= this.#read(now).finally(() => {
            this.#reading = undefined;
        });
        return this.#reading;
    }
    async #read(now) {
        this.#begun += 1;
        const state = await packagesState(this.#db);
        if (state !== this.#state) {
            const rows = await selectDefinitions(this.#db, OWN_PACKAGE);
            const packages = await selectPackages(this.#db);
            const parameters = await Promise.all(rows.filter((it) => it.type === 'SearchParameter').map((it) => this.read(this.#db, it)));
            this.#byUrl.clear();
            for (const row of rows)
                this.#byUrl.set(row.url, [...(this.#byUrl.get(row.url) ?? []), row]);
            this.#packages = packages.filter((it) => it.name !== OWN_PACKAGE).toReversed();
            this.#state = state;
            if (parameters.length > 0)
                this.#whenLoaded(parameters);
        }
        this.#readAt = now.getTime();
        this.#finished = this.#begun;
    }
}
