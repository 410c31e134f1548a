import { Failure } from '../failure.js';
import { readRequestBundle, refuseType } from '../fhir/bundle.js';
import { parseExactJson } from '../fhir/exact-json.js';
import { requireScope } from '../security/require-scope.js';
import { answerEntry, boundListings, readReading } from './answer-entry.js';
import { demandOfEntry } from './draft-of.js';
import { fingerprint } from './hash.js';
import { recordProvenance } from './record-provenance.js';
import { storeResources } from './store-resources.js';
import { transactAgain } from './transact-again.js';
const INTERACTION = 'processBundle';
/** So many entries of a batch are tried in one database transaction; each of them is one by itself as soon as one cannot be done. */
const GROUP_MAX = 64;
const HALVINGS_MAX = 2;
/**
 * Characters that the answer to one Bundle holds of what was read: a large resource may be asked for by thousands of entries of a few
 * characters. Reading that has begun is finished.
 */
const SHOWN_MAX = 16 * 1024 * 1024;
/**
 * FHIR transaction and batch: https://hl7.org/fhir/R4/http.html#transaction
 *
 * A transaction is one database transaction and throws the first Failure; what it reads, it reads once all is written. Of a batch each entry is
 * one by itself, in the order given. Both check the scope of every entry. Answers stand in the order of the request.
 */
