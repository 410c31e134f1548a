import type { Database, Reader, Transaction } from '../database/client.ts';
import { Failure } from '../failure.ts';
import { type RequestBundle, type RequestEntry, readRequestBundle, refuseType } from '../fhir/bundle.ts';
import { type ExactDocument, parseExactJson } from '../fhir/exact-json.ts';
import type { Caller } from '../security/caller.ts';
import { requireScope } from '../security/require-scope.ts';
import type { NeededScope } from '../security/scope.rules.ts';
import { answerEntry, boundListings, type EntryReading, type Reading, readReading } from './answer-entry.ts';
import type { Custody } from './custody.ts';
import type { Demand, NothingDone, Outcome } from './draft.ts';
import { demandOfEntry } from './draft-of.ts';
import { fingerprint } from './hash.ts';
import { recordProvenance } from './record-provenance.ts';
import { type Publication, storeResources } from './store-resources.ts';
import { transactAgain } from './transact-again.ts';

/** The answer to one entry of a batch that could not be done; the others go on. */
export interface EntryFailure {
  readonly failure: Failure;
}

export type EntryAnswer = Outcome | NothingDone | EntryReading | EntryFailure;

/** How a Bundle reached the server. */
export interface BundleRequest {
  readonly base: string;
  /** Of what there is to say about what is read. */
  readonly language: 'zh' | 'en';
  /** X-Provenance, as it was sent. */
  readonly provenance: string | undefined;
}

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
export async function processBundle(
  db: Database,
  custody: Custody,
  caller: Caller,
  text: string,
  request: BundleRequest,
  now: Date,
): Promise<{ readonly type: 'transaction' | 'batch'; readonly answers: readonly EntryAnswer[] }> {
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

interface Request {
  readonly document: ExactDocument;
  readonly bundle: RequestBundle;
}

function readRequest(text: string, base: string): Request {
  const document = parseExactJson(text, 'Bundle');
  return { document, bundle: readRequestBundle(document, base) };
}

const isReading = ({ method }: RequestEntry): boolean => method === 'GET' || method === 'HEAD';

/** One Bundle on its way. */
class BundleWork {
  private readonly db: Database;
  private readonly custody: Custody;
  private readonly caller: Caller;
  private readonly read: Request;
  private readonly request: BundleRequest;
  private readonly fingerprint: string;
  private readonly now: Date;
  /** What the answer may still hold of what is read. */
  private left = SHOWN_MAX;

  constructor(db: Database, custody: Custody, caller: Caller, read: Request, request: BundleRequest, fingerprint: string, now: Date) {
    this.db = db;
    this.custody = custody;
    this.caller = caller;
    this.read = read;
    this.request = request;
    this.fingerprint = fingerprint;
    this.now = now;
  }

  async transaction(): Promise<readonly EntryAnswer[]> {
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
      const answers: EntryAnswer[] = [];
      for (const entry of entries) {
        const reading = readings.get(entry);
        if (!reading) answers.push(written.next().value as Outcome | NothingDone);
        else answers.push(await this.readIn(tx, reading, tx));
      }
      return answers;
    });
  }

  async batch(): Promise<readonly EntryAnswer[]> {
    const { entries } = this.read.bundle;
    const answers: EntryAnswer[] = [];
    for (let start = 0; start < entries.length; ) {
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
  private async group(entries: readonly RequestEntry[], start: number, halvings = 0): Promise<readonly EntryAnswer[]> {
    const [first] = entries;
    if (!first) return [];
    if (entries.length === 1) return [await this.alone(first, start)];
    try {
      return await this.written(entries, start);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const length = halvings < HALVINGS_MAX ? Math.ceil(entries.length / 2) : 1;
      const answers: EntryAnswer[] = [];
      for (let at = 0; at < entries.length; at += length) {
        answers.push(...(await this.group(entries.slice(at, at + length), start + at, halvings + 1)));
      }
      return answers;
    }
  }

  private async alone(entry: RequestEntry, start: number): Promise<EntryAnswer> {
    try {
      if (isReading(entry)) {
        const reading = readReading(entry, this.caller, this.request);
        return await this.readIn(this.db, reading, null);
      }
      const [outcome] = await this.written([entry], start);
      return entry.method === 'PATCH' ? this.shown(outcome as Outcome) : (outcome as Outcome | NothingDone);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      await this.custody.refuse(this.caller, INTERACTION, error, this.now);
      return { failure: error };
    }
  }

  /** Throws `too-large` where the answer holds as much as it may. */
  private async readIn(reader: Reader, reading: Reading, tx: Transaction | null): Promise<EntryReading> {
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
  private shown({ text, ...outcome }: Outcome): Outcome {
    if (text === undefined || this.left <= 0) return outcome;
    this.left -= text.length;
    return { ...outcome, text };
  }

  private written(entries: readonly RequestEntry[], start: number): Promise<readonly (Outcome | NothingDone)[]> {
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

  private store(tx: Transaction, demands: readonly Demand[], publication: Publication): Promise<readonly (Outcome | NothingDone)[]> {
    return storeResources(tx, this.custody, this.caller, demands, publication, this.now);
  }

  /** Storing brings a draft in line with what is stored, so another attempt reads its text anew. */
  private demandsOf(entries: readonly RequestEntry[], anew: boolean): readonly Demand[] {
    const { document } = this.read;
    const granted = new Set<string>();
    return entries.map((entry) => {
      refuseType(entry);
      for (const needed of scopesOf(entry)) {
        if (granted.has(needed)) continue;
        requireScope(this.caller, needed);
        granted.add(needed);
      }
      if (!anew || !entry.resource) return demandOfEntry(document, entry);
      const span = document.spans.get(entry.resource);
      if (!span) throw new Error('not a part of this document');
      const own = parseExactJson(document.text.slice(span.start, span.end), `${entry.path}.resource`);
      return demandOfEntry(own, { ...entry, resource: own.value });
    });
  }
}

/** How many entries from one on may be tried together: those that write, but for reports, each of which is a publication of its own. */
function groupLength(entries: readonly RequestEntry[], start: number): number {
  let length = 0;
  while (length < GROUP_MAX && isGrouped(entries[start + length])) length++;
  return Math.max(length, 1);
}

function isGrouped(entry: RequestEntry | undefined): boolean {
  return (
    entry !== undefined && (entry.method === 'POST' || entry.method === 'PUT') && entry.resource?.['resourceType'] !== 'DiagnosticReport'
  );
}

/** What the caller must be allowed: refused before anything is said about the resource. */
function scopesOf({ method, target, resource }: RequestEntry): readonly NeededScope[] {
  const type = String(method === 'POST' || method === 'PUT' ? resource?.['resourceType'] : target.steps[0]);
  const needed: NeededScope = `system/${type}.${LETTERS[method]}`;
  return method === 'PUT' && target.query !== undefined ? [needed, `system/${type}.c`] : [needed];
}

const LETTERS = { POST: 'c', PUT: 'u', PATCH: 'u', DELETE: 'd', GET: 'r', HEAD: 'r' } as const;
