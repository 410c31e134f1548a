import type { Reader, Transaction } from '../database/client.ts';
import { Failure } from '../failure.ts';
import type { RequestEntry } from '../fhir/bundle.ts';
import { RESOURCE_TYPES, SERVER_MADE } from '../fhir/resource-types.ts';
import { type SubsetWish, subsetText } from '../fhir/subset.ts';
import { readSubsetWish } from '../fhir/subset-wish.ts';
import type { Caller } from '../security/caller.ts';
import { requireScope } from '../security/require-scope.ts';
import { answerSearch, type SearchRequest } from './answer-search.ts';
import type { Custody } from './custody.ts';
import { answerRead, type ReadRequest } from './read-resource.ts';
import { answerHistory, type HistoryRequest, historyScope } from './show-history.ts';

/** What an entry of a Bundle reads (R4, 3.1.0.11: GET and HEAD), understood and within the caller's rights. */
export type Reading = { readonly path: string; readonly isHead: boolean } & (
  | { readonly kind: 'read'; readonly request: ReadRequest; readonly wish: SubsetWish | undefined }
  | { readonly kind: 'search'; readonly request: SearchRequest }
  | { readonly kind: 'history'; readonly request: HistoryRequest }
);

/** What an entry has read; `text` is absent for HEAD, and where the caller has it already. */
export interface EntryReading {
  readonly status: 'read' | 'held';
  readonly text?: string;
  readonly version?: number;
  readonly lastModified?: Date;
}

/** Reads what a GET or HEAD entry asks for. Throws `not-supported` for what is not read inside a Bundle, `scope-insufficient`. */
export function readReading(entry: RequestEntry, caller: Caller, { base, language }: Pick<SearchRequest, 'base' | 'language'>): Reading {
  const { target, path, method, url } = entry;
  const [type = '', id, history, version, ...rest] = target.steps;
  const place = `${path}.request.url`;
  const about = { path: place, isHead: method === 'HEAD' };
  const query = target.query ?? '';
  const parameters = new URLSearchParams(query);
  if (type === '' && target.query !== undefined)
    return { ...about, kind: 'search', request: searchOf(undefined, query, { base, language }) };
  if (type === '_history' && id === undefined) return ofHistory(about, caller, { parameters, base });
  if (!RESOURCE_TYPES.has(type) || SERVER_MADE.has(type) || rest.length > 0) throw notRead(place, url);
  if (id === undefined) {
    requireScope(caller, `system/${type}.s`);
    return { ...about, kind: 'search', request: searchOf(type, query, { base, language }) };
  }
  if (id === '_history' && history === undefined) return ofHistory(about, caller, { type, parameters, base });
  if (history !== undefined && history !== '_history') throw notRead(place, url);
  if (id.startsWith('$') || id.startsWith('_')) throw notRead(place, url);
  if (history === '_history' && version === undefined) return ofHistory(about, caller, { type, id, parameters, base });
  requireScope(caller, `system/${type}.r`);
  const { ifNoneMatch, ifModifiedSince } = entry;
  return { ...about, kind: 'read', request: { type, id, version, ifNoneMatch, ifModifiedSince }, wish: readSubsetWish(parameters) };
}

/** Answers what an entry reads. What is wrong with it is said of its url. */
export async function answerEntry(
  reader: Reader,
  custody: Custody,
  caller: Caller,
  reading: Reading,
  now: Date,
  tx: Transaction | null,
): Promise<EntryReading> {
  try {
    if (reading.kind === 'search') {
      return shown(reading, (await answerSearch(reader, custody, caller, reading.request, now, tx)).join(''));
    }
    if (reading.kind === 'history') {
      return shown(reading, (await answerHistory(reader, custody, caller, reading.request, now, tx)).join(''));
    }
    const { content, isHeld, version, recordedAt } = await answerRead(reader, custody, caller, reading.request, now, tx);
    if (isHeld) return { status: 'held', version, lastModified: recordedAt };
    return { ...shown(reading, reading.wish ? subsetText(content, reading.wish) : content), version, lastModified: recordedAt };
  } catch (error) {
    throw error instanceof Failure ? placed(error, reading.path) : error;
  }
}

function shown({ isHead }: Reading, text: string): EntryReading {
  return isHead ? { status: 'read' } : { status: 'read', text };
}

function ofHistory(about: { path: string; isHead: boolean }, caller: Caller, request: HistoryRequest): Reading {
  requireScope(caller, historyScope(request));
  return { ...about, kind: 'history', request };
}

function searchOf(type: string | undefined, query: string, about: Pick<SearchRequest, 'base' | 'language'>): SearchRequest {
  return {
    type,
    pairs: [...new URLSearchParams(query)],
    handling: undefined,
    method: 'GET',
    asked: `GET ${type ?? ''}?${query}`,
    ...about,
  };
}

/** Searches and histories of one Bundle, each of which may take as long as a statement may. */
const LISTINGS_MAX = 100;

/** Throws `too-large` for a Bundle that asks for more lists than are answered in time. */
export function boundListings(entries: readonly RequestEntry[]): void {
  const count = entries.filter(({ target: { steps } }) => steps.length < 2 || steps.at(-1) === '_history').length;
  if (count <= LISTINGS_MAX) return;
  throw new Failure('too-large', {
    path: 'Bundle.entry',
    en: `${count} entries search or ask for a history; at most ${LISTINGS_MAX} may in one Bundle`,
    zh: `${count} 个条目请求检索或历史，单个 Bundle 最多 ${LISTINGS_MAX} 个`,
  });
}

/** The same failure, said of an entry. */
function placed(failure: Failure, path: string): Failure {
  const { code, issues, person, retryAfterSeconds } = failure;
  return new Failure(
    code,
    issues.map((it) => ({ ...it, path })),
    { ...(person === undefined ? {} : { person }), ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }), cause: failure },
  );
}

function notRead(path: string, url: string): Failure {
  return new Failure('not-supported', {
    path,
    en: `${url} is not read inside a Bundle; resources, versions, histories and searches are`,
    zh: `Bundle 内不能读取 ${url}；可读取资源、版本、历史和检索结果`,
  });
}