export async function processBundle(db, custody, caller, text, request, now) {
    const read = readRequest(text, request.base);
    const { type, entries } = read.bundle;
    if (entries.length === 0) {
        await custody.record(null, caller, [{ person: 0n, action: 'E', interaction: INTERACTION, entities: [] }], now);
        return { type, answers: [] };
    }
    boundListings(entries.filter(isReading));
    const work = new BundleWork(db, custody, caller, read, request, fingerprint(text), now);
    return { type, answers: type === 'transaction' ? await work.transaction() : await work.batch() };
}
function readRequest(text, base) {
    const document = parseExactJson(text, 'Bundle');
    return { document, bundle: readRequestBundle(document, base) };
}
const isReading = ({ method }) => method === 'GET' || method === 'HEAD';
/** One Bundle on its way. */
class BundleWork {
    db;
    custody;
    caller;
    read;
    request;
    fingerprint;
    now;
    /** What the answer may still hold of what is read. */
    left = SHOWN_MAX;
    constructor(db, custody, caller, read, request, fingerprint, now) {
        this.db = db;
        this.custody = custody;
        this.caller = caller;
        this.read = read;
        this.request = request;
        this.fingerprint = fingerprint;
        this.now = now;
    }
    async transaction() {
        const { entries } = this.read.bundle;
        const writing = entries.filter((it) => !isReading(it));
        const readings = new Map(entries.filter(isReading).map((it) => [it, readReading(it, this.caller, this.request)]));
        const publication = { interaction: INTERACTION, fingerprint: this.fingerprint, base: this.request.base };
        const demands = this.demandsOf(writing, false);
        return transactAgain(this.db, async (tx, attempt) => {
            const again = attempt === 1 ? demands : this.demandsOf(writing, true);
            const outcomes = writing.length > 0 ? await this.store(tx, again, { ...publication, again: attempt > 1 }) : [];
            await recordProvenance(tx, this.custody, this.caller, this.request.provenance, outcomes, publication, this.now);
            this.left = SHOWN_MAX;
            const written = outcomes.values();
            const answers = [];
            for (const entry of entries) {
                const reading = readings.get(entry);
                if (!reading)
                    answers.push(written.next().value);
                else
                    answers.push(await this.readIn(tx, reading, tx));
            }
            return answers;
        });
    }
    async batch() {
        const { entries } = this.read.bundle;
        const answers = [];
        for (let start = 0; start < entries.length;) {
            const length = groupLength(entries, start);
            answers.push(...(await this.group(entries.slice(start, start + length), start)));
            start += length;
        }
        return answers;
    }
    /**
     * Entries that are tried together, and, where that fails, in two halves. What a half does is done. Where a quarter fails too, much is wrong:
     * its entries go one by one.
     */
    async group(entries, start, halvings = 0) {
        const [first] = entries;
        if (!first)
            return [];
        if (entries.length === 1)
            return [await this.alone(first, start)];
        try {
            return await this.written(entries, start);
        }
        catch (error) {
            if (!(error instanceof Failure))
                throw error;
            const length = halvings < HALVINGS_MAX ? Math.ceil(entries.length / 2) : 1;
            const answers = [];
            for (let at = 0; at < entries.length; at += length) {
                answers.push(...(await this.group(entries.slice(at, at + length), start + at, halvings + 1)));
            }
            return answers;
        }
    }
    async alone(entry, start) {
        try {
            if (isReading(entry)) {
                const reading = readReading(entry, this.caller, this.request);
                return await this.readIn(this.db, reading, null);
            }
            const [outcome] = await this.written([entry], start);
            return entry.method === 'PATCH' ? this.shown(outcome) : outcome;
        }
        catch (error) {
            if (!(error instanceof Failure))
                throw error;
            await this.custody.refuse(this.caller, INTERACTION, error, this.now);
            return { failure: error };
        }
    }
    /** Throws `too-large` where the answer holds as much as it may. */
    async readIn(reader, reading, tx) {
        if (this.left <= 0) {
            throw new Failure('too-large', {
                path: reading.path,
                en: `one Bundle reads at most ${SHOWN_MAX / 1024 / 1024} MiB; ask for the rest by another one`,
                zh: `单个 Bundle 最多读取 ${SHOWN_MAX / 1024 / 1024} MiB，其余请另行请求`,
            });
        }
        const answer = await answerEntry(reader, this.custody, this.caller, reading, this.now, tx);
        this.left -= answer.text?.length ?? 0;
        return answer;
    }
    /** What a patch made is longer than what was sent: without its text where the answer is full. */
    shown({ text, ...outcome }) {
        if (text === undefined || this.left <= 0)
            return outcome;
        this.left -= text.length;
        return { ...outcome, text };
    }
    written(entries, start) {
        const own = {
            interaction: INTERACTION,
            fingerprint: fingerprint(`${this.fingerprint}#${start}`),
            base: this.request.base,
            apart: true,
        };
        // Some of them may have been tried before, which leaves its traces in what was parsed.
        const demands = this.demandsOf(entries, true);
        return transactAgain(this.db, async (tx, attempt) => {
            const outcomes = await this.store(tx, attempt === 1 ? demands : this.demandsOf(entries, true), { ...own, again: attempt > 1 });
            await recordProvenance(tx, this.custody, this.caller, this.request.provenance, outcomes, own, this.now);
            return outcomes;
        });
    }
    store(tx, demands, publication) {
        return storeResources(tx, this.custody, this.caller, demands, publication, this.now);
    }
    /** Storing brings a draft in line with what is stored, so another attempt reads its text anew. */
    demandsOf(entries, anew) {
        const { document } = this.read;
        const granted = new Set();
        return entries.map((entry) => {
            refuseType(entry);
            for (const needed of scopesOf(entry)) {
                if (granted.has(needed))
                    continue;
                requireScope(this.caller, needed);
                granted.add(needed);
            }
            if (!anew || !entry.resource)
                return demandOfEntry(document, entry);
            const span = document.spans.get(entry.resource);
            if (!span)
                throw new Error('not a part of this document');
            const own = parseExactJson(document.text.slice(span.start, span.end), `${entry.path}.resource`);
            return demandOfEntry(own, { ...entry, resource: own.value });
        });
    }
}
/** How many entries from one on may be tried together: those that write, but for reports, each of which is a publication of its own. */
function groupLength(entries, start) {
    let length = 0;
    while (length < GROUP_MAX && isGrouped(entries[start + length]))
        length++;
    return Math.max(length, 1);
}
function isGrouped(entry) {
    return (entry !== undefined && (entry.method === 'POST' || entry.method === 'PUT') && entry.resource?.['resourceType'] !== 'DiagnosticReport');
}
/** What the caller must be allowed: refused before anything is said about the resource. */
function scopesOf({ method, target, resource }) {
    const type = String(method === 'POST' || method === 'PUT' ? resource?.['resourceType'] : target.steps[0]);
    const needed = `system/${type}.${LETTERS[method]}`;
    return method === 'PUT' && target.query !== undefined ? [needed, `system/${type}.c`] : [needed];
}
const LETTERS = { POST: 'c', PUT: 'u', PATCH: 'u', DELETE: 'd', GET: 'r', HEAD: 'r' };
